// Matters in a store: kept, taken back, folded, reopened, and the docket that follows them.
#include "engine/matters.h"

#include <algorithm>
#include <random>

#include "base/status.h"
#include "engine/compare.h"
#include "engine/describe.h"
#include "tests/engine/organization.h"
#include "wire/changes.h"

namespace jiceng::engine {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class MattersTest : public ::testing::Test {
 protected:
  MattersTest() : org_(folder_.Path("a.jiceng")) {
    Ledgers ledgers = SmallStreet();
    ledgers["appointments.csv"] =
        "person_id,org_id,unit_code,post,kind,from,to\n2,11,,secretary,elected,2020-01-01,\n3,30,,director,appointed,"
        "2020-01-01,\n";
    ledgers["orgs.csv"] += "30,服务中心,service_center,,320102002001,2020-01-01,\n";
    org_.Import(ledgers);
  }

  absl::StatusOr<int64_t> Apply(const std::vector<model::Change>& changes) {
    CommitOptions options;
    options.recorded_at = 1800000000 + ++commits_;
    options.refused_step = &refused_;
    refused_.reset();
    return ApplyChanges(org_.store(), wire::EncodeChanges(changes), options);
  }
  static model::OpenMatter Open(const std::string& id, const char* day = "2026-03-02") {
    return {"report.member",
            id,
            {{"member", "person:1"}, {"community", "unit:320102002001"}, {"host", "org:11"}},
            Day(day),
            0,
            "person:1",
            {}};
  }
  static model::TakeStep Take(const std::string& id, const char* step, const char* day, model::Told told = {}) {
    return {id, step, Day(day), 0, "person:2", std::move(told)};
  }
  static model::OpenMatter Case(const std::string& id, base::Date day) {
    return {"case.four-orders",  id, {{"place", "unit:320102002001"}, {"platform", "org:30"}}, day, 0, "",
            {{"matter", "路灯"}}};
  }
  // The state, "" where there is none.
  std::string State(const std::string& id, const Version& version) {
    const auto kept = FindMatter(org_.store(), version, id);
    if (!kept.ok()) return "";
    const auto view = Replay(*kept->procedure, kept->matter, procedures::kNever, org_.store()->catalogue().calendar);
    return kept->procedure->states[static_cast<size_t>(view->state())].id;
  }
  std::string State(const std::string& id) { return State(id, org_.version()); }

  TemporaryFolder folder_;
  Organization org_;
  int commits_ = 0;
  std::optional<RefusedStep> refused_;  // of the last change set
};

TEST_F(MattersTest, StepAndTieAreOneCommit) {
  ASSERT_EQ(*Apply({Open("R1"), Take("R1", "report", "2026-03-03")}), 2);  // steps of one set see each other
  EXPECT_EQ(State("R1"), "reported");
  EXPECT_THAT(org_.Ties({model::TieKind::kReport}),
              testing::ElementsAre(HasSubstr("report person:1 → unit:320102002001 [2026-03-03, ")));
  ASSERT_EQ(*Apply({Take("R1", "leave", "2026-04-01")}), 3);
  EXPECT_THAT(org_.Ties({model::TieKind::kReport}), testing::ElementsAre(HasSubstr("[2026-03-03, 2026-04-01)")));
}

TEST_F(MattersTest, RefusedStepKeepsNothing) {
  // Who has announced herself only has nothing to serve with.
  ASSERT_EQ(*Apply({Open("R1"), Take("R1", "serve", "2026-03-03", {{"hours", "1"}, {"served_on", "2026-03-03"}})}), 0);
  ASSERT_TRUE(refused_.has_value());
  EXPECT_EQ(refused_->change, 1);
  ASSERT_EQ(refused_->refusals.size(), 1u);
  EXPECT_EQ(refused_->refusals[0].code, "WRONG_STATE");
  EXPECT_EQ(org_.version().seq, 1);
  EXPECT_EQ(State("R1"), "");
}

TEST_F(MattersTest, TiesOfOneMatterChangeOnceInAChangeSet) {
  const auto both = Apply({Open("R1"), Take("R1", "report", "2026-03-03"), Take("R1", "leave", "2026-04-01")});
  EXPECT_EQ(base::ErrorReason(both.status()), "TIES_PENDING");
  EXPECT_EQ(base::ErrorField(both.status()), "changes[2].take_step");
  EXPECT_EQ(State("R1"), "");
}

TEST_F(MattersTest, IdsAreTakenOnce) {
  ASSERT_TRUE(Apply({Open("R1")}).ok());
  EXPECT_EQ(base::ErrorReason(Apply({Open("R1")}).status()), "MATTER_EXISTS");
  EXPECT_EQ(base::ErrorReason(Apply({Take("R2", "report", "2026-03-03")}).status()), "UNKNOWN_MATTER");
  EXPECT_EQ(base::ErrorReason(Apply({Take("R1", "file", "2026-03-03", {{"nr", "1"}})}).status()), "UNKNOWN_FIELD");
}

TEST_F(MattersTest, StepsAreTakenBackFromTheLast) {
  ASSERT_EQ(*Apply({Open("R1")}), 2);
  ASSERT_EQ(*Apply({Take("R1", "report", "2026-03-03")}), 3);
  ASSERT_EQ(*Apply({Take("R1", "file", "2026-03-04", {{"register_no", "7"}})}), 4);
  CommitOptions options;
  options.recorded_at = 1900000000;
  EXPECT_EQ(base::ErrorReason(Revert(org_.store(), 3, options).status()), "LATER_CHANGES");
  ASSERT_TRUE(Revert(org_.store(), 4, options).ok());
  EXPECT_EQ(State("R1"), "reported");
  ASSERT_TRUE(Revert(org_.store(), 5, options).ok());  // the taking back is taken back
  EXPECT_EQ(State("R1"), "filed");
  // What was believed by each commit.
  for (const auto& [seq, state] : std::vector<std::pair<int64_t, std::string>>{
           {1, ""}, {2, "announced"}, {3, "reported"}, {4, "filed"}, {5, "reported"}, {6, "filed"}}) {
    EXPECT_EQ(State("R1", *org_.store()->At(seq)), state) << "commit " << seq;
  }
}

TEST_F(MattersTest, FoldedAndReopenedTheySayTheSame) {
  ASSERT_TRUE(Apply({Open("R1"), Open("R2"), Take("R1", "report", "2026-03-03")}).ok());
  ASSERT_TRUE(org_.store()->Optimize(nullptr).ok());
  ASSERT_TRUE(
      Apply({Take("R2", "withdraw", "2026-03-04"), Take("R1", "file", "2026-03-04", {{"register_no", "7"}})}).ok());
  EXPECT_EQ(State("R1"), "filed");
  ASSERT_TRUE(org_.store()->Optimize(nullptr).ok());
  EXPECT_EQ(State("R2"), "withdrawn");
  const auto faults = Verify(org_.store(), nullptr);
  ASSERT_TRUE(faults.ok());
  EXPECT_THAT(*faults, IsEmpty());
  Organization again(folder_.Path("a.jiceng"), false);
  EXPECT_EQ(FirstDifference(again.now(), org_.now()), std::nullopt);
}

TEST_F(MattersTest, WhatIsDueComesUp) {
  const auto lines = [&](const char* day, const char* until, std::optional<model::NodeNumber> root = {}) {
    std::vector<std::string> found;
    const auto all = ListUpcoming(org_.store(), org_.version(), root, Day(day), Day(until), rules::Language::kEnglish);
    for (const Upcoming& u : all.value()) {
      if (std::string_view(u.what) == "matter_due")
        found.push_back(u.due.ToString() + " " + org_.now().Text(u.node) + " " + u.detail.substr(u.detail.find("C1")));
    }
    return found;
  };
  // Three and fifteen working days from Monday, 1 June 2026; the 19th is the Dragon Boat Festival.
  const std::string reply = "2026-06-04 unit:320102002001 C1: a clear reply or a solution in time",
                    solve = "2026-06-23 unit:320102002001 C1: solved in time, or explained";
  ASSERT_EQ(*Apply({Case("C1", Day("2026-06-01"))}), 2);
  EXPECT_THAT(lines("2026-06-01", "2026-12-31"), testing::ElementsAre(reply, solve));
  EXPECT_THAT(lines("2026-06-04", "2026-12-31"), testing::ElementsAre(solve)) << "the day itself is past";
  EXPECT_THAT(lines("2026-06-01", "2026-06-22"), testing::ElementsAre(reply));
  EXPECT_THAT(lines("2026-05-31", "2026-12-31"), IsEmpty()) << "nobody had ordered anything";
  EXPECT_THAT(lines("2026-06-01", "2026-12-31", org_.Node("unit:320102002")), testing::ElementsAre(reply, solve));
  EXPECT_THAT(lines("2026-06-01", "2026-12-31", org_.Node("unit:320102002002")), IsEmpty());
  const auto take = [](const char* step, const char* day, model::Told told = {}) {
    return model::TakeStep{"C1", step, Day(day), 600, "person:3", std::move(told)};
  };
  ASSERT_EQ(*Apply({take("dispatch", "2026-06-02", {{"to", "org:30"}}), take("accept", "2026-06-02"),
                    take("reply", "2026-06-03", {{"plan", "换灯"}})}),
            3);
  EXPECT_THAT(lines("2026-06-03", "2026-12-31"), testing::ElementsAre(solve));
  EXPECT_THAT(lines("2026-06-02", "2026-12-31"), testing::ElementsAre(reply, solve)) << "as it stood then";
}

// Of random commits the docket that was carried on says what one made anew says.
TEST_F(MattersTest, DocketFollows) {
  std::mt19937_64 random(11);
  for (int i = 0; i < 160; ++i) {
    const std::string id = "C" + std::to_string(random() % 12);
    const base::Date day = Day("2026-05-01").AddDays(i / 3);
    std::vector<model::Change> changes;
    if (State(id).empty()) {
      changes.push_back(Case(id, day));
    } else {
      static constexpr const char* kSteps[] = {"dispatch", "accept", "answer", "wait", "resume", "finish"};
      const std::string step = kSteps[random() % 6];
      model::Told told;
      if (step == "dispatch") told = {{"to", "org:30"}};
      if (step == "wait") told = {{"reason", "待补充"}};
      if (step == "finish") told = {{"result", "办结"}};
      changes.push_back(model::TakeStep{id, step, day, 60, "person:3", told});
    }
    static_cast<void>(Apply(changes));
    if (i % 30 == 7) {
      CommitOptions options;
      options.recorded_at = 1800000000 + commits_;
      static_cast<void>(Revert(org_.store(), org_.version().seq, options));
    }
    const Version head = org_.version();
    const auto carried = org_.store()->DocketOf(head);
    Organization fresh(folder_.Path("a.jiceng"), false);
    const auto anew = fresh.store()->DocketOf(fresh.version());
    for (const char* at : {"2026-05-10", "2026-06-15", "2026-07-20"}) {
      const auto late = [&](const procedures::Docket& docket) {
        std::vector<std::string> lines;
        docket.ForEachLate({Day(at), 0}, [&](uint32_t matter, const procedures::Stretch& stretch) {
          lines.push_back(docket.FindLine(matter)->id + " " + std::to_string(stretch.clock) + " " +
                          MomentText(stretch.due));
        });
        std::sort(lines.begin(), lines.end());
        return lines;
      };
      ASSERT_EQ(late(*carried), late(*anew)) << at << " after " << i;
    }
  }
}

}  // namespace
}  // namespace jiceng::engine
