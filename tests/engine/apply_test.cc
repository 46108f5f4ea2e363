// Change sets from one of two handles on a store, each of which does not look what the other has written before it is
// asked to write itself.
#include "base/status.h"
#include "tests/engine/organization.h"
#include "wire/changes.h"

namespace jiceng::engine {
namespace {

using model::Fact;
using ::testing::ElementsAre;

class ApplyTest : public ::testing::Test {
 protected:
  void SetUp() override { first_.Import(SmallStreet()); }

  static absl::StatusOr<int64_t> Apply(Organization& by, const model::Change& change, int64_t expected_seq = -1) {
    CommitOptions options;
    options.recorded_at = 1800000000;
    options.expected_seq = expected_seq;
    return ApplyChanges(by.store(), wire::EncodeChanges({change}), options);
  }
  static model::AmendFact Households(int32_t number) {
    return {"unit:320102002001", {}, {Fact::kHouseholds, number, ""}};
  }
  static model::OpenTie Lives(const std::string& person) {
    model::OpenTie change;
    change.tie = {model::TieKind::kResidence, person, "unit:320102002002", "", Day("2026-02-01")};
    return change;
  }

  TemporaryFolder folder_;
  Organization first_{folder_.Path("store")}, second_{folder_.Path("store"), false};
};

TEST_F(ApplyTest, AChangeMayNameWhatTheOtherHasMade) {
  second_.now();
  model::PutNode put;
  put.node = "person:9";
  ASSERT_EQ(*Apply(first_, put), 2);
  const auto seq = Apply(second_, Lives("person:9"));
  ASSERT_TRUE(seq.ok()) << seq.status();
  EXPECT_EQ(*seq, 3);
  EXPECT_THAT(first_.Ties({model::TieKind::kResidence}),
              ElementsAre("residence person:1 → unit:320102002001 [2010-01-01, )",
                          "residence person:2 → unit:320102002002 [, )",
                          "residence person:9 → unit:320102002002 [2026-02-01, )"));
}

TEST_F(ApplyTest, AChangeTheOtherHasMadeIsRefusedLikeOnesOwn) {
  second_.now();
  ASSERT_EQ(*Apply(first_, Lives("person:3")), 2);
  EXPECT_EQ(base::ErrorReason(Apply(second_, Lives("person:3")).status()), "TIE_EXISTS");
  EXPECT_EQ(second_.version().seq, 2);
}

TEST_F(ApplyTest, WhatWasSoBeforeTheOtherChangedItIsWrittenAgain) {
  ASSERT_EQ(*Apply(first_, Households(1000)), 2);
  second_.now();
  ASSERT_EQ(*Apply(first_, Households(2000)), 3);
  const auto seq = Apply(second_, Households(1000));
  ASSERT_TRUE(seq.ok()) << seq.status();
  EXPECT_EQ(*seq, 4);
  EXPECT_EQ(first_.Fact("unit:320102002001", Fact::kHouseholds, "2026-01-01"), 1000);
}

TEST_F(ApplyTest, WhatIsSoAlreadyIsNoCommitAndTellsTheOthersHead) {
  second_.now();
  ASSERT_EQ(*Apply(first_, Households(2000)), 2);
  EXPECT_EQ(*Apply(second_, Households(2000)), 2);
}

TEST_F(ApplyTest, AnExpectedSeqIsThatOfTheFile) {
  second_.now();
  ASSERT_EQ(*Apply(first_, Households(2000)), 2);
  EXPECT_EQ(base::ErrorReason(Apply(second_, Households(3000), 1).status()), "SEQ_MOVED");
  EXPECT_EQ(second_.Fact("unit:320102002001", Fact::kHouseholds, "2026-01-01"), 2000);
  ASSERT_EQ(*Apply(first_, Households(2500)), 3);
  EXPECT_EQ(*Apply(second_, Households(3000), 3), 4);
}

}  // namespace
}  // namespace jiceng::engine
