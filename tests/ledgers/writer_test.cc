#include "ledgers/writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "ledgers/csv.h"
#include "tests/ledgers/fixtures.h"

namespace jiceng::ledgers {
namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string TempFile(const std::string& name) { return (std::filesystem::path(::testing::TempDir()) / name).string(); }

std::string Slurp(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string Written(const std::vector<std::string>& header, const Rows& rows) {
  const std::string path = TempFile("ledger_writer_test.csv");
  absl::StatusOr<CsvWriter> writer = CsvWriter::Create(path, header);
  EXPECT_TRUE(writer.ok()) << writer.status();
  for (const auto& row : rows) {
    for (const std::string& cell : row) writer->Cell(cell);
    writer->EndRow();
  }
  EXPECT_TRUE(writer->Close().ok());
  std::string text = Slurp(path);
  std::filesystem::remove(path);
  return text;
}

Rows Cut(std::string_view text) {
  CsvReader reader(text.substr(3));  // after the mark
  CsvRecord record;
  Rows rows;
  while (reader.Next(&record)) rows.emplace_back(record.cells.begin(), record.cells.end());
  return rows;
}

TEST(Writer, QuotesOnlyWhereRfc4180NeedsIt) {
  EXPECT_EQ(Written({"a", "b"}, {{"x y", ""}, {"1,2", "say \"hi\""}, {"l1\nl2", "党"}}),
            "\xEF\xBB\xBF"
            "a,b\nx y,\n\"1,2\",\"say \"\"hi\"\"\"\n\"l1\nl2\",党\n");
}

TEST(Writer, ARowOfOneEmptyCellIsNotAnEmptyLine) { EXPECT_EQ(Cut(Written({"a"}, {{""}})), (Rows{{"a"}, {""}})); }

TEST(Writer, WhatIsWrittenIsCutBackTheSame) {
  std::mt19937 random(20260102);
  const std::string letters = ",\"\n\r ax党\t;";
  for (int round = 0; round < 100; ++round) {
    Rows rows(1 + random() % 5, std::vector<std::string>(1 + random() % 4));
    for (auto& row : rows) {
      for (std::string& cell : row) {
        for (size_t n = random() % 90; n > 0; --n) cell.push_back(letters[random() % letters.size()]);
      }
    }
    const Rows cut = Cut(Written({"h"}, rows));
    ASSERT_EQ(Rows(cut.begin() + 1, cut.end()), rows) << "round " << round;
  }
}

// Write(Read(x)) is a normal form: reading it gives the same cells, and writing those the same bytes.
TEST(Writer, ReadingAndWritingALedgerReachesItsNormalForm) {
  const char* const odd =
      "\xEF\xBB\xBFTO, from ,attributes,kind,from_node,to_node,remark\r\n"
      "2025-01-01,,\"{ \"\"share\"\":50, \"\"a\"\": [ 1 ] }\",grid_mapping,unit:1, unit:2,x\r\n"
      "\r\n"
      "\"\",2024-02-29,{},alliance,org:甲,\"org:a,b\",\r";
  const auto write = [](const Outcome& o) {
    std::vector<std::string> header;
    for (const ColumnSpec& column : SpecOf(Ledger::kTies).columns) header.emplace_back(column.name);
    Rows rows;
    for (const KeptRow& row : o.rows) {
      rows.emplace_back();
      for (const KeptCell& cell : row.cells) rows.back().push_back(cell.text);
    }
    return Written(header, rows);
  };
  const Outcome first = ReadText(Ledger::kTies, odd);
  ASSERT_TRUE(first.status.ok()) << first.status;
  const std::string normal = write(first);
  EXPECT_EQ(normal,
            "\xEF\xBB\xBF"
            "kind,from_node,to_node,from,to,attributes\n"
            "grid_mapping,unit:1,unit:2,,2025-01-01,\"{\"\"a\"\":[1],\"\"share\"\":50}\"\n"
            "alliance,org:甲,\"org:a,b\",2024-02-29,,\n");
  EXPECT_EQ(write(ReadText(Ledger::kTies, normal)), normal);
}

TEST(Writer, AFolderThatIsNotThereIsNotFound) {
  EXPECT_EQ(CsvWriter::Create(TempFile("no/such/folder.csv"), {"a"}).status().code(), absl::StatusCode::kNotFound);
}

TEST(Writer, AFullDiskIsReportedAtClose) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP();
  absl::StatusOr<CsvWriter> writer = CsvWriter::Create("/dev/full", {"a"});
  ASSERT_TRUE(writer.ok());
  for (int i = 0; i < 100000; ++i) {
    writer->Cell("0123456789");
    writer->EndRow();
  }
  EXPECT_EQ(writer->Close().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(writer->Close().code(), absl::StatusCode::kFailedPrecondition);
}

TEST(Writer, AMovedWriterGoesOn) {
  const std::string path = TempFile("ledger_writer_moved.csv");
  absl::StatusOr<CsvWriter> first = CsvWriter::Create(path, {"a"});
  ASSERT_TRUE(first.ok());
  first->Cell("1");
  CsvWriter second = *std::move(first);
  second.EndRow();
  EXPECT_TRUE(second.Close().ok());
  EXPECT_EQ(Slurp(path),
            "\xEF\xBB\xBF"
            "a\n1\n");
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace jiceng::ledgers
