#include <gtest/gtest.h>

#include <cstdio>
#include <functional>
#include <string>

#include "cli/csv_output.h"
#include "cli/handles.h"
#include "cli/json_output.h"

namespace jiceng::cli {
namespace {

std::string Written(const std::function<void(Output*)>& write) {
  char* bytes = nullptr;
  size_t size = 0;
  std::FILE* file = open_memstream(&bytes, &size);
  {
    Output out(file);
    write(&out);
  }
  std::fclose(file);
  std::string text(bytes, size);
  free(bytes);
  return text;
}

Table Officers() {
  Table table;
  jiceng_list_officers_at(nullptr, "", 0, "secretary", nullptr, 0, Out(table), nullptr);
  return table;
}
Table CrossAppointments() {
  Table table;
  jiceng_list_cross_appointments(nullptr, "", 0, 0, Out(table), nullptr);
  return table;
}

TEST(JsonOutput, DatesAreIsoAndOpenEndsNull) {
  const Table table = Officers();
  const Grid grid = Grid::Of(table.get()).Select({"node", "body", "role", "from"});
  EXPECT_EQ(Written([&](Output* out) { WriteJsonRows(grid, out); }),
            R"([{"node":"person:1","body":"org:1","role":"secretary","from":"2023-11-08"},)"
            R"({"node":"person:2","body":"org:2","role":"secretary","from":null}])");
}

TEST(JsonOutput, ListsAreArrays) {
  const Table table = CrossAppointments();
  EXPECT_EQ(Written([&](Output* out) { WriteJsonRows(Grid::Of(table.get()).Select({"kinds"}), out); }),
            R"([{"kinds":["party_branch","residents_committee"]}])");
}

TEST(JsonOutput, TextsAreEscapedAndAlwaysParse) {
  for (const std::string& text :
       {std::string("a\"b\\c\n\t\x01"), std::string("党·支部"), std::string("\xF0\xA0\xAE\xB7"), std::string("x\xFFy"),
        std::string("\xE5\x85"), std::string("\xED\xA0\x80")}) {
    std::string json;
    AppendJsonText(text, &json);
    const Json parsed = Json::parse(json, nullptr, false);
    EXPECT_FALSE(parsed.is_discarded()) << json;
  }
  std::string json;
  AppendJsonText("党\n\"", &json);
  EXPECT_EQ(json, "\"党\\n\\\"\"");
}

TEST(CsvOutput, QuotesWhatMustBeQuoted) {
  const Grid grid = Grid::Own({{"a", CellType::kText}, {"b", CellType::kText}},
                              {{"x,y", "say \"hi\""}, {std::nullopt, "two\nlines"}});
  EXPECT_EQ(Written([&](Output* out) { WriteCsv(grid, out); }), "a,b\n\"x,y\",\"say \"\"hi\"\"\"\n,\"two\nlines\"\n");
}

TEST(CsvOutput, ListsAreJoined) {
  const Table table = CrossAppointments();
  EXPECT_EQ(Written([&](Output* out) {
              WriteCsv(Grid::Of(table.get()).Select({"node", "kinds"}), out);
            }),
            "node,kinds\nperson:1,party_branch; residents_committee\n");
}

TEST(Grid, ChoosesAndCuts) {
  const Table table = Officers();
  const Grid grid = Grid::Of(table.get());
  EXPECT_EQ(grid.Slice(1, 10).rows(), 1);
  EXPECT_EQ(grid.Slice(1, 10).Plain(0, 0), "person:2");
  EXPECT_EQ(grid.Slice(5, 10).rows(), 0);
  EXPECT_EQ(grid.Without({"name"}).Find("name"), -1);
  EXPECT_EQ(grid.Rename("node", "who").Find("who"), 0);
}

}  // namespace
}  // namespace jiceng::cli
