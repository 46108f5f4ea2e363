// What stands in the way of a pack that is attached, by the territory it is attached in.
#include "engine/policies.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/status.h"
#include "tests/capi/policy_bytes.h"
#include "tests/graph/organization_builder.h"
#include "tests/rules/random_policy.h"

namespace jiceng::engine {
namespace {

using jiceng_test::PackBytes;
using jiceng_test::PolicyRuleBytes;
using model::NodeNumber;
using ::testing::AllOf;
using testing::Day;
using testing::Days;
using ::testing::HasSubstr;
using testing::OrganizationBuilder;

model::AttachmentRow Row(NodeNumber unit, base::Validity valid, int32_t priority, const std::string& id, int least) {
  model::AttachmentRow row;
  row.kind = model::AttachmentKind::kPolicy;
  row.node = unit;
  row.name = id;
  row.valid = valid;
  row.priority = priority;
  row.content = PackBytes(id, PolicyRuleBytes("branch.min-members", "branch.min", static_cast<uint64_t>(least)));
  return row;
}

class PoliciesTest : public ::testing::Test {
 protected:
  PoliciesTest() {
    catalogue_.rules = testing::RulesWithParameters();
    catalogue_.model = testing::FrozenModel();
    district_ = b_.Unit("d", model::Level::kDistrict);
    street_ = b_.Unit("s", model::Level::kStreet, district_);
    community_ = b_.Unit("c", model::Level::kCommunity, street_);
    snapshot_ = b_.Build();
  }
  // What the last of them comes to, attached after the others.
  std::string Attach(std::vector<model::AttachmentRow> rows) {
    model::Batch batch;
    batch.attachments = rows;
    const absl::Status status = CheckPolicy(*snapshot_->With(batch), catalogue_, rows.back());
    return status.ok() ? "" : base::ErrorReason(status) + ": " + std::string(status.message());
  }

  OrganizationBuilder b_;
  NodeNumber district_, street_, community_;
  std::shared_ptr<const graph::Snapshot> snapshot_;
  wire::Catalogue catalogue_;
};

TEST_F(PoliciesTest, APlaceTightensWhatStandsAboveIt) {
  // The norm asks for two, the district for four: a community may ask for five, not for three.
  const auto district = Row(district_, Days("2024-01-01", "2025-01-01"), 0, "town.district", 4);
  EXPECT_EQ(Attach({district, Row(community_, Days("2024-01-01"), 0, "town.community", 5)}), "");
  EXPECT_THAT(Attach({district, Row(community_, Days("2023-01-01"), 0, "town.community", 3)}),
              AllOf(HasSubstr("PARAMETER_LOOSENED"),
                    HasSubstr("pack town.community, rule branch.min-members, parameter "
                              "branch.min"),
                    HasSubstr("3 is looser than the 4 of pack town.district above, on 2024-01-01")));
  EXPECT_EQ(Attach({district, Row(community_, Days("2025-01-01"), 0, "town.community", 3)}), "") << "on other days";
  EXPECT_EQ(Attach({Row(community_, Days("2024-01-01"), 0, "town.community", 5), district}), "")
      << "what is attached above comes under nobody";
  EXPECT_THAT(Attach({Row(NodeNumber(), {}, 0, "root", 6), Row(street_, {}, 0, "street", 5)}),
              HasSubstr("PARAMETER_LOOSENED"))
      << "from the root of all units";
}

TEST_F(PoliciesTest, AttachedWhileNotInForceIsAttachedForNothing) {
  model::AttachmentRow row = Row(district_, Days("2024-01-01", "2025-01-01"), 0, "late", 4);
  row.content += jiceng_test::Date(6, 20260101);  // in_force_from
  EXPECT_THAT(Attach({row}), HasSubstr("EMPTY_INTERVAL"));
}

TEST_F(PoliciesTest, WhatTheCatalogueNoLongerHasIsLeftOut) {
  model::AttachmentRow row = Row(district_, {}, 0, "old", 4);
  row.content += jiceng_test::Bytes(9, PolicyRuleBytes("gone.rule", "gone.parameter", 1));
  row.content += jiceng_test::Bytes(9, PolicyRuleBytes("branch.max-members", "gone.parameter", 1));
  const auto attached = ReadAttached({row}, catalogue_).value();
  ASSERT_EQ(attached->policies.size(), 1u);
  ASSERT_EQ(attached->policies[0].policy->rules.size(), 1u);
  EXPECT_EQ(attached->policies[0].policy->rules[0].rule, catalogue_.rules.Find("branch.min-members"));
  row.content = "no pack";
  EXPECT_EQ(base::ErrorReason(ReadAttached({row}, catalogue_).status()), "BAD_ATTACHMENT");
}

}  // namespace
}  // namespace jiceng::engine
