// Matters and their steps as ledgers: what a clerk fills in, judged as if it were taken, and the way out and back.
#include "base/status.h"
#include "engine/erase.h"
#include "engine/matters.h"
#include "tests/engine/answers.h"

namespace jiceng::engine {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Key;
using ::testing::Not;
using ::testing::Pair;

// Person 2 is secretary of the first community's branch; the member is person 1, who lives there.
Ledgers Street() {
  Ledgers ledgers = SmallStreet();
  ledgers["appointments.csv"] =
      "person_id,org_id,unit_code,post,kind,from,to\n2,11,,secretary,elected,2020-01-01,\n"
      "3,30,,director,appointed,2020-01-01,\n";
  ledgers["orgs.csv"] += "30,服务中心,service_center,,320102002001,2020-01-01,\n";
  return ledgers;
}

// As an office keeps it: Chinese headers and words, ids alone, a name beside them that nobody reads.
const Ledgers& Register() {
  static const Ledgers& ledgers = *new Ledgers{
      {"matters.csv",
       "事项编号,程序,开立时间,办理人,姓名,党员,居住社区,社区党组织,年度考核或民主评议日,设岗社区,岗位名称,岗位类别,"
       "岗位名额,面向\n"
       "R-1,在职党员到社区报到,2026-03-02,1,张三,1,320102002001,11,2026-12-20,,,,,\n"
       "G-1,社区服务岗位,2026-03-01,2,,,,11,,320102002001,居家养老,elderly_care,1,anybody\n"},
      {"matter_steps.csv",
       "事项编号,办理时间,步骤,办理人,台账编号,岗位,服务日期,服务时数,《反馈表》文号\n"
       "R-1,2026-12-01,反馈,2,,,,,反〔2026〕1号\n"
       "R-1,2026-03-03,报到,1,,,,,\n"
       "R-1,2026-03-04,建档,2,T-001,,,,\n"
       "R-1,2026-03-05,岗位认领,1,,G-1,,,\n"
       "R-1,2026-04-12 17:00,服务记录,2,,,2026-04-12,3,\n"
       "R-1,2026-05-10 17:00,服务记录,2,,,2026-05-10,4,\n"
       "G-1,2026-03-01,开放岗位,2,,,,,\n"}};
  return ledgers;
}

// A life of several procedures with clocks and ties that begin and end, some on the day of another step.
const Ledgers& Lives() {
  static const Ledgers& ledgers = *new Ledgers{
      {"matters.csv",
       "matter_id,procedure,opened,actor,member,community,host,place,platform,matter\n"
       "R-1,report.member,2026-03-02,1,1,320102002001,11,,,\n"
       "C-1,case.four-orders,2026-03-02 09:30,,,,,320102002001,30,\"路灯, \"\"坏了\"\"\"\n"},
      {"matter_steps.csv", "matter_id,at,step,actor\nR-1,2026-03-03,report,1\nR-1,2026-04-01,leave,person:2\n"}};
  return ledgers;
}

class MatterLedgersTest : public ::testing::Test {
 protected:
  MatterLedgersTest() { EXPECT_EQ(org_.Import(Street()).outcome, ImportOutcome::kDone); }

  // How a matter stands, and its clocks: state, sum of hours, clock stretches.
  static std::string Stands(Organization& org, const std::string& id) {
    const auto kept = FindMatter(org.store(), org.version(), id);
    if (!kept.ok()) return base::ErrorReason(kept.status());
    const auto view = Replay(*kept->procedure, kept->matter, procedures::kNever, org.store()->catalogue().calendar);
    std::string text = kept->procedure->states[static_cast<size_t>(view->state())].id;
    const procedures::Value* hours = Find(view->sums(), "hours");
    if (hours != nullptr) text += " " + std::to_string(hours->number) + "h";
    for (const procedures::Stretch& stretch : view->stretches()) {
      text += " " + std::to_string(stretch.why) + ":" + MomentText(stretch.since) + "/" +
              std::to_string(stretch.due.Minutes());
    }
    return text;
  }

  Organization org_;
};

TEST_F(MatterLedgersTest, AClerksRegisterIsTakenInTheOrderOfTime) {
  const ImportReport report = org_.Import(Register());
  ASSERT_EQ(report.outcome, ImportOutcome::kDone) << ::testing::PrintToString(Problems(report));
  EXPECT_THAT(report.rows, ElementsAre(Pair("matter_steps.csv", 7), Pair("matters.csv", 2)));
  EXPECT_THAT(report.diagnostics.warning_counts(), ElementsAre(Pair("UNKNOWN_COLUMN", 1)));  // the name
  EXPECT_THAT(Stands(org_, "R-1"), HasSubstr("fed_back 7h"));
  EXPECT_THAT(org_.Ties({model::TieKind::kReport}), ElementsAre("report person:1 → unit:320102002001 [2026-03-03, )"));
}

TEST_F(MatterLedgersTest, ImportingTwiceChangesNothingAndARowMoreIsAStepMore) {
  ASSERT_EQ(org_.Import(Register()).seq, 2);
  EXPECT_EQ(org_.Import(Register()).seq, 2);
  Ledgers more = Register();
  more["matter_steps.csv"] += "R-1,2026-12-05,publish,2,,,,,\n";
  EXPECT_THAT(Problems(org_.Import(more)), ElementsAre("matter_steps.csv:9: MISSING_FIELD"));
  more = Register();
  more["matter_steps.csv"] =
      "matter_id,at,step,actor,place\nR-1,2026-12-05,publish,2,公告栏\nR-1,2026-12-05,publish,2,公告栏\n";
  const ImportReport report = org_.Import(more);
  EXPECT_EQ(report.seq, 3);
  EXPECT_THAT(report.diagnostics.warning_counts(), Contains(Pair("DUPLICATE_ROW", 1)));
  EXPECT_THAT(Stands(org_, "R-1"), HasSubstr("published 7h"));
}

TEST_F(MatterLedgersTest, EverythingInOneImport) {
  Ledgers all = Street();
  for (const auto& [name, text] : Register()) all[name] = text;
  Organization fresh;
  const ImportReport report = fresh.Import(all);
  ASSERT_EQ(report.outcome, ImportOutcome::kDone) << ::testing::PrintToString(Problems(report));
  EXPECT_EQ(report.seq, 1);
  EXPECT_THAT(Stands(fresh, "R-1"), HasSubstr("fed_back 7h"));
  EXPECT_THAT(fresh.Ties({model::TieKind::kReport}), ElementsAre("report person:1 → unit:320102002001 [2026-03-03, )"));
}

TEST_F(MatterLedgersTest, WhatIsExportedComesBackTheSame) {
  for (const Ledgers& ledgers : {Register(), Lives()}) {
    Organization original;
    original.Import(Street());
    const ImportReport first = original.Import(ledgers);
    ASSERT_EQ(first.outcome, ImportOutcome::kDone) << ::testing::PrintToString(Problems(first));
    const Ledgers exported = Exported(original);
    Organization copy;
    const ImportReport report = copy.Import(exported);
    ASSERT_EQ(report.outcome, ImportOutcome::kDone) << ::testing::PrintToString(Problems(report));
    EXPECT_EQ(Exported(copy), exported);
    EXPECT_EQ(Answers(copy, true), Answers(original, true));
    for (const char* id : {"R-1", "C-1"}) EXPECT_EQ(Stands(copy, id), Stands(original, id));
    EXPECT_EQ(copy.Import(exported).seq, 1);  // and once more, nothing
  }
}

TEST_F(MatterLedgersTest, ExportHasAColumnForEachPartAndFieldInUse) {
  org_.Import(Register());
  const Ledgers exported = Exported(org_);
  EXPECT_EQ(exported.at("matters.csv"),
            "matter_id,procedure,version,opened,actor,member,community,host,appraisal_on,title,kind,capacity,audience\n"
            "G-1,report.post,1,2026-03-01 00:00,person:2,,unit:320102002001,org:11,,居家养老,elderly_care,1,anybody\n"
            "R-1,report.member,1,2026-03-02 00:00,person:1,person:1,unit:320102002001,org:11,2026-12-20,,,,\n");
  EXPECT_THAT(exported.at("matter_steps.csv"),
              AllOf(HasSubstr("matter_id,step_no,at,step,actor,register_no,post,served_on,hours,form\n"
                              "G-1,1,2026-03-01 00:00,offer,person:2,,,,,\n"
                              "R-1,1,2026-03-03 00:00,report,person:1,,,,,\n"),
                    HasSubstr("R-1,3,2026-03-05 00:00,claim,person:1,,G-1,,,\n"),
                    HasSubstr("R-1,5,2026-05-10 17:00,serve,person:2,,,2026-05-10,4,\n")));
  Organization without;
  without.Import(Street());
  EXPECT_THAT(Exported(without), Not(Contains(Key("matters.csv"))));
}

TEST_F(MatterLedgersTest, WhatMayNotBeTakenIsNamedByRowColumnAndCell) {
  Ledgers wrong = Register();
  wrong["matter_steps.csv"] =
      "matter_id,step_no,at,step,actor,register_no,hours,served_on\n"
      "R-1,1,2026-03-03,report,1,,,\n"
      "R-1,2,2026-03-04,file,1,T-001,,\n"             // the member may not file
      "R-9,1,2026-03-04,file,2,T-001,,\n"             // no such matter
      "R-1,2,2026-03-05,dance,2,,,\n"                 // no such step
      "R-1,2,2026-03-06,file,2,T-001,5,\n"            // filing takes no hours
      "R-1,2,2026-03-32,file,2,T-001,,\n"             // no day
      "R-1,7,2026-03-07,file,2,T-001,,\n"             // there are not that many yet
      "R-1,2,2026-03-08,serve,2,,three,2026-03-08\n"  // no number
      "R-1,1,2026-03-03,report,2,,,\n";               // the first one again, by somebody else
  const ImportReport report = org_.Import(wrong);
  EXPECT_EQ(report.outcome, ImportOutcome::kRejected);
  EXPECT_EQ(org_.version().seq, 1);
  EXPECT_THAT(Problems(report),
              ElementsAre("matter_steps.csv:7:at BAD_MOMENT"));  // the cells first: the rest is not asked
  wrong["matter_steps.csv"].replace(wrong["matter_steps.csv"].find("2026-03-32"), 10, "2026-03-06");
  EXPECT_THAT(Problems(org_.Import(wrong)),
              ElementsAre("matter_steps.csv:10:step_no STEP_TAKEN", "matter_steps.csv:4:matter_id UNKNOWN_MATTER",
                          "matter_steps.csv:3:actor WRONG_ACTOR", "matter_steps.csv:5:step UNKNOWN_STEP",
                          "matter_steps.csv:6:hours UNKNOWN_FIELD", "matter_steps.csv:8:step_no STEP_OUT_OF_ORDER",
                          "matter_steps.csv:9:hours BAD_FIELD"));
  // With the good rows kept, the member has reported and is filed.
  ImportOptions options;
  options.keep_good = true;
  EXPECT_EQ(org_.Import(wrong, options).rejected, 7);
  EXPECT_THAT(Stands(org_, "R-1"), HasSubstr("filed"));
}

TEST_F(MatterLedgersTest, GuardsSpeak) {
  Ledgers wrong = Register();
  wrong["matter_steps.csv"] += "R-1,2026-12-02,搬离,1,,,,,\n";
  const ImportReport over = org_.Import(wrong);
  ASSERT_THAT(Problems(over), ElementsAre("matter_steps.csv:9: WRONG_STATE"));
  wrong = Register();
  wrong["matters.csv"] += "R-2,report.member,2026-03-02,2,李四,2,320102002001,11,,,,,,\n";
  wrong["matter_steps.csv"] += "R-2,2026-03-03,报到,2,,,,,\n";  // lives in the other community
  const ImportReport report = org_.Import(wrong);
  ASSERT_THAT(Problems(report), ElementsAre("matter_steps.csv:9: GUARD"));
  EXPECT_THAT(report.diagnostics.errors()[0].message, HasSubstr("resides: person:2 does not live in"));
}

// One place, three members and a day: whoever is named first, it is the one who leaves that makes room.
TEST_F(MatterLedgersTest, ClaimsOfOneDayAreCountedInWhateverOrderTheyStand) {
  Ledgers many;
  many["matters.csv"] =
      "matter_id,procedure,opened,actor,member,community,host,title,kind,capacity,audience\n"
      "P,report.post,2026-01-01,2,,320102002001,11,义务联防,patrol,1,anybody\n"
      "Q,report.post,2026-01-01,2,,320102002001,11,医疗保健,health,1,anybody\n"
      "A,report.member,2026-03-02,1,1,320102002001,11,,,,\n"
      "B,report.member,2026-03-02,1,1,320102002001,11,,,,\n";
  const std::string steps =
      "matter_id,step_no,at,step,actor,register_no,post\n"
      "P,1,2026-03-05,offer,2,,\nQ,1,2026-01-02,offer,2,,\n"
      "A,1,2026-03-03,report,1,,\nA,2,2026-03-04,file,2,1,\nA,3,2026-03-05,claim,1,,P\n"
      "B,1,2026-03-03,report,1,,\nB,2,2026-03-04,file,2,1,\n";
  many["matter_steps.csv"] = steps + "B,3,2026-03-06,claim,1,,P\n";
  ASSERT_THAT(Problems(org_.Import(many)), ElementsAre("matter_steps.csv:9: GUARD"));
  // A goes to the other post on that very day, in a step that has a higher number than B's.
  many["matter_steps.csv"] =
      steps + "A,4,2026-03-05 17:00,renew,1,,\nA,5,2026-03-06,claim,1,,Q\nB,3,2026-03-06,claim,1,,P\n";
  const ImportReport report = org_.Import(many);
  ASSERT_EQ(report.outcome, ImportOutcome::kDone) << ::testing::PrintToString(Problems(report));
  EXPECT_EQ(org_.Import(many).seq, report.seq);
  const Ledgers exported = Exported(org_);
  Organization copy;
  ASSERT_EQ(copy.Import(exported).outcome, ImportOutcome::kDone);
  EXPECT_EQ(Exported(copy), exported);
  for (const char* id : {"P", "Q", "A", "B"}) EXPECT_EQ(Stands(copy, id), Stands(org_, id));
}

TEST_F(MatterLedgersTest, AMatterThatIsThereIsNotOpenedOtherwise) {
  ASSERT_EQ(org_.Import(Register()).outcome, ImportOutcome::kDone);
  Ledgers other = Register();
  other.erase("matter_steps.csv");
  other["matters.csv"].replace(other["matters.csv"].find("2026-12-20"), 10, "2026-12-21");
  EXPECT_THAT(Problems(org_.Import(other)), ElementsAre("matters.csv:2:matter_id MATTER_EXISTS"));
  other["matters.csv"] =
      "matter_id,procedure,version,opened,member\nR-3,dance,,2026-03-02,1\nR-4,report.member,9,2026-03-02,1\n"
      "R-5,report.member,1,2026-03-02,17\n";
  EXPECT_THAT(Problems(org_.Import(other)),
              ElementsAre("matters.csv:2:procedure UNKNOWN_PROCEDURE", "matters.csv:3:procedure UNKNOWN_PROCEDURE",
                          "matters.csv:4:member UNKNOWN_REFERENCE"));
}

TEST_F(MatterLedgersTest, AnErasedMemberTakesTheMatterOutOfTheLedgers) {
  Ledgers both = Register();
  both["matters.csv"] += "R-2,report.member,2026-03-02,2,李四,2,320102002002,12,,,,,,\n";
  Ledgers roster = Street();
  ASSERT_EQ(org_.Import(both).outcome, ImportOutcome::kDone);
  CommitOptions options;
  options.recorded_at = 1800000000;
  ASSERT_TRUE(Erase(org_.store(), {"person:1"}, options).ok());
  const Ledgers exported = Exported(org_);
  EXPECT_THAT(exported.at("matters.csv"), AllOf(Not(HasSubstr("R-1")), HasSubstr("R-2")));
}

}  // namespace
}  // namespace jiceng::engine
