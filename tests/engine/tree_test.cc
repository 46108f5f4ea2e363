// The tree of units and organisations, with the members at or below each.
#include "engine/describe.h"
#include "rules/lists.h"
#include "rules/member_count.h"
#include "tests/engine/answers.h"

namespace jiceng::engine {
namespace {

using base::Date;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* kToday = "2026-01-01";

std::vector<std::string> Lines(Organization& organization, const char* root, int32_t max_depth = 0,
                               bool units_only = false) {
  std::optional<model::NodeNumber> node;
  if (root != nullptr) node = organization.Node(root);
  std::vector<std::string> lines;
  for (const TreeRow& row : Tree(organization.version(), organization.store()->catalogue().model, node, Day(kToday),
                                 max_depth, units_only)) {
    lines.push_back(std::string(static_cast<size_t>(row.depth), '.') + organization.now().Text(row.node) + " " +
                    std::to_string(row.members));
  }
  return lines;
}

TEST(TreeTest, OrganisationsStandOnTheirUnitAndUnitsBelowThem) {
  Organization street;
  street.Import(SmallStreet());
  EXPECT_THAT(Lines(street, nullptr),
              ElementsAre("unit:320102002 2", ".org:10 2", ".unit:320102002001 1", "..org:11 1", "..org:20 0",
                          "..org:21 0", "..unit:320102002001001 0", ".unit:320102002002 1", "..org:12 1"));
}

TEST(TreeTest, SubordinateSeatedOnTheSameUnitHangsBelowItsSuperior) {
  Ledgers ledgers = SmallStreet();
  ledgers["orgs.csv"] =
      "org_id,name,kind,parent_id,unit_code,founded,dissolved\n"
      "10,a,party_work_committee,,320102002,,\n9,b,party_general_branch,10,320102002001,,\n11,c,party_branch,9,"
      "320102002001,,\n12,d,party_branch,10,320102002002,,\n"
      "13,e,party_branch,10,,,\n14,f,employer,,,,\n";
  Organization street;
  ASSERT_EQ(street.Import(ledgers).outcome, ImportOutcome::kDone);
  EXPECT_THAT(Lines(street, nullptr),
              ElementsAre("unit:320102002 2", ".org:10 2", "..org:13 0", ".unit:320102002001 1", "..org:9 1",
                          "...org:11 1", "..unit:320102002001001 0", ".unit:320102002002 1", "..org:12 1", "org:14 0"));
  EXPECT_THAT(Lines(street, "org:10"), ElementsAre("org:10 2", ".org:12 1", ".org:13 0", ".org:9 1", "..org:11 1"));
}

TEST(TreeTest, DepthAndUnitsOnlyCutRowsButNoMembers) {
  Organization street;
  street.Import(SmallStreet());
  EXPECT_THAT(Lines(street, "unit:320102002", 1, true),
              ElementsAre("unit:320102002 2", ".unit:320102002001 1", ".unit:320102002002 1"));
}

TEST(TreeTest, PersonOfTwoBranchesCountsOnceAboveBoth) {
  Ledgers ledgers = SmallStreet();
  ledgers["affiliations.csv"] =
      "person_id,branch_id,kind,from,to\n1,11,formal,2005-01-01,\n1,12,formal,2006-01-01,\n1,11,formal,2007-01-01,\n2,"
      "12,formal,2025-09-01,\n"
      "3,12,formal,2025-09-01,\n2,11,temporary,2025-09-01,\n";
  Organization street;
  street.Import(ledgers);
  EXPECT_THAT(Lines(street, "unit:320102002"),
              ElementsAre("unit:320102002 2", ".org:10 2", ".unit:320102002001 1", "..org:11 1", "..org:20 0",
                          "..org:21 0", "..unit:320102002001001 0", ".unit:320102002002 2", "..org:12 2"));
}

TEST(TreeTest, WhatDoesNotExistOnTheDayIsNotShown) {
  Ledgers ledgers = SmallStreet();
  ledgers["orgs.csv"] +=
      "15,x,party_branch,10,320102002001,2027-01-01,\n16,y,party_branch,10,320102002001,,2026-01-01\n";
  Organization street;
  street.Import(ledgers);
  for (const std::string& line : Lines(street, nullptr)) EXPECT_EQ(line.find("org:15"), std::string::npos) << line;
  for (const std::string& line : Lines(street, nullptr)) EXPECT_EQ(line.find("org:16"), std::string::npos) << line;
}

TEST(TreeTest, PersonAtTheRootStandsAlone) {
  Organization street;
  street.Import(SmallStreet());
  EXPECT_THAT(Lines(street, "person:1"), ElementsAre("person:1 0"));
}

TEST(TreeTest, EmptyStoreHasNoTree) {
  Organization nothing;
  EXPECT_THAT(Lines(nothing, nullptr), IsEmpty());
}

// A generated town: every row's members must be those of the one-node count, which is made another way.
TEST(TreeTest, MembersAgreeWithTheCountOfEachNode) {
  Ledgers ledgers;
  std::string units = "code,name,level,parent_code,households,population\n320102,d,district,,,\n",
              orgs = "org_id,name,kind,parent_id,unit_code,founded,dissolved\n1,p,party_committee,,320102,,\n";
  std::string people = "person_id,name,party_status,joined_on,in_service\n",
              ties = "kind,from_node,to_node,from,to,attributes\n", affiliations = "person_id,branch_id,kind,from,to\n";
  uint32_t random = 12345;
  const auto next = [&](uint32_t below) { return (random = random * 1664525u + 1013904223u) / 65536u % below; };
  for (int s = 0; s < 4; ++s) {
    units += "32010210" + std::to_string(s) + ",s,street,320102,,\n";
    orgs += "s" + std::to_string(s) + ",p,party_committee,1,32010210" + std::to_string(s) + ",,\n";
  }
  for (int b = 0; b < 40; ++b) {
    const std::string street = std::to_string(next(4)), id = "b" + std::to_string(b);
    orgs += id + ",p," + (next(5) == 0 ? "party_general_branch" : "party_branch") + ",s" + street + "," +
            (next(6) == 0 ? "" : "32010210" + street) + ",,\n";
    if (next(4) == 0) ties += "seat,org:" + id + ",unit:32010210" + std::to_string(next(4)) + ",2020-01-01,,\n";
    if (next(4) == 0) ties += "party_line,org:" + id + ",org:s" + std::to_string(next(4)) + ",2020-01-01,,\n";
  }
  for (int p = 0; p < 400; ++p) {
    const std::string id = std::to_string(p);
    people += id + ",甲," + (next(8) == 0 ? "none" : next(8) == 0 ? "probationary" : "full") + ",,1\n";
    for (uint32_t n = 1 + next(2); n > 0; --n) {
      affiliations += id + ",b" + std::to_string(next(40)) + "," + (next(8) == 0 ? "floating" : "formal") + ",20" +
                      std::to_string(10 + n) + "-01-01,\n";
    }
  }
  ledgers = {{"units.csv", units},
             {"orgs.csv", orgs},
             {"people.csv", people},
             {"ties.csv", ties},
             {"affiliations.csv", affiliations}};
  Organization town;
  const ImportReport report = town.Import(ledgers);
  ASSERT_EQ(report.outcome, ImportOutcome::kDone) << ::testing::PrintToString(Problems(report));
  const model::Catalogue& catalogue = town.store()->catalogue().model;
  int rows = 0;
  for (const TreeRow& row : Tree(town.version(), catalogue, std::nullopt, Day(kToday), 0, false)) {
    const rules::MemberCount count = rules::CountMembers(town.now(), catalogue, row.node, Day(kToday));
    EXPECT_EQ(row.members, count.full + count.probationary) << town.now().Text(row.node);
    ++rows;
  }
  EXPECT_GE(rows, 45);
}

}  // namespace
}  // namespace jiceng::engine
