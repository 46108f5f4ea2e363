#include "model/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/status.h"

namespace jiceng::model {
namespace {

using ::testing::HasSubstr;
using ::testing::IsNull;
using ::testing::NotNull;

OrgKind Kind(int32_t number, const char* id, bool party = false) {
  OrgKind kind;
  kind.number = number;
  kind.id = id;
  kind.party = party;
  return kind;
}

Role MakeRole(int32_t number, const char* id) {
  Role role;
  role.number = number;
  role.id = id;
  return role;
}

TEST(CatalogueTest, FindsByIdAndByNumber) {
  const auto catalogue =
      Catalogue::Create({Kind(40, "party_branch", true), Kind(150, "employer")}, {MakeRole(12, "grid_head")});
  ASSERT_TRUE(catalogue.ok()) << catalogue.status();
  ASSERT_THAT(catalogue->FindOrgKind("party_branch"), NotNull());
  EXPECT_EQ(catalogue->FindOrgKind("party_branch")->number, 40);
  ASSERT_THAT(catalogue->FindOrgKind(150), NotNull());
  EXPECT_EQ(catalogue->FindOrgKind(150)->id, "employer");
  ASSERT_THAT(catalogue->FindRole("grid_head"), NotNull());
  EXPECT_EQ(catalogue->FindRole(12)->id, "grid_head");
}

TEST(CatalogueTest, WhatItDoesNotHaveIsAbsentAndNoError) {
  const auto catalogue = Catalogue::Create({Kind(40, "party_branch", true)}, {MakeRole(1, "secretary")});
  ASSERT_TRUE(catalogue.ok());
  EXPECT_THAT(catalogue->FindOrgKind("party_group"), IsNull());
  EXPECT_THAT(catalogue->FindOrgKind(""), IsNull());
  // Numbers a newer catalogue may have written, and numbers nobody writes.
  for (int32_t number : {-1, 0, 41, 999, 1000, 1 << 30}) EXPECT_THAT(catalogue->FindOrgKind(number), IsNull());
  for (int32_t number : {-1, 0, 2, 255, 256}) EXPECT_THAT(catalogue->FindRole(number), IsNull());
}

TEST(CatalogueTest, OnlyPartyKindsAreParty) {
  const auto catalogue = Catalogue::Create({Kind(40, "party_branch", true), Kind(90, "residents_committee")}, {});
  ASSERT_TRUE(catalogue.ok());
  EXPECT_TRUE(catalogue->IsParty(40));
  EXPECT_FALSE(catalogue->IsParty(90));
  EXPECT_FALSE(catalogue->IsParty(91)) << "a kind nobody knows is not taken for a Party organisation";
}

TEST(CatalogueTest, EmptyCatalogueIsOne) { EXPECT_TRUE(Catalogue::Create({}, {}).ok()); }

struct Wrong {
  const char* name;
  std::vector<OrgKind> kinds;
  std::vector<Role> roles;
  const char* message;
};

class WrongCatalogueTest : public ::testing::TestWithParam<Wrong> {};

TEST_P(WrongCatalogueTest, IsRefusedWithWhatIsWrong) {
  const auto catalogue = Catalogue::Create(GetParam().kinds, GetParam().roles);
  ASSERT_FALSE(catalogue.ok());
  EXPECT_EQ(catalogue.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(base::ErrorReason(catalogue.status()), "BAD_CATALOGUE");
  EXPECT_THAT(std::string(catalogue.status().message()), HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Catalogues, WrongCatalogueTest,
    ::testing::Values(Wrong{"KindNumberTwice", {Kind(10, "a"), Kind(10, "b")}, {}, "number 10 of 'b'"},
                      Wrong{"KindIdTwice", {Kind(10, "a"), Kind(20, "a")}, {}, "'a' is empty or given twice"},
                      Wrong{"KindNumberZero", {Kind(0, "a")}, {}, "number 0 of 'a'"},
                      Wrong{"KindNumberNegative", {Kind(-5, "a")}, {}, "number -5 of 'a'"},
                      Wrong{"KindNumberTooLarge", {Kind(1000, "a")}, {}, "1..999"},
                      Wrong{"KindWithoutId", {Kind(10, "")}, {}, "'' is empty"},
                      Wrong{"RoleNumberTwice", {}, {MakeRole(1, "a"), MakeRole(1, "b")}, "number 1 of 'b'"},
                      Wrong{"RoleIdTwice", {}, {MakeRole(1, "a"), MakeRole(2, "a")}, "'a' is empty or given twice"},
                      // A tie keeps its role in one byte.
                      Wrong{"RoleNumberTooLarge", {}, {MakeRole(256, "a")}, "1..255"}),
    [](const auto& p) { return p.param.name; });

}  // namespace
}  // namespace jiceng::model
