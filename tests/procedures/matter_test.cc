// Single steps and clocks: golden figures of the sources.
#include "procedures/matter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/graph/organization_builder.h"
#include "wire/catalogue.h"

namespace jiceng::testing {
namespace {

using model::NodeNumber;
using procedures::Matter;
using procedures::Moment;
using procedures::Procedure;
using procedures::Step;
using procedures::Stretch;
using procedures::View;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr int32_t kPartyBranch = 40, kResidentsCommittee = 90, kServiceCenter = 180;
constexpr model::RoleNumber kSecretary = 1, kDirector = 5;

const wire::Catalogue& Catalogue() {
  static const auto* const kCatalogue = new wire::Catalogue(wire::DecodeCatalogue(wire::BuiltinCatalogue()).value());
  return *kCatalogue;
}

Moment At(std::string_view text) { return procedures::ParseMoment(text).value(); }

// One matter, its steps in the words of a host.
class MatterTest : public ::testing::Test {
 protected:
  MatterTest() : community_(b_.Unit("320102001001", model::Level::kCommunity)) {
    party_ = b_.Org("party", kPartyBranch, community_);
    committee_ = b_.Org("committee", kResidentsCommittee, community_);
    secretary_ = b_.Person("secretary");
    director_ = b_.Person("director");
    b_.Tie(model::TieKind::kAppointment, secretary_, party_, Days("2020-01-01"), kSecretary, 1);
    b_.Tie(model::TieKind::kAppointment, director_, committee_, Days("2020-01-01"), kDirector, 1);
  }

  void Open(const char* procedure, std::vector<NodeNumber> subjects, std::string_view at, NodeNumber actor,
            std::map<std::string, std::string> evidence) {
    graph_ = b_.Build();
    procedure_ = Catalogue().procedures.Find(procedure);
    Step step{At(at), "", actor, Told(procedure_->opening, evidence)};
    EXPECT_THAT(Codes(JudgeOpening(*procedure_, subjects, step, Around())), IsEmpty());
    matter_.id = "m";
    matter_.subjects = subjects;
    matter_.steps = {step};
  }
  // What stands in the way; where nothing does the step is taken.
  std::vector<std::string> Take(const char* transition, std::string_view at, NodeNumber actor,
                                std::map<std::string, std::string> evidence = {}) {
    const View view = Now(procedures::kNever);
    const int index = procedure_->FindTransition(transition);
    const Step step{At(at), transition, actor,
                    index < 0 ? procedures::Values()
                              : Told(procedure_->transitions[static_cast<size_t>(index)].evidence, evidence)};
    const auto refusals = JudgeStep(view, step, Around());
    for (const auto& refusal : refusals) said_ = refusal.text.zh;
    if (refusals.empty()) matter_.steps.push_back(step);
    return Codes(refusals);
  }
  View Now(Moment at) const { return Replay(*procedure_, matter_, at, Catalogue().calendar).value(); }
  std::string State(std::string_view at) const {
    return procedure_->states[static_cast<size_t>(Now(At(at)).state())].id;
  }
  // The open clocks and when each is over; "-" while it stands still.
  std::vector<std::string> Clocks(std::string_view at) const {
    std::vector<std::string> clocks;
    const View view = Now(At(at));
    for (const Stretch& stretch : view.stretches()) {
      if (stretch.until != procedures::kNever) continue;
      clocks.push_back(procedure_->clocks[static_cast<size_t>(stretch.clock)].id + " " +
                       (stretch.due == procedures::kNever ? "-" : MomentText(stretch.due)) +
                       (stretch.Late(At(at)) ? " late" : ""));
    }
    return clocks;
  }

  procedures::Values Told(const std::vector<procedures::Field>& fields,
                          const std::map<std::string, std::string>& evidence) const {
    procedures::Values values;
    for (const procedures::Field& field : fields) {
      const auto told = evidence.find(field.id);
      if (told != evidence.end()) procedures::Put(field.id, ParseValue(field, told->second, *graph_).value(), &values);
    }
    return values;
  }
  procedures::Surroundings Around() const { return {*graph_, Catalogue().model, Catalogue().calendar}; }
  static std::vector<std::string> Codes(const std::vector<procedures::Refusal>& refusals) {
    std::vector<std::string> codes;
    for (const auto& r : refusals) codes.push_back(r.code + (r.place.empty() ? "" : " " + r.place));
    return codes;
  }

  OrganizationBuilder b_;
  NodeNumber community_, party_, committee_, secretary_, director_;
  std::shared_ptr<const graph::Snapshot> graph_;
  const Procedure* procedure_ = nullptr;
  Matter matter_;
  std::string said_;
};

class DeliberationTest : public MatterTest {
 protected:
  void Call(const std::string& members) {
    Open("deliberation", {community_, party_, committee_}, "2026-03-01", {},
         {{"topic", "加装电梯"}, {"notice_days", "3"}});
    EXPECT_THAT(Take("admit", "2026-03-02", secretary_), IsEmpty());
    EXPECT_THAT(Take("call", "2026-03-05", director_, {{"members", members}, {"meeting_on", "2026-03-09"}}), IsEmpty());
  }
};

// Fixture F-E: two thirds of 30 are 20.
TEST_F(DeliberationTest, TwentyOfThirtyAreAQuorum) {
  Call("30");
  EXPECT_THAT(Take("meet", "2026-03-09", director_, {{"present", "20"}}), IsEmpty());
  EXPECT_EQ(State("2026-03-09"), "met");
}

TEST_F(DeliberationTest, NineteenOfThirtyAreNone) {
  Call("30");
  EXPECT_THAT(Take("meet", "2026-03-09", director_, {{"present", "19"}}), ElementsAre("GUARD quorum"));
  EXPECT_EQ(said_, "应到 30 人，到会 19 人，不足 2/3");
  EXPECT_EQ(State("2026-03-09"), "noticed");
}

// Two thirds of 31 are twenty and two thirds: 20 are too few, whatever a rounding would say.
TEST_F(DeliberationTest, NothingIsRounded) {
  Call("31");
  EXPECT_THAT(Take("meet", "2026-03-09", director_, {{"present", "20"}}), ElementsAre("GUARD quorum"));
  EXPECT_THAT(Take("meet", "2026-03-09", director_, {{"present", "21"}}), IsEmpty());
}

// Called on the 5th with three days of notice: the 5th does not count, the 8th is the third day.
TEST_F(DeliberationTest, DaysOfNotice) {
  Call("30");
  EXPECT_THAT(Take("meet", "2026-03-07", director_, {{"present", "30"}}), ElementsAre("GUARD notice"));
  EXPECT_THAT(Take("meet", "2026-03-08", director_, {{"present", "30"}}), IsEmpty());
}

// 8 of 16 are not more than half.
TEST_F(DeliberationTest, HalfIsNotMoreThanHalf) {
  Call("16");
  EXPECT_THAT(Take("meet", "2026-03-09", director_, {{"present", "16"}}), IsEmpty());
  EXPECT_THAT(Take("pass", "2026-03-09", director_, {{"for", "8"}, {"against", "8"}, {"abstained", "0"}}),
              ElementsAre("GUARD majority"));
  EXPECT_THAT(Take("reject", "2026-03-09", director_, {{"for", "9"}, {"against", "7"}, {"abstained", "0"}}),
              ElementsAre("GUARD no-majority"));
  EXPECT_THAT(Take("pass", "2026-03-09", director_, {{"for", "9"}, {"against", "8"}, {"abstained", "0"}}),
              ElementsAre("GUARD votes"));
  EXPECT_THAT(Take("pass", "2026-03-09", director_, {{"for", "9"}, {"against", "6"}, {"abstained", "1"}}), IsEmpty());
}

TEST_F(DeliberationTest, OnlyTheOfficersOfTheDay) {
  Call("30");
  EXPECT_THAT(Take("meet", "2026-03-09", secretary_, {{"present", "20"}}), ElementsAre("WRONG_ACTOR person:secretary"));
  EXPECT_THAT(Take("vote", "2026-03-09", director_), ElementsAre("UNKNOWN_STEP vote"));
  EXPECT_THAT(Take("pass", "2026-03-09", director_, {{"for", "1"}, {"against", "0"}, {"abstained", "0"}}),
              ElementsAre("WRONG_STATE noticed"));
  EXPECT_THAT(Take("meet", "2026-03-04", director_, {{"present", "20"}}), ElementsAre("BEFORE_LAST_STEP"));
  EXPECT_THAT(Take("meet", "2026-03-09", director_), ElementsAre("MISSING_FIELD present"));
}

class CaseTest : public MatterTest {
 protected:
  void Order(std::string_view at) {
    center_ = b_.Org("center", kServiceCenter, community_);
    b_.Tie(model::TieKind::kAppointment, director_, center_, Days("2020-01-01"), kDirector, 2);
    Open("case.four-orders", {community_, center_, NodeNumber()}, at, {}, {{"matter", "路面破损"}});
  }
  NodeNumber center_;
};

// Fixture F-F: 1-3-15 over the autumn holidays.  The days are those computed from the notices of the State Council.
TEST_F(CaseTest, OneThreeFifteenOverTheHolidaysOf2025) {
  Order("2025-09-26 15:20");
  EXPECT_THAT(Clocks("2025-09-26 15:20"),
              ElementsAre("first-answer 2025-09-26 24:00", "reply 2025-09-30 24:00", "solve 2025-10-23 24:00"));
}

// The third working day after 30 September 2026 is Saturday the 10th and two more: the 8th, the 9th and the 10th, which is made up for.
TEST_F(CaseTest, OneThreeFifteenOverTheHolidaysOf2026) {
  Order("2026-09-30 09:00");
  EXPECT_THAT(Clocks("2026-10-09"),
              ElementsAre("first-answer 2026-09-30 24:00 late", "reply 2026-10-10 24:00", "solve 2026-10-27 24:00"));
  EXPECT_THAT(Clocks("2026-10-11 00:01"), ElementsAre("first-answer 2026-09-30 24:00 late",
                                                      "reply 2026-10-10 24:00 late", "solve 2026-10-27 24:00"));
}

// Nobody has published the schedule of 2027: nothing is guessed.
TEST_F(CaseTest, YearWithoutASchedule) {
  Order("2026-12-21 09:00");
  EXPECT_THAT(Clocks("2026-12-21 09:00"),
              ElementsAre("first-answer 2026-12-21 24:00", "reply 2026-12-24 24:00", "solve -"));
}

// Waiting from Monday 15 June to Wednesday the 17th takes two working days, which the clocks have left after it.
TEST_F(CaseTest, ClockThatStandsStill) {
  Order("2026-06-11 10:00");  // a Thursday: the third working day after it is Tuesday the 16th
  EXPECT_THAT(Take("dispatch", "2026-06-11 11:00", director_, {{"to", "org:committee"}}), IsEmpty());
  EXPECT_THAT(Take("accept", "2026-06-11 12:00", director_), IsEmpty());
  EXPECT_THAT(Take("answer", "2026-06-11 13:00", director_), IsEmpty());
  EXPECT_THAT(Clocks("2026-06-11 13:00"), ElementsAre("reply 2026-06-16 24:00", "solve 2026-07-03 24:00"));
  EXPECT_THAT(Take("wait", "2026-06-15 09:00", director_, {{"reason", "缺照片"}}), IsEmpty());
  EXPECT_THAT(Clocks("2026-06-15 09:00"), ElementsAre("reply -", "solve -"));
  EXPECT_THAT(Take("resume", "2026-06-17 09:00", director_), IsEmpty());
  EXPECT_THAT(Clocks("2026-06-17 09:00"), ElementsAre("reply 2026-06-18 24:00", "solve 2026-07-07 24:00"));
  EXPECT_THAT(Clocks("2026-06-14"), ElementsAre("reply 2026-06-16 24:00", "solve 2026-07-03 24:00"));  // as it was
}

}  // namespace
}  // namespace jiceng::testing
