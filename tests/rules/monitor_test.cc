// A monitor that follows commits says what one made anew says.
#include "rules/monitor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "rules/member_count.h"
#include "tests/rules/auditing.h"
#include "tests/rules/frozen_shapes.h"
#include "tests/rules/random_policy.h"
#include "tests/rules/random_town.h"

namespace jiceng::testing {
namespace {

using model::Level;
using model::NodeKind;
using model::NodeNumber;
using model::TieKind;
using rules::Monitor;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

rules::AuditRequest RequestOn(std::string_view day) {
  rules::AuditRequest request;
  request.date = Day(day);
  request.parameters = {{"report.deadline_days", 30}, {"posts.max", 1}};
  return request;
}

std::shared_ptr<const Monitor> Watch(std::shared_ptr<const graph::Snapshot> s, const rules::AuditRequest& request,
                                     const rules::RuleSet& rule_set = FrozenRules()) {
  return Monitor::Build(std::move(s), FrozenModel(), rule_set, request).value();
}

// The first rules of both sets are the same.
std::string Said(const graph::Snapshot& s, const rules::Finding& f) {
  return TextOf(s, f.subject) + " " + RulesOfAllShapes()[f.rule].id + " " + rules::StatusName(f.status) +
         (f.waived ? " waived " : " ") + f.since.ToString() + " " + TextOf(s, f.object) + " " +
         std::to_string(f.value) + " " + std::to_string(f.threshold) + " " + std::to_string(f.condition);
}

// Everything an audit and the passes over the people say of a snapshot.
Lines Asked(const graph::Snapshot& s, const rules::AuditRequest& request) {
  Lines lines;
  const rules::Findings audited = rules::Audit(s, FrozenModel(), RulesOfAllShapes(), request).value();
  for (const rules::Finding& f : audited.rows) lines.push_back(Said(s, f));
  for (const rules::Indicator& indicator : rules::Indicators()) {
    for (const auto& row : rules::Rollup(s, FrozenModel(), indicator, request.date, {}))
      lines.push_back(std::string(indicator.name) + " " + s.Text(row.node) + " " + std::to_string(row.numerator) + "/" +
                      std::to_string(row.denominator));
  }
  for (uint32_t u = 0; u < s.Count(NodeKind::kUnit); ++u) {
    const auto count = rules::CountMembers(s, FrozenModel(), NodeNumber(NodeKind::kUnit, u), request.date);
    lines.push_back("members " + std::to_string(u) + " " + std::to_string(count.full) + " " +
                    std::to_string(count.probationary));
  }
  return lines;
}

// The same as the monitor has it.
Lines Kept(const Monitor& monitor) {
  const graph::Snapshot& s = monitor.snapshot();
  Lines lines;
  const rules::Findings findings = monitor.findings();
  for (const rules::Finding& f : findings.rows) lines.push_back(Said(s, f));
  for (const rules::Indicator& indicator : rules::Indicators()) {
    for (const auto& row : monitor.RollUp(indicator, {}))
      lines.push_back(std::string(indicator.name) + " " + s.Text(row.node) + " " + std::to_string(row.numerator) + "/" +
                      std::to_string(row.denominator));
  }
  for (uint32_t u = 0; u < s.Count(NodeKind::kUnit); ++u) {
    lines.push_back("members " + std::to_string(u) + " " + std::to_string(monitor.FullMembers(u)) + " " +
                    std::to_string(monitor.ProbationaryMembers(u)));
  }
  return lines;
}

class MonitorPropertyTest : public ::testing::TestWithParam<uint32_t> {};

TEST_P(MonitorPropertyTest, FollowingEqualsAskingAnew) {
  OrganizationBuilder b;
  RandomTown town(GetParam());
  town.Fill(&b);
  const size_t filled = b.batches();
  constexpr int kChanges = 40;
  for (int i = 0; i < kChanges; ++i) town.Change(&b);
  rules::AuditRequest request = RequestOn("2022-06-30");
  request.attached =
      Waived({RulesOfAllShapes().Find("branch.min-members"), NodeNumber(NodeKind::kOrganization, 2), {}, "", ""});
  std::shared_ptr<const graph::Snapshot> s = b.BuildWithDelta(filled - 1, filled);
  auto monitor = Watch(s, request, RulesOfAllShapes());
  int followed = 0;
  for (int i = 0; i < kChanges; ++i) {
    s = b.Add(*s, filled + static_cast<size_t>(i));
    Monitor::Step step;
    const auto next = monitor->Next(s, request.date, &step).value();
    ASSERT_THAT(Kept(*next), ElementsAreArray(Asked(*s, request))) << "seed " << GetParam() << ", change " << i;

    // What went and what came is the difference of the two lists.
    const rules::Findings then = monitor->findings(), now = next->findings();
    std::multiset<std::string> lines;
    for (const rules::Finding& f : then.rows) lines.insert(Said(*s, f));
    for (const rules::Finding& f : step.gone) {
      ASSERT_EQ(lines.count(Said(*s, f)), 1u);
      lines.erase(Said(*s, f));
    }
    for (const rules::Finding& f : step.appeared) lines.insert(Said(*s, f));
    std::multiset<std::string> expected;
    for (const rules::Finding& f : now.rows) expected.insert(Said(*s, f));
    ASSERT_EQ(lines, expected) << "seed " << GetParam() << ", change " << i;

    std::vector<int64_t> unmet(static_cast<size_t>(RulesOfAllShapes().size()), 0);
    for (const rules::Finding& f : now.rows) {
      if (f.status == rules::Status::kUnmet && !f.waived) ++unmet[static_cast<size_t>(f.rule)];
    }
    ASSERT_EQ(next->unmet(), unmet);
    ASSERT_EQ(next->size(), now.size());
    followed += step.rebuilt ? 0 : 1;
    monitor = next;
  }
  EXPECT_GT(followed, kChanges / 2) << "most changes leave the territory as it is";
  for (const char* day : {"2022-07-01", "2024-01-01", "2019-01-01"}) {
    request.date = Day(day);
    monitor = monitor->Next(s, request.date, nullptr).value();
    ASSERT_THAT(Kept(*monitor), ElementsAreArray(Asked(*s, request))) << "seed " << GetParam() << " on " << day;
  }
}

// Days forwards and backwards, few and many, with and without a commit on the way.
TEST_P(MonitorPropertyTest, GoingFromDayToDayEqualsAskingAnew) {
  OrganizationBuilder b;
  RandomTown town(GetParam());
  town.Fill(&b);
  const size_t filled = b.batches();
  constexpr int kSteps = 60;
  for (int i = 0; i < kSteps; ++i) town.Change(&b);
  rules::AuditRequest request = RequestOn("2020-01-01");
  request.attached = Waived({RulesOfAllShapes().Find("branch.min-members"), NodeNumber(NodeKind::kOrganization, 2),
                             Days("2020-06-01", "2023-01-01"), "", ""});
  std::shared_ptr<const graph::Snapshot> s = b.BuildWithDelta(filled - 1, filled);
  auto monitor = Watch(s, request, RulesOfAllShapes());
  std::mt19937 random(GetParam());
  size_t batch = filled;
  int followed = 0;
  for (int i = 0; i < kSteps; ++i) {
    constexpr int kDays[] = {1, 1, 2, 7, 31, 92, 366};
    const int days = kDays[random() % 7];
    const base::Date then = request.date;
    request.date = then.AddDays(random() % 3 == 0 ? -days : days);
    if (random() % 3 == 0) s = b.Add(*s, batch++);
    Monitor::Step step;
    const auto next = monitor->Next(s, request.date, &step).value();
    ASSERT_THAT(Kept(*next), ElementsAreArray(Asked(*s, request)))
        << "seed " << GetParam() << ", from " << then.ToString() << " to " << request.date.ToString();
    // Less what has aged, what went and what came is the difference of the two lists.
    const auto aged = [&](rules::Finding f, base::Date day) {
      f.Age(-day.days());
      return Said(*s, f);
    };
    std::multiset<std::string> lines, expected;
    for (const rules::Finding& f : monitor->findings().rows) lines.insert(aged(f, then));
    for (const rules::Finding& f : step.gone) {
      ASSERT_EQ(lines.count(aged(f, then)), 1u);
      lines.erase(aged(f, then));
    }
    for (const rules::Finding& f : step.appeared) ASSERT_EQ(lines.count(aged(f, request.date)), 0u);
    for (const rules::Finding& f : step.appeared) lines.insert(aged(f, request.date));
    for (const rules::Finding& f : next->findings().rows) expected.insert(aged(f, request.date));
    ASSERT_EQ(lines, expected) << "seed " << GetParam() << ", step " << i;
    ASSERT_EQ(next->size(), expected.size());
    followed += step.rebuilt ? 0 : 1;
    monitor = next;
  }
  EXPECT_GT(followed, kSteps / 2) << "on few days the territory, the rules or a waiver change";
}

// The same while packs come and go: values and switches that hold in parts of the territory only.
TEST_P(MonitorPropertyTest, FollowingEqualsAskingAnewByPacks) {
  const rules::RuleSet& set = RulesWithParameters();
  OrganizationBuilder b;
  RandomTown town(GetParam());
  town.Fill(&b);
  const size_t filled = b.batches();
  constexpr int kChanges = 40;
  for (int i = 0; i < kChanges; ++i) town.Change(&b);
  std::shared_ptr<const graph::Snapshot> s = b.BuildWithDelta(filled - 1, filled);
  RandomPolicies policies(GetParam(), set);
  rules::AuditRequest request;
  request.date = Day("2022-06-30");
  request.attached = policies.Attach(s->Count(NodeKind::kUnit));
  auto monitor = Watch(s, request, set);
  for (int i = 0; i < kChanges; ++i) {
    s = b.Add(*s, filled + static_cast<size_t>(i));
    if (policies.Below(5) == 0) request.attached = policies.Attach(s->Count(NodeKind::kUnit));
    monitor = monitor->Next(s, request.date, set, request.attached, nullptr, nullptr).value();
    const rules::Findings kept = monitor->findings(), asked = rules::Audit(*s, FrozenModel(), set, request).value();
    const auto lines = [&](const rules::Findings& findings) {
      Lines said;
      for (const rules::Finding& f : findings.rows)
        said.push_back(TextOf(*s, f.subject) + " " + set[f.rule].id + " " + rules::StatusName(f.status) + " " +
                       rules::LevelName(f.level) + " " + std::to_string(f.value) + " " + std::to_string(f.threshold));
      return said;
    };
    ASSERT_THAT(lines(kept), ElementsAreArray(lines(asked))) << "seed " << GetParam() << ", change " << i;
    ASSERT_EQ(kept.judged, asked.judged);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, MonitorPropertyTest, ::testing::Range(0u, 40u));

class MonitorTest : public ::testing::Test {
 protected:
  MonitorTest() {
    community_ = b_.Unit("c", Level::kCommunity);
    branch_ = b_.Org("b", kPartyBranch, community_);
    for (const char* id : {"p1", "p2", "p3"}) {
      people_.push_back(b_.Person(id, model::PartyStatus::kFull, true));
      b_.Formal(people_.back(), branch_, Days("2020-01-01"));
    }
    s_ = b_.Build();
  }
  std::shared_ptr<const graph::Snapshot> Then() {
    b_.Take();
    return s_ = b_.Add(*s_, b_.batches() - 1);
  }

  OrganizationBuilder b_;
  NodeNumber community_, branch_;
  std::vector<NodeNumber> people_;
  std::shared_ptr<const graph::Snapshot> s_;
};

TEST_F(MonitorTest, OneMemberLessIsOneFindingMore) {
  const auto before = Watch(s_, RequestOn("2024-01-01"));
  b_.Fact(people_[0], model::Fact::kPartyStatus, Days("2023-01-01"), 0);
  Monitor::Step step;
  const auto after = before->Next(Then(), Day("2024-01-01"), &step).value();
  EXPECT_FALSE(step.rebuilt);
  EXPECT_EQ(step.judged, 2) << "the person and the branch";
  EXPECT_THAT(step.gone, IsEmpty());
  ASSERT_EQ(step.appeared.size(), 1u);
  EXPECT_EQ(Said(*s_, step.appeared[0]), "org:b branch.min-members unmet  store: 2 3 0");
  EXPECT_EQ(before->FullMembers(community_.ordinal()), 3);
  EXPECT_EQ(after->FullMembers(community_.ordinal()), 2);
}

TEST_F(MonitorTest, WhatIsTriedLeavesTheMonitorAsItWas) {
  const auto before = Watch(s_, RequestOn("2024-01-01"));
  const Lines kept = Kept(*before);
  for (const NodeNumber person : people_) b_.Fact(person, model::Fact::kPartyStatus, {}, 0);
  Monitor::Step step;
  const auto tried = before->Next(Then(), Day("2024-01-01"), &step).value();
  EXPECT_EQ(tried->FullMembers(community_.ordinal()), 0);
  EXPECT_THAT(Kept(*before), ElementsAreArray(kept));
}

// 任期意见 item 1: five years for a branch of a community under a Party organisation above it, three for others.
TEST(MonitorReachTest, WhatTheParentIsDecidesTheTermOfItsBranches) {
  OrganizationBuilder b;
  const NodeNumber street = b.Unit("s", Level::kStreet), community = b.Unit("c", Level::kCommunity, street);
  const NodeNumber parent = b.Org("committee", kPartyCommittee, street);
  const NodeNumber branch = b.Org("branch", kPartyBranch, community, parent);
  b.Tie(TieKind::kAppointment, b.Person("p"), branch, Days("2020-01-01"), kSecretary, 1);
  b.Take();
  b.Fact(parent, model::Fact::kOrgKind, Days("2023-01-01"), kEmployer);
  b.Take();
  const auto s = b.BuildWithDelta(1, 1), changed = b.Add(*s, 1);
  rules::AuditRequest request = RequestOn("2024-06-30");
  request.rules = {FrozenRules().Find("term.expired")};
  const auto before = Watch(s, request);
  EXPECT_EQ(before->size(), 0u);
  Monitor::Step step;
  const auto after = before->Next(changed, request.date, &step).value();
  EXPECT_FALSE(step.rebuilt);
  ASSERT_EQ(step.appeared.size(), 1u);
  EXPECT_EQ(step.appeared[0].subject, branch);
}

// A seat decides in which community the posts at a body are, and a recusal shows one person's posts to another.
TEST(MonitorReachTest, WhereABodySitsConcernsThoseWhoHoldPostsInItAndThoseLinkedToThem) {
  OrganizationBuilder b;
  const NodeNumber here = b.Unit("here", Level::kCommunity), there = b.Unit("there", Level::kCommunity);
  const NodeNumber branch = b.Org("branch", kPartyBranch, here), body = b.Org("body", kResidentsCommittee);
  const NodeNumber one = b.Person("one"), other = b.Person("other");
  b.Tie(TieKind::kAppointment, one, branch, {}, kSecretary, 1);
  b.Tie(TieKind::kAppointment, one, body, {}, kDirector, 1);
  b.Tie(TieKind::kAppointment, other, body, {}, kDirector, 1);
  b.Tie(TieKind::kRecusal, one, other);
  b.Tie(TieKind::kSeat, body, there);
  b.Take();
  b.Tie(TieKind::kSeat, body, here);
  b.Take();
  const auto s = b.BuildWithDelta(1, 1), changed = b.Add(*s, 1);
  rules::AuditRequest request = RequestOn("2024-06-30");
  const auto& set = RulesOfAllShapes();
  request.rules = {set.Find("pair.excludes"), set.Find("pair.through")};
  const auto before = Watch(s, request, set);
  EXPECT_EQ(before->size(), 0u);
  Monitor::Step step;
  const auto after = before->Next(changed, request.date, &step).value();
  EXPECT_FALSE(step.rebuilt);
  ASSERT_EQ(step.appeared.size(), 2u)
      << "secretary and director in one community, and a relative who is director there";
  EXPECT_EQ(step.appeared[0].subject, one);
}

TEST_F(MonitorTest, HouseholdsOfAUnitConcernTheUnitAlone) {
  const auto before = Watch(s_, RequestOn("2024-01-01"));
  b_.Fact(community_, model::Fact::kHouseholds, {}, 700);
  Monitor::Step step;
  before->Next(Then(), Day("2024-01-01"), &step).value();
  EXPECT_FALSE(step.rebuilt);
  EXPECT_EQ(step.judged, 1);
}

// 30 days for the report: the day on which they begin is not counted, so 31 January is the last day in time.
TEST_F(MonitorTest, NewDateConcernsWhoseDaysHaveRunOut) {
  b_.Tie(TieKind::kResidence, people_[0], community_, Days("2024-01-01"));
  const auto before = Watch(Then(), RequestOn("2024-01-31"));
  EXPECT_EQ(before->size(), 0u);
  Monitor::Step step;
  const auto late = before->Next(s_, Day("2024-02-01"), &step).value();
  EXPECT_FALSE(step.rebuilt);
  EXPECT_EQ(step.judged, 1);
  ASSERT_EQ(step.appeared.size(), 1u);
  EXPECT_EQ(Said(*s_, step.appeared[0]), "person:p1 report.member-unreported unmet 2024-02-01 unit:c 31 30 0");

  const auto later = late->Next(s_, Day("2024-02-02"), &step).value();
  EXPECT_EQ(step.judged, 0);
  EXPECT_THAT(step.appeared, IsEmpty()) << "a day older, and no other";
  EXPECT_THAT(step.gone, IsEmpty());
  EXPECT_EQ(later->findings().rows[0].value, 32);

  later->Next(s_, Day("2024-01-31"), &step).value();
  ASSERT_EQ(step.gone.size(), 1u);
  EXPECT_EQ(step.gone[0].value, 32) << "as it was before the step";
}

TEST_F(MonitorTest, NewBaseIsJudgedAnew) {
  const auto before = Watch(s_, RequestOn("2024-01-01"));
  Monitor::Step step;
  before->Next(b_.Build(), Day("2024-01-01"), &step).value();
  EXPECT_TRUE(step.rebuilt);
  EXPECT_THAT(step.appeared, IsEmpty());
  EXPECT_THAT(step.gone, IsEmpty());
}

}  // namespace
}  // namespace jiceng::testing
