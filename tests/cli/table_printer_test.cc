#include "cli/table_printer.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <string>

namespace jiceng::cli {
namespace {

std::string Printed(const Grid& grid, Lang lang, TableStyle style) {
  char* bytes = nullptr;
  size_t size = 0;
  std::FILE* file = open_memstream(&bytes, &size);
  {
    Output out(file);
    PrintTable(grid, Wording(lang), style, &out);
  }
  std::fclose(file);
  std::string text(bytes, size);
  free(bytes);
  return text;
}

Grid Sample() {
  return Grid::Own({{"node", CellType::kText}, {"name", CellType::kText}, {"members", CellType::kInteger}},
                   {{"unit:1", "玄武区", "45000"}, {"unit:12", "a", "7"}, {"org:3", std::nullopt, std::nullopt}});
}

TEST(TablePrinter, AlignsByWidthOnTheScreenAndNumbersToTheRight) {
  EXPECT_EQ(Printed(Sample(), Lang::kZh, {}),
            "节点     名称     党员\n"
            "───────  ──────  ─────\n"
            "unit:1   玄武区  45000\n"
            "unit:12  a           7\n"
            "org:3\n");
}

TEST(TablePrinter, HeadingsComeInBothLanguages) {
  EXPECT_EQ(Printed(Sample(), Lang::kEn, {}).substr(0, 24), "Node     Name    Members");
}

TEST(TablePrinter, CutsTextsButNeverIdentifiers) {
  const Grid grid = Grid::Own({{"node", CellType::kText}, {"message", CellType::kText}},
                              {{"person:1000001042", "有五十七名党员，超过五十名"}});
  TableStyle style;
  style.width = 31;
  EXPECT_EQ(Printed(grid, Lang::kZh, style),
            "节点               说明\n"
            "─────────────────  ────────────\n"
            "person:1000001042  有五十七名…\n");
}

TEST(TablePrinter, EmptyColumnsCanBeLeftOut) {
  const Grid grid = Grid::Own({{"node", CellType::kText}, {"basis", CellType::kText}}, {{"org:1", std::nullopt}});
  TableStyle style;
  style.hide_empty = true;
  EXPECT_EQ(Printed(grid, Lang::kZh, style), "节点\n─────\norg:1\n");
}

TEST(TablePrinter, TitlesReplaceIdentifiersOfClosedLists) {
  const Grid grid = Grid::Own({{"kind", CellType::kText}, {"status", CellType::kText}},
                              {{"party_branch", "unmet"}, {"newer_kind", "met"}});
  EXPECT_EQ(Printed(grid, Lang::kZh, {}),
            "类别        结论\n"
            "──────────  ──────\n"
            "党支部      不符合\n"
            "newer_kind  符合\n");
}

TEST(TablePrinter, ACellCannotSteerTheTerminal) {
  const Grid grid = Grid::Own({{"name", CellType::kText}}, {{std::string("a\x1b[31m\nb")}});
  EXPECT_EQ(Printed(grid, Lang::kZh, {}), "名称\n────────\na [31m b\n");
}

}  // namespace
}  // namespace jiceng::cli
