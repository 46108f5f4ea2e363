#include "cli/report/tree_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace jiceng::cli {
namespace {

using ::testing::ElementsAre;

TreeRow Row(int32_t depth, const std::string& node) {
  TreeRow row;
  row.depth = depth;
  row.node = node;
  return row;
}

// "depth node", and "depth node =k" for a copy of row k.
std::vector<std::string> Lines(const std::vector<TreeRow>& rows) {
  std::vector<std::string> lines;
  for (const TreeRow& row : rows) {
    lines.push_back(std::to_string(row.depth) + " " + row.node);
    if (row.copy_of >= 0) lines.back() += " =" + std::to_string(row.copy_of);
  }
  return lines;
}

TEST(FoldCopies, ATreeWithoutRepetitionStaysAsItIs) {
  EXPECT_THAT(Lines(FoldCopies({Row(0, "unit:1"), Row(1, "org:a"), Row(2, "org:b"), Row(1, "unit:2")})),
              ElementsAre("0 unit:1", "1 org:a", "2 org:b", "1 unit:2"));
  EXPECT_THAT(FoldCopies({}), ElementsAre());
}

// The street's committee leads the community's, which is seated in the community with its branch.
TEST(FoldCopies, ABodyStandsWhereItIsSeatedAndLeavesACopyBelowItsSuperior) {
  EXPECT_THAT(
      Lines(FoldCopies({Row(0, "unit:street"), Row(1, "org:street"), Row(2, "org:community"), Row(3, "org:branch"),
                        Row(1, "unit:community"), Row(2, "org:community"), Row(3, "org:branch"), Row(2, "unit:grid")})),
      ElementsAre("0 unit:street", "1 org:street", "2 org:community =4", "1 unit:community", "2 org:community",
                  "3 org:branch", "2 unit:grid"));
}

TEST(FoldCopies, CopiesOfCopiesAreLeftOut) {
  EXPECT_THAT(
      Lines(FoldCopies({Row(0, "unit:d"), Row(1, "org:d"), Row(2, "org:s"), Row(3, "org:c"), Row(1, "unit:s"),
                        Row(2, "org:s"), Row(3, "org:c"), Row(2, "unit:c"), Row(3, "org:c")})),
      ElementsAre("0 unit:d", "1 org:d", "2 org:s =4", "1 unit:s", "2 org:s", "3 org:c =7", "2 unit:c", "3 org:c"));
}

TEST(FoldCopies, ABodyWithoutASeatStaysBelowItsSuperior) {
  EXPECT_THAT(Lines(FoldCopies({Row(0, "unit:d"), Row(1, "org:d"), Row(2, "org:x"), Row(3, "org:y")})),
              ElementsAre("0 unit:d", "1 org:d", "2 org:x", "3 org:y"));
}

TEST(FoldCopies, OfSeveralPlacesAtOneLevelTheFirstIsTheBodysOwn) {
  EXPECT_THAT(Lines(FoldCopies({Row(0, "unit:a"), Row(1, "org:x"), Row(2, "org:y"), Row(0, "unit:b"), Row(1, "org:x"),
                                Row(2, "org:y")})),
              ElementsAre("0 unit:a", "1 org:x", "2 org:y", "0 unit:b", "1 org:x =1"));
}

}  // namespace
}  // namespace jiceng::cli
