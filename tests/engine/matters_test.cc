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
  static model::OpenMatter Post(const std::string& id, const char* capacity, const char* day = "2026-01-01") {
    return {"report.post",
            id,
            {{"community", "unit:320102002001"}, {"host", "org:11"}},
            Day(day),
            0,
            "person:2",
            {{"title", "义务联防"}, {"kind", "patrol"}, {"capacity", capacity}, {"audience", "anybody"}}};
  }
  // A member's matter up to where a post can be claimed.
  static std::vector<model::Change> Filed(const std::string& id) {
    return {Open(id), Take(id, "report", "2026-03-03"), Take(id, "file", "2026-03-04", {{"register_no", "1"}})};
  }
  static model::TakeStep Claim(const std::string& id, const char* post, const char* day) {
    return Take(id, "claim", day, {{"post", post}});
  }
  static std::vector<model::Change> Joined(std::vector<std::vector<model::Change>> lists) {
    std::vector<model::Change> all;
    for (auto& list : lists) all.insert(all.end(), list.begin(), list.end());
    return all;
  }
  int64_t Claimed(const std::string& post, const char* day, const Version& version) {
    const auto docket = org_.store()->DocketOf(version);
    const auto kept = FindMatter(org_.store(), version, post);
    return docket->Count(kept->procedure->tallies[0], *docket->Find(post), {Day(day), 0});
  }
  int64_t Claimed(const std::string& post, const char* day) { return Claimed(post, day, org_.version()); }
  std::string WhyRefused() const {
    std::string why;
    for (const auto& refusal : refused_.has_value() ? refused_->refusals : std::vector<procedures::Refusal>())
      why += refusal.code + ":" + refusal.place + " ";
    return why;
  }
  std::string Reverted(int64_t seq) {
    CommitOptions options;
    options.recorded_at = 1800000000 + ++commits_;
    const auto reverted = Revert(org_.store(), seq, options);
    return reverted.ok() ? "" : base::ErrorReason(reverted.status());
  }

  // The reports of person:1, first and last day.
  std::string ReportsOfFirst() {
    const auto& graph = *org_.version().graph;
    std::string days;
    graph.ForEachFrom(model::TieKind::kReport, *graph.Find(model::NodeKind::kPerson, "1", base::Date::Forever()),
                      [&](const model::Tie& tie) {
                        days += (days.empty() ? "" : ", ") + tie.valid.from.ToString() + " " + tie.valid.to.ToString();
                      });
    return days;
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

TEST_F(MattersTest, StepsOfAChangeSetSeeTheTiesOfThoseBefore) {
  ASSERT_EQ(*Apply({Open("R1"), Take("R1", "report", "2026-03-03"), Take("R1", "leave", "2026-04-01")}), 2);
  EXPECT_EQ(State("R1"), "left");
  EXPECT_EQ(ReportsOfFirst(), "2026-03-03 2026-04-01");
  // Gone on the day it began, it never was.
  ASSERT_EQ(*Apply({Open("R2", "2026-05-02"), Take("R2", "report", "2026-05-03"), Take("R2", "leave", "2026-05-03")}),
            3);
  EXPECT_EQ(ReportsOfFirst(), "2026-03-03 2026-04-01");
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

TEST_F(MattersTest, StepsOfAChangeSetSeeTheClaimsOfThoseBefore) {
  ASSERT_EQ(
      *Apply({Post("P", "1"), Take("P", "offer", "2026-01-02"), Post("Q", "1"), Take("Q", "offer", "2026-01-02")}), 2);
  // Two at once on one place; then one that leaves it to the other.
  EXPECT_EQ(*Apply(Joined({Filed("A"), Filed("B"), {Claim("A", "P", "2026-03-05"), Claim("B", "P", "2026-03-05")}})),
            0);
  EXPECT_EQ(refused_->change, 7);
  EXPECT_EQ(WhyRefused(), "GUARD:capacity ");
  ASSERT_EQ(
      *Apply(Joined({Filed("A"),
                     Filed("B"),
                     {Claim("A", "P", "2026-03-05"), Claim("A", "Q", "2026-03-06"), Claim("B", "P", "2026-03-06")}})),
      3);
  EXPECT_EQ(Claimed("P", "2026-03-05"), 1);
  EXPECT_EQ(Claimed("Q", "2026-03-06"), 1);
  // A post opened, offered, claimed and full in one set.
  EXPECT_EQ(*Apply({Post("R", "1"), Take("R", "offer", "2026-01-02"), Claim("A", "R", "2026-03-07"),
                    Claim("B", "R", "2026-03-08")}),
            0);
  EXPECT_EQ(refused_->change, 3);
}

TEST_F(MattersTest, ClaimsAreJudgedByWhatStoodThen) {
  ASSERT_NE(*Apply({Post("P", "1"), Take("P", "offer", "2026-01-02")}), 0);
  ASSERT_NE(*Apply(Joined({Filed("A"), Filed("B"), {Claim("A", "P", "2026-03-05"), Take("A", "move", "2026-04-01")}})),
            0);
  EXPECT_EQ(*Apply({Claim("B", "P", "2026-03-31")}), 0) << "A was there until the day after";
  EXPECT_EQ(WhyRefused(), "GUARD:capacity ");
  ASSERT_NE(*Apply({Take("P", "close", "2026-05-01")}), 0);
  EXPECT_EQ(*Apply({Claim("B", "P", "2026-05-01")}), 0);
  EXPECT_EQ(WhyRefused(), "GUARD:offered ");
  EXPECT_NE(*Apply({Claim("B", "P", "2026-04-30")}), 0) << "entered late";
  EXPECT_EQ(Claimed("P", "2026-03-31"), 1);
  EXPECT_EQ(Claimed("P", "2026-04-01"), 0);
  EXPECT_EQ(Claimed("P", "2026-04-30"), 1);
  EXPECT_EQ(Claimed("P", "2026-04-30", *org_.store()->At(3)), 0) << "as it was recorded then";
}

// What others rest on is not taken from under them.
TEST_F(MattersTest, WhatAClaimRestsOnStays) {
  ASSERT_EQ(*Apply({Post("P", "1")}), 2);
  ASSERT_EQ(*Apply({Take("P", "offer", "2026-01-02")}), 3);
  ASSERT_EQ(*Apply(Joined({Filed("A"), Filed("B")})), 4);
  ASSERT_EQ(*Apply({Claim("A", "P", "2026-03-05")}), 5);
  EXPECT_EQ(Reverted(3), "LATER_CHANGES") << "the post was offered when A claimed it";
  EXPECT_EQ(Reverted(2), "LATER_CHANGES");
  ASSERT_EQ(*Apply({Take("A", "move", "2026-03-10")}), 6);
  ASSERT_EQ(*Apply({Claim("B", "P", "2026-03-11")}), 7);
  EXPECT_EQ(Reverted(6), "LATER_CHANGES") << "A would be back on the place that B has";
  EXPECT_EQ(Reverted(7), "");
  EXPECT_EQ(Reverted(6), "") << "nobody is there any more";
  EXPECT_EQ(Claimed("P", "2026-03-11"), 1);
  EXPECT_EQ(*Apply({Claim("B", "P", "2026-03-11")}), 0);
  // Nor does a claim that was taken back come back on a place that was given away.
  ASSERT_EQ(Reverted(9), "");  // A has moved again
  ASSERT_EQ(Reverted(8), "");  // and B is there
  const int64_t head = org_.version().seq;
  EXPECT_EQ(Reverted(head), "");
  ASSERT_NE(*Apply({Post("Q", "1"), Take("Q", "offer", "2026-01-02")}), 0);
  ASSERT_NE(*Apply(Filed("C")), 0);
  ASSERT_NE(*Apply({Claim("C", "P", "2026-03-12")}), 0);
  EXPECT_EQ(Reverted(head + 1), "LATER_CHANGES");
  // A post whose places were cut down after somebody left.
  ASSERT_NE(*Apply({Take("Q", "resize", "2026-03-13", {{"capacity", "2"}})}), 0);
  ASSERT_NE(*Apply({Claim("B", "Q", "2026-03-14")}), 0);
  ASSERT_NE(*Apply({Claim("C", "Q", "2026-03-14")}), 0);
  ASSERT_NE(*Apply({Take("C", "move", "2026-03-15")}), 0);
  const int64_t moved = org_.version().seq;
  ASSERT_NE(*Apply({Take("Q", "resize", "2026-03-16", {{"capacity", "1"}})}), 0);
  EXPECT_EQ(Reverted(moved), "LATER_CHANGES");
  EXPECT_EQ(Reverted(moved + 1), "");
  EXPECT_EQ(Reverted(moved), "");
}

// Random claims, moves and changes of posts, several to a commit, some taken back: no more claims than places at any time
// (they are entered in order), and the docket counts what reading every matter counts.
TEST_F(MattersTest, NoPostIsOverfilled) {
  std::mt19937_64 random(7);
  const auto below = [&](uint64_t n) { return random() % n; };
  std::vector<std::string> members, posts;
  int taken = 0, kept_back = 0;
  for (int i = 0; i < 6; ++i) {
    const std::string id = "P" + std::to_string(i);
    ASSERT_NE(*Apply({Post(id, std::to_string(1 + below(3)).c_str()), Take(id, "offer", "2026-01-02")}), 0);
    posts.push_back(id);
  }
  for (int i = 0; i < 14; ++i) {
    const std::string id = "R" + std::to_string(i);
    ASSERT_NE(*Apply(Filed(id)), 0);
    members.push_back(id);
  }
  const auto procedure = org_.store()->catalogue().procedures.Find("report.post");
  const int64_t set_up = org_.version().seq;
  for (int i = 0; i < 240; ++i) {
    const base::Date day = Day("2026-03-05").AddDays(i / 4);
    const std::string date = day.ToString();
    std::vector<model::Change> changes;
    for (uint64_t k = 0; k <= below(4); ++k) {
      const std::string &member = members[below(members.size())], &post = posts[below(posts.size())];
      switch (below(12)) {
        case 0:
          changes.push_back(Take(post, "resize", date.c_str(), {{"capacity", std::to_string(1 + below(4))}}));
          break;
        case 1:
          changes.push_back(Take(member, "move", date.c_str()));
          break;
        case 2:
          changes.push_back(Take(member, "serve", date.c_str(), {{"hours", "1"}, {"served_on", date}}));
          break;
        case 3:
          changes.push_back(Take(member, "feed_back", date.c_str(), {{"form", "1"}}));
          break;
        default:
          changes.push_back(Claim(member, post.c_str(), date.c_str()));
      }
    }
    const auto seq = Apply(changes);
    taken += seq.ok() && *seq != 0 ? 1 : 0;
    const int64_t back = org_.version().seq - static_cast<int64_t>(below(4));
    if (below(6) == 0 && back > set_up) kept_back += Reverted(back).empty() ? 0 : 1;
    if (below(40) == 0) {
      ASSERT_TRUE(org_.store()->Optimize(nullptr).ok());
    }
    const Version head = org_.version();
    for (const base::Date then : {day, day.AddDays(-static_cast<int>(below(20)))}) {
      std::map<std::string, int64_t> counted;
      for (const std::string& member : members) {
        const auto kept = FindMatter(org_.store(), head, member);
        const auto view = Replay(*kept->procedure, kept->matter, {then, 1439}, org_.store()->catalogue().calendar);
        if (!view.ok() || kept->procedure->states[static_cast<size_t>(view->state())].id != "serving") continue;
        ++counted[ValueText(*procedures::Find(view->values(), "post"), *head.graph)];
      }
      for (const std::string& post : posts) {
        const auto docket = org_.store()->DocketOf(head);
        const uint32_t number = *docket->Find(post);
        EXPECT_EQ(docket->Count(procedure->tallies[0], number, {then, 1439}), counted[post]) << post << " after " << i;
        const auto kept = FindMatter(org_.store(), head, post);
        const auto view = Replay(*kept->procedure, kept->matter, {then, 1439}, org_.store()->catalogue().calendar);
        EXPECT_LE(counted[post], procedures::Find(view->values(), "capacity")->number)
            << post << " on " << then.ToString() << " after " << i;
      }
    }
  }
  EXPECT_GT(taken, 30);
  EXPECT_GT(kept_back, 3);
  Organization again(folder_.Path("a.jiceng"), false);
  EXPECT_EQ(FirstDifference(again.now(), org_.now()), std::nullopt);
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
