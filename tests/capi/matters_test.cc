// Matters through the C interface: opened, carried on, refused, looked at, told of in the feed, erased.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/capi/organization.h"
#include "tests/capi/policy_bytes.h"

namespace jiceng_test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;
using ::testing::SizeIs;

// The bytes of a TakeStep on 2026-03-DD.
std::string StepBytes(const std::string& matter, const std::string& step, int day, const std::string& actor) {
  return Delimited(Bytes(35, Bytes(1, matter) + Bytes(2, step) + Date(3, day) + Bytes(5, actor)));
}

class MattersTest : public testing::TestWithParam<const char*> {
 protected:
  MattersTest() : store_(MakeOrganization(memory() ? "memory:" : folder_.Sub("a.jiceng"))) {}

  static bool memory() { return std::string(GetParam()) == "memory:"; }
  // The head after it, 0 when it was refused, or why it failed.
  std::string Open(const std::string& matter, const std::string& at, const std::string& host = "org:1001") {
    const std::string host_is = "host=" + host;
    const char* subjects[] = {"member=person:p1", "community=unit:320102002001", host_is.c_str()};
    writer_ = OpenWriter(store_.get());
    return Taken([&](int64_t* seq, jiceng_error** error) {
      return jiceng_writer_matter_open(writer_.get(), "report.member", matter.c_str(), at.c_str(), "person:p1",
                                       subjects, 3, nullptr, 0, seq, error);
    });
  }
  // A post for anybody that takes one.
  std::string OpenPost(const char* post, const char* at, const char* title = "title=义务联防") {
    const char* subjects[] = {"community=unit:320102002001", "host=org:1001"};
    const char* fields[] = {title, "kind=patrol", "capacity=1", "audience=anybody"};
    writer_ = OpenWriter(store_.get());
    return Taken([&](int64_t* seq, jiceng_error** error) {
      return jiceng_writer_matter_open(writer_.get(), "report.post", post, at, "person:p2", subjects, 2, fields, 4, seq,
                                       error);
    });
  }
  std::string Step(const std::string& matter, const std::string& step, const std::string& at, const std::string& actor,
                   std::vector<const char*> fields = {}) {
    writer_ = OpenWriter(store_.get());
    return Taken([&](int64_t* seq, jiceng_error** error) {
      return jiceng_writer_matter_step(writer_.get(), matter.c_str(), step.c_str(), at.c_str(), actor.c_str(),
                                       fields.data(), fields.size(), seq, error);
    });
  }
  std::string Apply(const std::string& changes, uint32_t flags = 0) {
    jiceng_writer_options options = JICENG_WRITER_OPTIONS_INIT;
    options.recorded_at = kRecordedAt;
    options.flags = flags;
    jiceng_writer* writer = nullptr;
    EXPECT_EQ(jiceng_writer_open(store_.get(), nullptr, &options, &writer, nullptr), JICENG_OK);
    writer_ = Writer(writer);
    return Taken([&](int64_t* seq, jiceng_error** error) {
      return jiceng_writer_apply(writer_.get(), changes.data(), changes.size(), seq, error);
    });
  }
  template <typename Call>
  static std::string Taken(Call&& call) {
    int64_t seq = -1;
    const Outcome outcome = Try([&](jiceng_error** error) { return call(&seq, error); });
    return outcome.status == JICENG_OK ? std::to_string(seq) : outcome.reason + " " + outcome.field;
  }
  // Why the last of these was refused, in English.
  Rows Refused() {
    return Ask([&](jiceng_table** table, jiceng_error** error) {
      return jiceng_writer_refused_step(writer_.get(), JICENG_LANG_EN, table, error);
    });
  }
  Rows Matters(const std::string& at, const char* node = nullptr, const jiceng_actor* actor = nullptr) {
    const Snapshot snapshot = OpenSnapshot(store_.get(), actor);
    return Ask([&](jiceng_table** table, jiceng_error** error) {
      return jiceng_matters(snapshot.get(), nullptr, node, JICENG_NUL, at.c_str(), 0, JICENG_LANG_EN, table, error);
    });
  }
  template <typename Question>
  Rows About(Question question, const std::string& matter, const std::string& at) {
    const Snapshot snapshot = OpenSnapshot(store_.get());
    return Ask([&](jiceng_table** table, jiceng_error** error) {
      return question(snapshot.get(), matter.c_str(), at.c_str(), JICENG_LANG_EN, table, error);
    });
  }

  const Folder folder_;
  Store store_;
  Writer writer_;
};
INSTANTIATE_TEST_SUITE_P(Stores, MattersTest, testing::Values("memory:", "sqlite:"),
                         [](const auto& param) { return std::string(param.param) == "memory:" ? "Memory" : "Sqlite"; });

TEST(Procedures, AreListedWithTheirSteps) {
  const Rows all =
      Ask([](jiceng_table** table, jiceng_error** error) { return jiceng_procedures(JICENG_LANG_EN, table, error); });
  EXPECT_THAT(all, SizeIs(9))
      << "double reporting twice, posts, a seat, a secondment, two cases, deliberation, and the columns";
  EXPECT_THAT(all, Contains(HasSubstr("deliberation|1|Deliberation|community;party;committee|")));
  EXPECT_THAT(all, Contains(testing::EndsWith("|claimed: report.member.post (serving)")));
  const Rows steps = Ask([](jiceng_table** table, jiceng_error** error) {
    return jiceng_procedure("report.member", JICENG_LANG_EN, table, error);
  });
  EXPECT_EQ(steps[0], "step|title|from|to|actors|fields|guards|ties");
  EXPECT_THAT(steps, Contains(HasSubstr("report|report|announced|reported|member;host (secretary, deputy_secretary, "
                                        "committee_member)||resides|+report member → community")));
  const Outcome unknown = Try([](jiceng_error** error) {
    jiceng_table* table = nullptr;
    return jiceng_procedure("no.such", JICENG_LANG_EN, &table, error);
  });
  EXPECT_EQ(unknown.reason, "UNKNOWN_PROCEDURE");
}

TEST_P(MattersTest, StandAtAnyMomentAsTheyStoodThen) {
  EXPECT_EQ(Open("R1", "2026-03-02 09:00"), "2");
  EXPECT_EQ(Step("R1", "report", "2026-03-03 10:30", "person:p1"), "3");
  EXPECT_EQ(Step("R1", "appraise_on", "2026-03-04", "person:p2", {"appraisal_on=2026-12-20"}), "4");
  EXPECT_THAT(Matters("2026-03-02"), SizeIs(1)) << "it is opened at nine";
  EXPECT_THAT(Matters("2026-03-02 09:00")[1], HasSubstr("R1|report.member|An in-service member reports to the "
                                                        "community|person:p1|张一|announced|announced|2026-03-02 "
                                                        "09:00|2026-03-02 09:00|0"));
  EXPECT_THAT(Matters("2026-03-05")[1], HasSubstr("|reported|reported|2026-03-02 09:00|2026-03-03 10:30|0"));
  EXPECT_THAT(Matters("2026-03-05", "unit:320102"), SizeIs(2)) << "the community lies below the district";
  EXPECT_THAT(Matters("2026-03-05", "unit:320102002002"), SizeIs(1));
  EXPECT_THAT(About(jiceng_matter_steps, "R1", "2026-03-05"),
              ElementsAre("number|at|step|title|actor|state|told", HasSubstr("0|2026-03-02 09:00|open|"),
                          HasSubstr("1|2026-03-03 10:30|report|"),
                          HasSubstr("2|2026-03-04 00:00|appraise_on|tell the day of the appraisal|person:p2|reported|"
                                    "appraisal_on=2026-12-20")));
  // The form is due the day before the appraisal, to its end.
  EXPECT_THAT(About(jiceng_matter_clocks, "R1", "2026-03-05"), Contains(HasSubstr("|2026-12-19 24:00|runs|-")));
  EXPECT_THAT(About(jiceng_matter, "R1", "2026-03-05"), Contains("step|file|file|filed|-"));
  EXPECT_THAT(About(jiceng_matter, "R2", "2026-03-05")[0], HasSubstr("UNKNOWN_MATTER"));
  EXPECT_THAT(About(jiceng_matter, "R1", "2026-03-01")[0], HasSubstr("NOT_OPEN_YET"));
  const Snapshot snapshot = OpenSnapshot(store_.get());
  const auto late = [&](const char* at) {
    return Ask([&](jiceng_table** table, jiceng_error** error) {
      return jiceng_matters_late(snapshot.get(), nullptr, 0, at, JICENG_LANG_EN, table, error);
    });
  };
  EXPECT_THAT(late("2026-12-19 23:59"), SizeIs(1));
  EXPECT_THAT(late("2026-12-20 09:00"), ElementsAre(HasSubstr("due|"), HasSubstr("2026-12-19 24:00|R1|")));
}

// Audited, explained, waived, rolled up, watched, blocked: a finding like any other.
TEST_P(MattersTest, WhatIsOverdueIsAFinding) {
  EXPECT_EQ(Open("R1", "2026-03-02"), "2");
  EXPECT_EQ(Step("R1", "report", "2026-03-03", "person:p1"), "3");
  EXPECT_EQ(Step("R1", "appraise_on", "2026-03-04", "person:p2", {"appraisal_on=2026-12-20"}), "4");
  const char* rules[] = {"report.feedback-overdue"};
  jiceng_audit_options options = JICENG_AUDIT_OPTIONS_INIT;
  options.rules = rules;
  options.rule_count = 1;
  const Snapshot snapshot = OpenSnapshot(store_.get());
  const auto audit = [&](const Snapshot& s, int32_t date) {
    jiceng_findings* findings = nullptr;
    EXPECT_EQ(jiceng_audit(s.get(), nullptr, 0, date, &options, &findings, nullptr), JICENG_OK);
    return std::unique_ptr<jiceng_findings, decltype(&jiceng_findings_free)>(findings, &jiceng_findings_free);
  };
  const auto table = [](const jiceng_findings* findings) {
    return Ask([&](jiceng_table** t, jiceng_error** e) {
      return jiceng_findings_table(findings, JICENG_LANG_EN, 0, 0, t, e);
    });
  };
  EXPECT_THAT(table(audit(snapshot, 20261219).get()), SizeIs(1)) << "due at the end of that day";
  const auto found = audit(snapshot, 20261222);
  ASSERT_THAT(table(found.get()), SizeIs(2));
  const std::string row = table(found.get())[1];
  EXPECT_THAT(row,
              HasSubstr("report.feedback-overdue|person:p1|张一|unmet|0|should|An in-service member reports to the "
                        "community R1: feedback before the appraisal, due 2026-12-19 24:00, overdue since "
                        "2026-12-20 (day 3)|jiceng data conventions procedures [house]|"));
  EXPECT_THAT(row, HasSubstr("matter R1 (report.member) feedback begun 2026-03-03 00:00 due 2026-12-19 24:00"));
  EXPECT_THAT(row, HasSubstr("|20261220|"));
  EXPECT_THAT(row, HasSubstr("|org:1001|missing step feed_back of matter R1")) << "who has to act, and by what";
  const Rows evidence =
      Ask([&](jiceng_table** t, jiceng_error** e) { return jiceng_findings_evidence(found.get(), 0, t, e); });
  EXPECT_THAT(evidence, Contains(HasSubstr("matter|-|-|-|-|-|20261220|")));
  EXPECT_THAT(evidence, Contains(HasSubstr("|person:p1|R1/feedback|")));
  jiceng_findings* explained = nullptr;
  ASSERT_EQ(jiceng_explain(snapshot.get(), rules[0], "person:p1", JICENG_NUL, 20261222, nullptr, &explained, nullptr),
            JICENG_OK);
  EXPECT_EQ(table(explained), table(found.get()));
  jiceng_findings_free(explained);
  // In Chinese, of the same handle after the store has gone on.
  jiceng_monitor* monitor = nullptr;
  ASSERT_EQ(jiceng_monitor_open(snapshot.get(), 20261219, &options, &monitor, nullptr), JICENG_OK);
  jiceng_findings *appeared = nullptr, *gone = nullptr;
  ASSERT_EQ(jiceng_monitor_follow(monitor, snapshot.get(), 20261220, &appeared, &gone, nullptr), JICENG_OK);
  EXPECT_EQ(jiceng_findings_count(appeared), 1) << "by time alone";
  EXPECT_THAT(table(appeared)[1], HasSubstr("(day 1)"));
  jiceng_findings_free(appeared);
  jiceng_findings_free(gone);
  // Waived, it is listed and not counted.
  EXPECT_EQ(Apply(WaiveBytes(rules[0], "person:p1", 20270201)), "5");
  EXPECT_THAT(table(audit(OpenSnapshot(store_.get()), 20261222).get())[1], HasSubstr("|unmet|1|should|"));
  EXPECT_THAT(table(audit(OpenSnapshot(store_.get(), nullptr, 4), 20261222).get())[1], HasSubstr("|unmet|0|should|"))
      << "by what was recorded then";
  EXPECT_EQ(Step("R1", "leave", "2026-12-21", "person:p1"), "6");
  const Snapshot left = OpenSnapshot(store_.get());
  ASSERT_EQ(jiceng_monitor_follow(monitor, left.get(), 20261222, &appeared, &gone, nullptr), JICENG_OK);
  EXPECT_EQ(jiceng_findings_count(gone), 1);
  EXPECT_EQ(jiceng_findings_count(appeared), 0);
  jiceng_findings_free(appeared);
  jiceng_findings_free(gone);
  jiceng_monitor_close(monitor);
  EXPECT_THAT(table(audit(left, 20261222).get()), SizeIs(1));
  EXPECT_THAT(table(audit(left, 20261220).get()), SizeIs(2)) << "as the matter stood then";
  EXPECT_THAT(table(found.get())[1], row) << "what was found stays found";
}

TEST_P(MattersTest, WhatIsBlockedMayNotNewlyBeOverdue) {
  const std::string pack = PackBytes("a.b", PolicyRuleBytes("case.orders-overdue", "", 0, true));
  EXPECT_EQ(Apply(AttachBytes(pack, "", 20200101)), "2");
  // Written down long after the day on which it had to be answered.
  const char* subjects[] = {"place=unit:320102002001", "platform=org:1001"};
  const char* fields[] = {"matter=late"};
  const auto open = [&](const char* id, const char* at) {
    writer_ = OpenWriter(store_.get());
    return Taken([&](int64_t* seq, jiceng_error** error) {
      return jiceng_writer_matter_open(writer_.get(), "case.four-orders", id, at, nullptr, subjects, 2, fields, 1, seq,
                                       error);
    });
  };
  EXPECT_EQ(open("C1", "2023-01-10"), "0");
  jiceng_findings* findings = nullptr;
  ASSERT_EQ(jiceng_writer_refused(writer_.get(), &findings, nullptr), JICENG_OK);
  EXPECT_EQ(jiceng_findings_count(findings), 1);
  jiceng_findings_free(findings);
  EXPECT_EQ(open("C2", "2030-01-10"), "3");
}

// What has claimed a post is counted, on any day; a claim too many says which, and how many there are.
TEST_P(MattersTest, ClaimsOfAPostAreCounted) {
  EXPECT_EQ(OpenPost("P1", "2026-03-01"), "2");
  EXPECT_EQ(Step("P1", "offer", "2026-03-01", "person:p2"), "3");
  EXPECT_EQ(Open("R1", "2026-03-02"), "4");
  EXPECT_EQ(Step("R1", "report", "2026-03-03", "person:p1"), "5");
  EXPECT_EQ(Step("R1", "file", "2026-03-04", "person:p2", {"register_no=1"}), "6");
  EXPECT_EQ(Step("R1", "claim", "2026-03-05", "person:p1", {"post=P2"}), "BAD_FIELD ") << "not there";
  EXPECT_EQ(Step("R1", "claim", "2026-03-05", "person:p1", {"post=R1"}), "BAD_FIELD ") << "no post";
  EXPECT_EQ(Step("R1", "claim", "2026-03-05", "person:p1", {"post=P1"}), "7");
  EXPECT_EQ(Open("R2", "2026-03-02"), "8");
  EXPECT_EQ(Step("R2", "report", "2026-03-03", "person:p1"), "9");
  EXPECT_EQ(Step("R2", "file", "2026-03-04", "person:p2", {"register_no=1"}), "10");
  EXPECT_EQ(Step("R2", "claim", "2026-03-05", "person:p1", {"post=P1"}), "0");
  EXPECT_THAT(Refused(), testing::ElementsAre("change|code|place|message",
                                              "0|GUARD|capacity|the post (P1, 义务联防) takes 1, claimed so far: 1"));
  EXPECT_THAT(About(jiceng_matter, "P1", "2026-03-04"), Contains("tally|claimed|claimed|0|-"));
  EXPECT_THAT(About(jiceng_matter, "P1", "2026-03-05"), Contains("tally|claimed|claimed|1|-"));
  EXPECT_THAT(About(jiceng_matter, "R1", "2026-03-05"), Contains("field|post|post|P1|-"));
  EXPECT_THAT(About(jiceng_matter_steps, "R1", "2026-03-05"), Contains(HasSubstr("post=P1")));
  const Snapshot snapshot = OpenSnapshot(store_.get());
  const auto list = [&](uint32_t flags) {
    return Ask([&](jiceng_table** table, jiceng_error** error) {
      return jiceng_matters(snapshot.get(), "report.post", nullptr, 0, "2026-03-05", flags, JICENG_LANG_EN, table,
                            error);
    });
  };
  EXPECT_THAT(list(JICENG_MATTERS_TOLD),
              Contains(HasSubstr("|title=义务联防;kind=patrol;capacity=1;audience=anybody;claimed=1")));
  EXPECT_THAT(list(0)[1], testing::EndsWith("|-"));
}

// The sum of what was told, posts, and a rate, at the community and at all above it.
TEST_P(MattersTest, IndicatorsCountMatters) {
  EXPECT_EQ(Open("R1", "2026-03-02"), "2");
  EXPECT_EQ(Step("R1", "report", "2026-03-03", "person:p1"), "3");
  EXPECT_EQ(Step("R1", "appraise_on", "2026-03-04", "person:p2", {"appraisal_on=2026-12-20"}), "4");
  EXPECT_EQ(Step("R1", "file", "2026-03-04", "person:p2", {"register_no=1"}), "5");
  EXPECT_EQ(OpenPost("P1", "2026-03-01"), "6");
  EXPECT_EQ(Step("P1", "offer", "2026-03-01", "person:p2"), "7");
  EXPECT_EQ(Step("R1", "claim", "2026-03-05", "person:p1", {"post=P1"}), "8");
  EXPECT_EQ(Step("R1", "serve", "2026-04-01", "person:p2", {"served_on=2026-04-01", "hours=3"}), "9");
  EXPECT_EQ(Step("R1", "serve", "2026-05-01", "person:p2", {"served_on=2026-05-01", "hours=4"}), "10");
  const Snapshot snapshot = OpenSnapshot(store_.get());
  const auto rollup = [&](const char* name, int32_t date) {
    return Ask([&](jiceng_table** t, jiceng_error** e) {
      return jiceng_rollup(snapshot.get(), name, "community", date, t, e);
    });
  };
  EXPECT_THAT(rollup("report.hours", 20260430), Contains(HasSubstr("|community|3|-")));
  EXPECT_THAT(rollup("report.hours", 20260501), Contains(HasSubstr("|community|7|-")));
  EXPECT_THAT(rollup("report.posts-claimed", 20260501), Contains(HasSubstr("|community|1|-")));
  EXPECT_THAT(rollup("report.posts-claimed", 20260304), SizeIs(1));
  EXPECT_THAT(rollup("report.feedback-rate", 20261218), SizeIs(1)) << "not due yet";
  EXPECT_THAT(rollup("report.feedback-rate", 20261219), Contains(HasSubstr("|community|0|1")));
  EXPECT_THAT(rollup("report.feedback-overdue", 20261220), Contains(HasSubstr("|community|0|1")));
  EXPECT_THAT(rollup("no.such", 20261219)[0], HasSubstr("report.feedback-rate"));
  jiceng_monitor* monitor = nullptr;
  ASSERT_EQ(jiceng_monitor_open(snapshot.get(), 20261219, nullptr, &monitor, nullptr), JICENG_OK);
  EXPECT_EQ(Ask([&](jiceng_table** t, jiceng_error** e) {
              return jiceng_monitor_rollup(monitor, "report.feedback-rate", "community", t, e);
            }),
            rollup("report.feedback-rate", 20261219));
  jiceng_monitor_close(monitor);
}

// The register and what is in it, as of any day, with what the template calls posts and uses.
TEST_P(MattersTest, TheRegisterTellsOfThoseWhoReported) {
  EXPECT_EQ(Open("R1", "2025-12-30"), "2");
  EXPECT_EQ(OpenPost("P1", "2025-12-30"), "3");
  EXPECT_EQ(Step("P1", "offer", "2025-12-30", "person:p2"), "4");
  EXPECT_EQ(OpenPost("P2", "2026-04-03", "title=教书法"), "5");
  EXPECT_EQ(Step("P2", "offer", "2026-04-03", "person:p2"), "6");
  EXPECT_EQ(Step("R1", "report", "2025-12-31", "person:p1"), "7");
  EXPECT_EQ(Step("R1", "file", "2026-03-04", "person:p2", {"register_no=台-1"}), "8");
  EXPECT_EQ(Step("R1", "claim", "2026-03-05", "person:p1", {"post=P1"}), "9");
  EXPECT_EQ(Step("R1", "serve", "2026-04-02", "person:p2", {"served_on=2026-04-01", "hours=3"}), "10");
  EXPECT_EQ(Step("R1", "claim", "2026-04-03", "person:p2", {"post=P2"}), "11");
  EXPECT_EQ(Step("R1", "serve", "2027-01-05", "person:p2", {"served_on=2026-12-31", "hours=2"}), "12");
  EXPECT_EQ(Step("R1", "serve", "2027-01-06", "person:p2", {"served_on=2027-01-06", "hours=4"}), "13");
  EXPECT_EQ(Step("R1", "feed_back", "2027-01-10", "person:p2", {"form=第1号"}), "14");
  EXPECT_EQ(Step("R1", "publish", "2027-01-11", "person:p2", {"place=公示栏"}), "15");
  EXPECT_EQ(Step("R1", "use", "2027-01-12", "person:p2", {"used_for=none"}), "16");
  EXPECT_EQ(Open("R2", "2026-01-01"), "17") << "nobody reported in it";
  const Snapshot snapshot = OpenSnapshot(store_.get());
  const auto list = [&](auto question, const char* node, int32_t date, int32_t year, int32_t lang) {
    Rows rows = Ask([&](jiceng_table** t, jiceng_error** e) {
      return question(snapshot.get(), node, JICENG_NUL, date, year, lang, t, e);
    });
    if (rows.size() > 1) rows.erase(rows.begin());
    return rows;
  };
  const auto enlisted = [&](const char* node, int32_t date, int32_t year = 0, int32_t lang = JICENG_LANG_EN) {
    return list(jiceng_list_register, node, date, year, lang);
  };
  const auto services = [&](const char* node, int32_t date, int32_t year = 0, int32_t lang = JICENG_LANG_ZH) {
    return list(jiceng_list_services, node, date, year, lang);
  };
  const std::string who = "R1|person:p1|张一|org:3000|兰园公司|unit:320102002001|梅园社区|org:1001|第一党支部|-|-|";
  EXPECT_THAT(enlisted("unit:320102002001", 20260401),
              ElementsAre(who + "台-1|20251231|-|义务联防|0|0|-|-|-|-|-|-|-|serving|serving"));
  const std::string done =
      who + "台-1|20251231|-|义务联防;教书法|3|9|20270110|第1号|20270111|公示栏|none|not used|-|used|used";
  for (const char* node : {"unit:320102", "person:p1", "org:3000", "org:1001"})
    EXPECT_THAT(enlisted(node, 20270112), ElementsAre(done)) << node;
  EXPECT_THAT(enlisted("unit:320102", 20270112, 2026), ElementsAre(HasSubstr("|2|5|20270110|")));
  EXPECT_THAT(enlisted("unit:320102", 20270112, 2028), ElementsAre(HasSubstr("matter|")));
  EXPECT_THAT(enlisted("unit:320102", 20251230), ElementsAre(HasSubstr("matter|"))) << "not yet";
  EXPECT_THAT(enlisted("unit:320102002002", 20270112), ElementsAre(HasSubstr("matter|")));
  EXPECT_THAT(enlisted("unit:320102", 20270112, 7), ElementsAre(HasSubstr("BAD_YEAR")));
  EXPECT_THAT(enlisted("unit:nowhere", 20270112), ElementsAre(HasSubstr("UNKNOWN_NODE")));
  EXPECT_THAT(services(nullptr, 20270112), ElementsAre("R1|person:p1|张一|20260401|义务联防|3|20260402|person:p2|李二",
                                                       "R1|person:p1|张一|20261231|教书法|2|20270105|person:p2|李二",
                                                       "R1|person:p1|张一|20270106|教书法|4|20270106|person:p2|李二"));
  EXPECT_THAT(services("person:p1", 20270112, 2027), ElementsAre(HasSubstr("|20270106|")));
}

TEST_P(MattersTest, AChoiceIsToldWithWhatItIsCalled) {
  EXPECT_EQ(OpenPost("P1", "2026-03-02"), "2");
  EXPECT_THAT(About(jiceng_matter, "P1", "2026-03-06"),
              IsSupersetOf({"what|id|title|value|value_title", "field|kind|kind of post|patrol|neighbourhood watch",
                            "field|capacity|how many it takes|1|-"}));
  const Rows steps = Ask([](jiceng_table** table, jiceng_error** error) {
    return jiceng_procedure("report.member", JICENG_LANG_ZH, table, error);
  });
  EXPECT_THAT(steps, Contains(HasSubstr("used_for (choice: appraisal 考核评议, selection 选拔任用, none 未运用)")));
}

TEST_P(MattersTest, ARefusedStepIsToldLikeARefusedChange) {
  EXPECT_THAT(Open("R1", "2026-03-02", "org:3000"), "0") << "an employer is no Party organisation";
  EXPECT_THAT(Refused(), ElementsAre("change|code|place|message", HasSubstr("0|WRONG_SUBJECT|host|")));
  EXPECT_EQ(Open("R1", "2026-03-02"), "2");
  EXPECT_THAT(Refused()[0], HasSubstr("NOTHING_REFUSED"));
  // p4 is neither the member nor an officer of the host.
  EXPECT_EQ(Apply(StepBytes("R1", "report", 20260303, "person:p1") + StepBytes("R1", "file", 20260304, "person:p4")),
            "0");
  const Rows reasons = Refused();
  ASSERT_THAT(reasons, SizeIs(3)) << testing::PrintToString(reasons);
  EXPECT_THAT(reasons[1], HasSubstr("1|MISSING_FIELD|register_no|"));
  EXPECT_THAT(reasons[2], HasSubstr("1|WRONG_ACTOR|person:p4|"));
  jiceng_findings* findings = nullptr;
  EXPECT_EQ(jiceng_writer_refused(writer_.get(), &findings, nullptr), JICENG_NOT_FOUND);
  EXPECT_THAT(About(jiceng_matter, "R1", "2026-03-05"), Contains(HasSubstr("state|announced|"))) << "all or nothing";
  // One that tries is told so too, and there is nothing it would have left.
  EXPECT_EQ(Apply(StepBytes("R1", "file", 20260304, "person:p2"), JICENG_WRITER_TRY), "0");
  EXPECT_THAT(Refused(), Contains(HasSubstr("0|WRONG_STATE|announced|")));
  jiceng_snapshot* tried = nullptr;
  EXPECT_EQ(jiceng_writer_tried(writer_.get(), &tried, nullptr), JICENG_NOT_FOUND);
  // What was refused before does not linger.
  EXPECT_EQ(Apply(StepBytes("R1", "report", 20260303, "person:p1"), JICENG_WRITER_TRY), "2");
  EXPECT_THAT(Refused()[0], HasSubstr("NOTHING_REFUSED"));
  EXPECT_EQ(Apply(StepBytes("R1", "report", 20260303, "person:p1")), "3");
}

TEST_P(MattersTest, WhatIsNoStepIsAnError) {
  EXPECT_EQ(Open("R1", "2026-03-02"), "2");
  EXPECT_EQ(Open("R1", "2026-03-02"), "MATTER_EXISTS ");
  EXPECT_EQ(Open("", "2026-03-02"), "BAD_ID ");
  EXPECT_EQ(Open("R2", "2026-02-30"), "BAD_MOMENT at");
  EXPECT_EQ(Open("R2", "2026-03-02", "org:nowhere"), "UNKNOWN_NODE ");
  EXPECT_EQ(Step("R2", "report", "2026-03-03", "person:p1"), "UNKNOWN_MATTER ");
  EXPECT_EQ(Step("R1", "report", "2026-03-03", "person:p1", {"colour=red"}), "UNKNOWN_FIELD ");
  EXPECT_EQ(Step("R1", "report", "2026-03-03", "person:p1", {"no equals sign"}), "BAD_FIELD fields[0]");
  EXPECT_EQ(Apply(StepBytes("R1", "report", 20260303, "person:nobody")), "UNKNOWN_NODE changes[0].take_step");
}

TEST_P(MattersTest, TheFeedTellsOfSteps) {
  EXPECT_EQ(Open("R\"1", "2026-03-02 09:00"), "2");
  EXPECT_EQ(Step("R\"1", "report", "2026-03-03", "person:p1"), "3");
  const Rows rows = Ask([&](jiceng_table** table, jiceng_error** error) {
    return jiceng_store_changes(store_.get(), 1, -1, 0, table, error);
  });
  ASSERT_THAT(rows, SizeIs(4)) << testing::PrintToString(rows) << "and the tie that follows from the report";
  EXPECT_THAT(rows[1], HasSubstr("|step|person:p1|open|report.member/1|person:p1|-|-|20260302|-|{\"at\":\"2026-03-02 "
                                 "09:00\",\"matter\":\"R\\\"1\",\"number\":0}|0|"));
  EXPECT_THAT(rows[2], HasSubstr("|step|person:p1|step|report|person:p1|"));
  EXPECT_THAT(rows[3], HasSubstr("|tie|person:p1|report|"));
}

// What is told of her goes with her; the ties that followed stay, of someone without a name.
TEST_P(MattersTest, GoWithTheOneTheyAreAbout) {
  EXPECT_EQ(Open("ZQMATTER-9", "2026-03-02"), "2");
  EXPECT_EQ(Step("ZQMATTER-9", "report", "2026-03-03", "person:p1"), "3");
  EXPECT_EQ(Step("ZQMATTER-9", "file", "2026-03-04", "person:p2", {"register_no=ZQ-REG-17"}), "4");
  ASSERT_EQ(jiceng_store_optimize(store_.get(), nullptr, nullptr, nullptr), JICENG_OK);
  EXPECT_THAT(Matters("2026-03-05"), SizeIs(2));
  const char* people[] = {"person:p1"};
  writer_ = OpenWriter(store_.get());
  int64_t seq = 0;
  ASSERT_EQ(jiceng_writer_erase(writer_.get(), people, 1, &seq, nullptr), JICENG_OK);
  EXPECT_THAT(Matters("2026-03-05"), SizeIs(1));
  EXPECT_THAT(About(jiceng_matter, "ZQMATTER-9", "2026-03-05")[0], HasSubstr("UNKNOWN_MATTER"));
  const auto verified = [&] {
    return Ask(
        [&](jiceng_table** t, jiceng_error** e) { return jiceng_store_verify(store_.get(), nullptr, nullptr, t, e); });
  };
  EXPECT_THAT(verified(), ElementsAre("seq|what"));
  if (memory()) return;
  for (const char* secret : {"ZQMATTER-9", "ZQ-REG-17"}) EXPECT_THAT(FilesWith(folder_.path(), secret), IsEmpty());
  store_.reset();
  store_ = jiceng_test::Open(folder_.Sub("a.jiceng"), 0);
  EXPECT_THAT(Matters("2026-03-05"), SizeIs(1));
  EXPECT_THAT(verified(), ElementsAre("seq|what"));
}

TEST_P(MattersTest, AnActorSeesThoseOfHisScope) {
  EXPECT_EQ(Open("R1", "2026-03-02"), "2");
  const Actor near = MakeActor("unit:320102002001"), far = MakeActor("unit:320102002002");
  EXPECT_THAT(Matters("2026-03-05", nullptr, near.get()), SizeIs(2));
  EXPECT_THAT(Matters("2026-03-05", nullptr, far.get()), Not(Contains(HasSubstr("R1"))));
}

}  // namespace
}  // namespace jiceng_test
