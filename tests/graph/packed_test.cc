#include "graph/packed.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace jiceng::graph {
namespace {

using base::Date;

constexpr uint32_t kColumn = 1;

using File = std::shared_ptr<const ColumnFile>;

File Finish(ColumnWriter* writer) { return writer->Finish({}).value(); }

File OfNumbers(const std::vector<uint32_t>& values) {
  ColumnWriter writer;
  AddBlocks(kColumn, values, &writer);
  return Finish(&writer);
}

// Reads every value back; returns the column's size in the file in bytes.
size_t KeepsNumbers(const std::vector<uint32_t>& values) {
  const File file = OfNumbers(values);
  BlockColumn column;
  EXPECT_TRUE(BlockColumn::Read(*file, kColumn, &column));
  EXPECT_EQ(column.size(), values.size());
  for (size_t i = 0; i < column.size(); ++i) EXPECT_EQ(column[i], values[i]) << i;
  for (size_t i = 0; i + 1 < column.size(); ++i) EXPECT_EQ(column.Two(i), std::pair(values[i], values[i + 1])) << i;
  return file->Column<uint32_t>(kColumn).size() * sizeof(uint32_t);
}

// Blocks and tail; every block takes 64 bytes a byte of width.
constexpr size_t Bytes(size_t blocks, size_t widths) { return blocks * 8 + widths * 64 + 4; }

TEST(BlockColumnTest, AnEvenLineTakesNoBytesAValue) {
  std::vector<uint32_t> consecutive, stride, constant(1000, 7), falling;
  for (uint32_t i = 0; i < 1000; ++i) {
    consecutive.push_back(5 + i);
    stride.push_back(10 * i);
    falling.push_back(1000 - i);
  }
  EXPECT_EQ(KeepsNumbers(consecutive), Bytes(16, 0));
  EXPECT_EQ(KeepsNumbers(stride), Bytes(16, 0));
  EXPECT_EQ(KeepsNumbers(constant), Bytes(16, 0));
  EXPECT_EQ(KeepsNumbers(falling), Bytes(16, 16));
}

TEST(BlockColumnTest, OneOutlierWidensItsBlockOnly) {
  for (const auto& [step, width] : std::map<uint32_t, size_t>{{0, 0},
                                                              {255, 1},
                                                              {256, 2},
                                                              {65535, 2},
                                                              {65536, 3},
                                                              {0xffffff, 3},
                                                              {0x1000000, 4},
                                                              {0x80000000, 4},
                                                              {0xffffffff, 1}}) {  // one below 0
    std::vector<uint32_t> values(640, 0);
    values[100] = step;
    EXPECT_EQ(KeepsNumbers(values), Bytes(10, width)) << step;
  }
}

TEST(BlockColumnTest, AnyNumbersOfAnyCountAreKept) {
  std::mt19937 random(1);
  for (const size_t count : {1, 2, 63, 64, 65, 127, 128, 129, 1000}) {
    for (const uint32_t most : {1u, 300u, 70000u, 0x1000000u, 0xffffffffu}) {
      std::vector<uint32_t> values(count);
      for (uint32_t& value : values) value = most == 0xffffffffu ? static_cast<uint32_t>(random()) : random() % most;
      KeepsNumbers(values);
      std::sort(values.begin(), values.end());
      KeepsNumbers(values);
    }
  }
  KeepsNumbers({0, 0xffffffff, 0, 0x80000000, 0x7fffffff});
  KeepsNumbers({0xffffffff});
}

TEST(BlockColumnTest, AbsentIsEmptyAndCutOffIsRefused) {
  ColumnWriter writer;
  writer.Add(2, std::vector<uint32_t>(4), 65);  // 65 values need two blocks and the tail
  writer.Add(3, std::vector<uint32_t>(4), 0);
  AddBlocks(4, absl::Span<const uint32_t>(), &writer);
  const File file = Finish(&writer);
  for (const uint32_t absent : {kColumn, 4u}) {
    BlockColumn column;
    EXPECT_TRUE(BlockColumn::Read(*file, absent, &column));
    EXPECT_TRUE(column.empty());
  }
  for (const uint32_t cut_off : {2u, 3u}) {
    BlockColumn column;
    EXPECT_FALSE(BlockColumn::Read(*file, cut_off, &column));
  }
}

void KeepsDays(const std::vector<Date>& days) {
  ColumnWriter writer;
  AddDays(kColumn, days, &writer);
  const File file = Finish(&writer);
  DayColumn column;
  ASSERT_TRUE(DayColumn::Read(*file, kColumn, days.size(), &column));
  for (size_t i = 0; i < days.size(); ++i) EXPECT_EQ(column[i], days[i]) << i;
  for (size_t first = 0; first < days.size(); first += 1 + first / 3) {  // many at once, from anywhere
    const size_t count = std::min<size_t>(days.size() - first, 100);
    std::vector<Date> read(count);
    column.Read(first, count, read.data());
    EXPECT_EQ(read, std::vector<Date>(days.begin() + static_cast<ptrdiff_t>(first),
                                      days.begin() + static_cast<ptrdiff_t>(first + count)));
  }
  // Compared as they lie, with days inside and outside what 16 bits hold.
  const Date limits[] = {Date::Beginning(),     Date::FromDays(-25800),  Date::FromDays(0), Date::FromDays(20000),
                         Date::FromDays(40500), Date::FromDays(2932896), Date::Forever()};
  for (size_t first = 0; first < days.size(); first += DayColumn::kStretch) {
    const size_t count = std::min(days.size() - first, DayColumn::kStretch);
    for (const Date limit : limits) {
      uint8_t flags[DayColumn::kStretch];
      column.NotAfter(first, count, limit, flags);
      for (size_t k = 0; k < count; ++k) ASSERT_EQ(flags[k], days[first + k] <= limit ? 1 : 0) << first + k;
    }
  }
  for (const auto& [from, to] : {std::pair("1850-01-01", "2150-01-01"), std::pair("1990-05-05", "1990-05-06"),
                                 std::pair("1899-12-31", "1900-01-02"), std::pair("2079-06-01", "2079-06-06"),
                                 std::pair("2020-01-01", "2020-01-01")}) {
    const base::Validity span{base::Date::Parse(from).value(), base::Date::Parse(to).value()};
    std::set<size_t> expected, found;
    for (size_t i = 0; i < days.size(); ++i) {
      if (span.Holds(days[i])) expected.insert(i);
    }
    EXPECT_TRUE(column.ForEachIn(span, [&](size_t i) { return found.insert(i).second; }));
    EXPECT_EQ(found, expected) << from;
    size_t visited = 0;
    EXPECT_EQ(column.ForEachIn(span, [&](size_t) { return ++visited < 2; }), expected.size() < 2);
    EXPECT_EQ(visited, std::min<size_t>(expected.size(), 2));
  }
  EXPECT_FALSE(DayColumn::Read(*file, kColumn, days.size() + 33, &column));
}

TEST(DayColumnTest, EveryDayIsKeptInEitherForm) {
  std::vector<Date> days{Date::Beginning(), Date::Forever()};
  for (int32_t day = -26000; day < 41000; ++day) days.push_back(Date::FromDays(day));  // 1898 to 2082
  for (const int32_t day : {-719162, 2932896}) days.push_back(Date::FromDays(day));    // 0001-01-01, 9999-12-31
  KeepsDays(days);
  std::vector<Date> mostly_open;
  for (const Date day : days) {
    mostly_open.push_back(day);
    mostly_open.insert(mostly_open.end(), 5, Date::Forever());
  }
  KeepsDays(mostly_open);
  KeepsDays(std::vector<Date>(100, Date::Forever()));
  KeepsDays({Date::Forever()});
}

TEST(DayColumnTest, OpenEndsTakeTwoBitsAndTheOthersTwoBytes) {
  std::vector<Date> days(3200, Date::Forever());
  for (size_t i = 0; i < days.size(); i += 100) days[i] = Date::FromDays(20000);
  ColumnWriter writer;
  AddDays(kColumn, days, &writer);
  const File file = Finish(&writer);
  EXPECT_EQ(file->Column<uint16_t>(kColumn).size(), 32u);
  EXPECT_EQ(file->Column<uint64_t>(kColumn | kMarksPart).size(), 100u);
}

TEST(SlotTableTest, FindsEveryKeyAndHardlyComparesAnother) {
  for (const uint32_t count : {0u, 1u, 2u, 7u, 8u, 1000u, 65536u}) {
    std::vector<std::string> keys;
    for (uint32_t i = 0; i < count; ++i) keys.push_back(std::to_string(1000000 + i * 7));
    ColumnWriter writer;
    AddSlots(
        kColumn, count, [&](uint32_t i) -> std::string_view { return keys[i]; }, &writer);
    const File file = Finish(&writer);
    SlotTable table;
    ASSERT_TRUE(SlotTable::Read(*file, kColumn, count, &table));
    EXPECT_LE(file->Column<uint32_t>(kColumn).size(), count * 8 / 7 + 1);
    uint32_t compared = 0, found = 0;
    for (uint32_t i = 0; i < count; ++i) {
      table.Probe(keys[i], [&](uint32_t index) {
        ++compared;
        if (keys[index] == keys[i]) ++found;
        return keys[index] != keys[i];
      });
      table.Probe(keys[i] + "x", [&](uint32_t) { return ++compared != 0; });
    }
    EXPECT_EQ(found, count);
    EXPECT_LE(compared, count + count / 64 + 1);
  }
}

TEST(SlotTableTest, EqualKeysComeInOrder) {
  ColumnWriter writer;
  AddSlots(
      kColumn, 20, [](uint32_t i) -> std::string_view { return i % 2 == 0 ? "even" : "odd"; }, &writer);
  const File file = Finish(&writer);
  SlotTable table;
  ASSERT_TRUE(SlotTable::Read(*file, kColumn, 20, &table));
  std::vector<uint32_t> even;
  table.Probe("even", [&](uint32_t index) {
    if (index % 2 == 0) even.push_back(index);
    return true;
  });
  EXPECT_EQ(even, (std::vector<uint32_t>{0, 2, 4, 6, 8, 10, 12, 14, 16, 18}));
}

}  // namespace
}  // namespace jiceng::graph
