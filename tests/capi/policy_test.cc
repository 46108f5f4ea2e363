// Packs and waivers through the C interface: attached, effective, refused, replayed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <jiceng/policy.h>

#include <algorithm>

#include "tests/capi/organization.h"
#include "tests/capi/policy_bytes.h"

namespace jiceng_test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kReport[] = "report.member-unreported", kDays[] = "report.deadline_days";

class PolicyTest : public ::testing::TestWithParam<const char*> {
 protected:
  PolicyTest()
      : store_(MakeOrganization(std::string(GetParam()) == "memory:" ? "memory:" : "sqlite:" + folder_.Sub("s"))) {}

  // The head after it, 0 when refused, or "REASON field".
  std::string Apply(const std::string& changes, int64_t recorded_at = kRecordedAt) {
    writer_ = OpenWriter(store_.get(), recorded_at);
    int64_t seq = -1;
    const Outcome outcome = Try([&](jiceng_error** error) {
      return jiceng_writer_apply(writer_.get(), changes.data(), changes.size(), &seq, error);
    });
    return outcome.status == JICENG_OK ? std::to_string(seq) : outcome.reason + " " + outcome.field;
  }
  Findings Audit(const char* rule, int64_t seq = 0) {
    snapshot_ = OpenSnapshot(store_.get(), nullptr, seq);
    jiceng_audit_options options = JICENG_AUDIT_OPTIONS_INIT;
    const char* const rules[] = {rule};
    options.rules = rules;
    options.rule_count = rule == nullptr ? 0 : 1;
    jiceng_findings* raw = nullptr;
    EXPECT_EQ(Try([&](jiceng_error** error) {
                return jiceng_audit(snapshot_.get(), nullptr, 0, kDay, &options, &raw, error);
              }).status,
              JICENG_OK);
    return Findings(raw);
  }
  Rows Table(const jiceng_findings* findings) {
    return Ask([&](jiceng_table** table, jiceng_error** error) {
      return jiceng_findings_table(findings, JICENG_LANG_EN, 0, 0, table, error);
    });
  }
  // "subject status waived" of one rule's audit.
  Rows Short(const char* rule, int64_t seq = 0) {
    Rows lines;
    const Findings findings = Audit(rule, seq);
    jiceng_table* raw = nullptr;
    EXPECT_EQ(jiceng_findings_table(findings.get(), JICENG_LANG_EN, 0, 0, &raw, nullptr), JICENG_OK);
    const auto text = [&](int64_t row, const char* column) {
      return std::string(jiceng_table_text(raw, row, jiceng_table_find_column(raw, column), nullptr));
    };
    for (int64_t i = 0; i < jiceng_table_rows(raw); ++i) {
      const bool waived = jiceng_table_int64(raw, i, jiceng_table_find_column(raw, "waived")) != 0;
      lines.push_back(text(i, "subject") + " " + text(i, "status") + (waived ? " waived" : ""));
    }
    jiceng_table_free(raw);
    return lines;
  }
  Rows Effective(const char* node, const char* rule) {
    snapshot_ = OpenSnapshot(store_.get());
    return Ask([&](jiceng_table** table, jiceng_error** error) {
      return jiceng_policy_effective(snapshot_.get(), node, JICENG_NUL, kDay, rule, table, error);
    });
  }

  Folder folder_;
  Store store_;
  Snapshot snapshot_;
  Writer writer_;
};

TEST_P(PolicyTest, HoldsBelowItsUnitAndSaysWhereItComesFrom) {
  EXPECT_THAT(Short(kReport), ElementsAre("store: unknown"));
  const std::string pack = PackBytes("town.reports", PolicyRuleBytes(kReport, kDays, 30));
  EXPECT_EQ(Apply(AttachBytes(pack, "unit:320102002", 20260101)), "2");
  EXPECT_THAT(Short(kReport), ElementsAre("person:p1 unmet")) << "everybody it governs lives there";
  EXPECT_THAT(Effective("person:p1", kReport)[1],
              "report.member-unreported|report.deadline_days|30|replace|pack|town.reports|2026|unit:320102002|"
              "《某办法》|V");
  EXPECT_THAT(Effective("unit:320102", kReport)[1], HasSubstr("|report.deadline_days|-|replace|catalogue|-|-|-|"));
  EXPECT_THAT(Ask([&](jiceng_table** table, jiceng_error** error) {
                return jiceng_policies(snapshot_.get(), JICENG_LANG_EN, table, error);
              }),
              ElementsAre("pack|version|title|unit|from|to|priority|document|confidence",
                          "town.reports|2026|pack|unit:320102002|20260101|-|0|《某办法》|V"));
  // An explanation says so too.
  jiceng_findings* raw = nullptr;
  ASSERT_EQ(jiceng_explain(snapshot_.get(), kReport, "person:p1", JICENG_NUL, kDay, nullptr, &raw, nullptr), JICENG_OK);
  EXPECT_THAT(Table(Findings(raw).get())[1],
              HasSubstr("pack town.reports (2026) at unit:320102002: report.deadline_days = 30"));
}

TEST_P(PolicyTest, TheFeedTellsOfIt) {
  const std::string pack = PackBytes("town.reports", PolicyRuleBytes(kReport, kDays, 30));
  EXPECT_EQ(Apply(AttachBytes(pack, "", 20260101) + WaiveBytes(kReport, "person:p1", 20270101)), "2");
  EXPECT_EQ(Apply(DetachBytes("town.reports", "", 20260601)), "3");
  const Rows rows = Ask([&](jiceng_table** table, jiceng_error** error) {
    return jiceng_store_changes(store_.get(), 1, -1, 0, table, error);
  });
  ASSERT_EQ(rows.size(), 4u) << ::testing::PrintToString(rows);
  EXPECT_THAT(rows[1], HasSubstr("|attachment|-|policy|town.reports|-|-|-|20260101|-|-|0|"));
  EXPECT_THAT(rows[2], HasSubstr("|attachment|person:p1|waiver|report.member-unreported|-|-|-|-|20270101|"));
  EXPECT_THAT(rows[3], HasSubstr("|attachment|-|policy|town.reports|-|-|-|20260101|20260601|"));
}

TEST_P(PolicyTest, WhatStandsInTheWayIsNamed) {
  const std::string thirty = PackBytes("town.reports", PolicyRuleBytes(kReport, kDays, 30));
  const std::string sixty = PackBytes("other.reports", PolicyRuleBytes(kReport, kDays, 60));
  EXPECT_EQ(Apply(AttachBytes(thirty, "unit:320102", 20260101)), "2");
  EXPECT_EQ(Apply(AttachBytes(sixty, "unit:320102", 20260601)), "POLICY_CONFLICT changes[0].attach_policy");
  EXPECT_EQ(Apply(AttachBytes(PackBytes("x", PolicyRuleBytes("no.such", "", 0, true)), "", 20260601)),
            "UNKNOWN_RULE changes[0].attach_policy");
  EXPECT_EQ(Apply(AttachBytes(thirty, "org:1000", 20260101)), "WRONG_NODE_KIND changes[0].attach_policy.unit");
  EXPECT_EQ(Apply(AttachBytes("", "unit:320102", 20260101)), "BAD_POLICY changes[0].attach_policy.pack.id");
  EXPECT_EQ(Apply(DetachBytes("no.pack", "unit:320102", 20260601)), "NOT_ATTACHED changes[0].detach_policy");
  // One set may do both; attaching the same again changes nothing.
  EXPECT_EQ(Apply(DetachBytes("town.reports", "unit:320102", 20260601) + AttachBytes(sixty, "unit:320102", 20260601)),
            "3");
  EXPECT_EQ(Apply(AttachBytes(sixty, "unit:320102", 20260601)), "3");
  const Outcome bad = Try([&](jiceng_error** error) {
    jiceng_table* table = nullptr;
    const std::string pack = PackBytes("x", PolicyRuleBytes(kReport, "no.parameter", 1));
    return jiceng_policy_check(nullptr, pack.data(), pack.size(), &table, error);
  });
  EXPECT_EQ(bad.reason, "UNKNOWN_PARAMETER");
  EXPECT_EQ(bad.field, "rules[0].values[0]");
}

TEST_P(PolicyTest, FiguresOfProcedures) {
  const auto pack = [](const char* id, const char* procedure, const char* parameter, uint64_t value) {
    return AttachBytes(ProcedurePackBytes(id, procedure, parameter, value), "unit:320102", 20260101);
  };
  EXPECT_EQ(Apply(pack("x", "no.such", "report.min_hours", 50)), "UNKNOWN_PROCEDURE changes[0].attach_policy");
  EXPECT_EQ(Apply(pack("x", "report.member", "report.hours", 50)), "UNKNOWN_PARAMETER changes[0].attach_policy");
  EXPECT_EQ(Apply(pack("x", "report.member", "report.card_months", 10001)), "BAD_PARAMETER changes[0].attach_policy");
  EXPECT_EQ(Apply(pack("a", "report.member", "report.min_hours", 50)), "2");
  EXPECT_EQ(Apply(pack("b", "report.member", "report.min_hours", 60)), "POLICY_CONFLICT changes[0].attach_policy");
  EXPECT_EQ(Apply(pack("b", "report.member", "report.pass_score", 60)), "3");

  const Outcome bad = Try([&](jiceng_error** error) {
    jiceng_table* table = nullptr;
    const std::string wrong = ProcedurePackBytes("x", "report.member", "no.parameter", 1);
    return jiceng_policy_check(nullptr, wrong.data(), wrong.size(), &table, error);
  });
  EXPECT_EQ(bad.reason, "UNKNOWN_PARAMETER");
  EXPECT_EQ(bad.field, "procedures[0].values[0]");
  EXPECT_THAT(bad.message, HasSubstr("procedure report.member, parameter no.parameter"));

  const Snapshot snapshot = OpenSnapshot(store_.get());
  const Rows rows = Ask([&](jiceng_table** t, jiceng_error** e) {
    return jiceng_policy_effective(snapshot.get(), "unit:320102002001", JICENG_NUL, kDay, "report.member", t, e);
  });
  EXPECT_THAT(rows, Contains("report.member|report.min_hours|50|replace|pack|a|2026|unit:320102|《某办法》|V"));
  EXPECT_THAT(rows, Contains(HasSubstr("report.member|report.feedback_days|1|replace|catalogue|-|")));
  EXPECT_THAT(rows, Not(Contains(HasSubstr("|enabled|")))) << "a procedure is not judged";
}

// What was found is found again at its commit, byte for byte, whatever was attached, waived or taken back since.
TEST_P(PolicyTest, FindingsReplay) {
  EXPECT_EQ(Apply(AttachBytes(PackBytes("a", PolicyRuleBytes(kReport, kDays, 30)), "unit:320102", 20260101)), "2");
  const Rows second = Table(Audit(nullptr).get());
  EXPECT_EQ(Apply(WaiveBytes(kReport, "person:p1", 20270101)), "3");
  const Rows third = Table(Audit(nullptr).get());
  EXPECT_NE(second, third);
  EXPECT_EQ(Apply(DetachBytes("a", "unit:320102", 20260601) +
                  AttachBytes(PackBytes("b", PolicyRuleBytes(kReport, kDays, 4000)), "unit:320102", 20260601)),
            "4");
  const Rows fourth = Table(Audit(nullptr).get());
  EXPECT_NE(third, fourth);
  EXPECT_EQ(Table(Audit(nullptr, 2).get()), second);
  EXPECT_EQ(Table(Audit(nullptr, 3).get()), third);
  ASSERT_EQ(
      Try([&](jiceng_error** error) { return jiceng_store_optimize(store_.get(), nullptr, nullptr, error); }).status,
      JICENG_OK);
  EXPECT_EQ(Table(Audit(nullptr).get()), fourth) << "from the base file";
  // Taking a commit back puts back what it had changed.
  writer_ = OpenWriter(store_.get());
  int64_t seq = 0;
  ASSERT_EQ(jiceng_writer_revert(writer_.get(), 4, &seq, nullptr), JICENG_OK);
  EXPECT_EQ(Table(Audit(nullptr).get()), third);
  EXPECT_EQ(Table(Audit(nullptr, 4).get()), fourth);
  EXPECT_THAT(Ask([&](jiceng_table** table, jiceng_error** error) {
                return jiceng_store_verify(store_.get(), nullptr, nullptr, table, error);
              }),
              ElementsAre("seq|what"));
}

TEST_P(PolicyTest, WaivedIsListedAndNotCounted) {
  constexpr char kRule[] = "branch.min-members";  // two full members
  EXPECT_THAT(Short(kRule), ElementsAre("org:1001 unmet"));
  EXPECT_EQ(Apply(WaiveBytes(kRule, "org:1001", 20260701)), "2");
  EXPECT_THAT(Short(kRule), ElementsAre("org:1001 unmet waived"));
  const Findings findings = Audit(kRule);
  EXPECT_THAT(Ask([&](jiceng_table** table, jiceng_error** error) {
                return jiceng_findings_counts(findings.get(), table, error);
              }),
              ElementsAre("rule|findings", "branch.min-members|0"));
  EXPECT_THAT(Table(findings.get())[1], HasSubstr("waived [, 2026-07-01): 正在整改 (组字〔2026〕8号)"));
  EXPECT_THAT(
      Ask([&](jiceng_table** table, jiceng_error** error) { return jiceng_waivers(snapshot_.get(), table, error); }),
      ElementsAre("rule|node|from|to|reason|basis", "branch.min-members|org:1001|-|20260701|正在整改|组字〔2026〕8号"));
}

TEST_P(PolicyTest, RefusesWhatIsNewlyBroken) {
  const std::string block = PackBytes("a", PolicyRuleBytes("grid.head-vacant", "", 0, true));
  EXPECT_EQ(Apply(AttachBytes(block, "unit:320102", 20260101)), "2") << "one grid has had no head all along";
  // The head of the other grid goes, today or later.
  for (const int day : {20260101, 20270101}) {
    const std::string close =
        Delimited(Bytes(6, Bytes(1, Number(1, 17) + Bytes(2, "person:p4") + Bytes(3, "unit:32010200200101") +
                                        Bytes(4, "grid_head") + Date(5, 20240101)) +
                               Date(2, day)));
    EXPECT_EQ(Apply(close), "0");
    jiceng_findings* raw = nullptr;
    ASSERT_EQ(jiceng_writer_refused(writer_.get(), &raw, nullptr), JICENG_OK);
    const Findings refused(raw);
    EXPECT_EQ(jiceng_findings_count(refused.get()), 1);
    EXPECT_THAT(Table(refused.get())[1], HasSubstr("grid.head-vacant|unit:32010200200101"));
    EXPECT_EQ(jiceng_snapshot_seq(OpenSnapshot(store_.get()).get()), 2) << "nothing is kept";
  }
  EXPECT_EQ(Apply(""), "2");
  jiceng_findings* raw = nullptr;
  EXPECT_EQ(Try([&](jiceng_error** error) { return jiceng_writer_refused(writer_.get(), &raw, error); }).reason,
            "NOTHING_REFUSED");
}

// A rule that no catalogue has comes with a pack, is judged, explained, waived and followed like any other, and goes.
TEST_P(PolicyTest, APackBringsARuleOfItsOwn) {
  constexpr char kOwn[] = "town.large-branch";
  const auto rules_of = [&](int64_t seq) {
    snapshot_ = OpenSnapshot(store_.get(), nullptr, seq);
    return Ask([&](jiceng_table** t, jiceng_error** e) {
      return jiceng_snapshot_rules(snapshot_.get(), JICENG_LANG_EN, t, e);
    });
  };
  const Rows without = rules_of(0);
  jiceng_monitor* raw_monitor = nullptr;
  ASSERT_EQ(jiceng_monitor_open(snapshot_.get(), kDay, nullptr, &raw_monitor, nullptr), JICENG_OK);
  const Monitor monitor(raw_monitor);
  EXPECT_EQ(Apply(WaiveBytes(kOwn, "org:1001", 20270101)), "UNKNOWN_RULE changes[0].waive");

  // What a host checks before it attaches it.
  const std::string pack = OwnPackBytes("town.own", kOwn);
  EXPECT_THAT(Ask([&](jiceng_table** t, jiceng_error** e) {
                return jiceng_policy_check(store_.get(), pack.data(), pack.size(), t, e);
              }),
              ElementsAre("rule|setting|value|document|confidence", "town.large-branch|enabled|yes|《某办法》|V"));
  EXPECT_EQ(Apply(AttachBytes(pack, "unit:320102", 20260101)), "2");
  EXPECT_THAT(Short(kOwn), ElementsAre("org:1001 unmet")) << "it has three";
  EXPECT_THAT(Effective("org:1001", kOwn)[1],
              "town.large-branch|enabled|yes|-|pack|town.own|2026|unit:320102|《某办法》|V");
  const Rows with = rules_of(2);
  ASSERT_EQ(with.size(), without.size() + 1);
  EXPECT_THAT(with.back(), HasSubstr("town.large-branch|must|A branch is large enough|"));
  EXPECT_THAT(with.back(), HasSubstr("|town.own"));
  const Findings all = Audit(nullptr);
  const int32_t* numbers = jiceng_findings_rules(all.get());
  EXPECT_TRUE(std::any_of(numbers, numbers + jiceng_findings_count(all.get()), [&](int32_t rule) {
    return with[static_cast<size_t>(rule) + 1] == with.back();
  })) << "findings number the rows of the snapshot's rules";
  jiceng_findings* raw = nullptr;
  ASSERT_EQ(jiceng_monitor_follow(monitor.get(), snapshot_.get(), 0, &raw, nullptr, nullptr), JICENG_OK);
  const Findings appeared(raw);
  EXPECT_EQ(jiceng_findings_count(appeared.get()), 1);
  EXPECT_THAT(Table(appeared.get())[1], HasSubstr("town.large-branch|org:1001"));

  // Nobody else gives the id to something else; the same pack may be corrected where it stands.
  EXPECT_EQ(Apply(AttachBytes(OwnPackBytes("other.own", kOwn, 5), "unit:320102001", 20260101)),
            "UNKNOWN_NODE changes[0].attach_policy");
  EXPECT_EQ(Apply(AttachBytes(OwnPackBytes("other.own", kOwn, 5), "unit:320102002", 20260101)),
            "POLICY_CONFLICT changes[0].attach_policy");
  EXPECT_EQ(Apply(AttachBytes(OwnPackBytes("other.own", "branch.min-members"), "", 20260101)),
            "BAD_POLICY changes[0].attach_policy");
  EXPECT_EQ(Apply(AttachBytes(OwnPackBytes("town.own", kOwn, 3), "unit:320102", 20260101)), "3");
  EXPECT_THAT(Short(kOwn), ElementsAre());
  EXPECT_THAT(Short(kOwn, 2), ElementsAre("org:1001 unmet")) << "as it was judged then";

  EXPECT_EQ(Apply(AttachBytes(pack, "unit:320102", 20260101) + WaiveBytes(kOwn, "org:1001", 20270101)), "4");
  EXPECT_THAT(Short(kOwn), ElementsAre("org:1001 unmet waived"));
  ASSERT_EQ(
      Try([&](jiceng_error** error) { return jiceng_store_optimize(store_.get(), nullptr, nullptr, error); }).status,
      JICENG_OK);
  EXPECT_THAT(Short(kOwn), ElementsAre("org:1001 unmet waived"));

  // Taken away altogether, nobody knows the rule any more, and what is kept of it does no harm.
  EXPECT_EQ(Apply(Delimited(Bytes(31, Bytes(1, "town.own") + Bytes(2, "unit:320102")))), "5");
  EXPECT_EQ(rules_of(0), without);
  raw = nullptr;
  ASSERT_EQ(jiceng_monitor_follow(monitor.get(), snapshot_.get(), 0, nullptr, &raw, nullptr), JICENG_OK);
  const Findings gone(raw);
  EXPECT_EQ(jiceng_findings_count(gone.get()), 1);
  EXPECT_THAT(Table(gone.get())[1], HasSubstr("town.large-branch|org:1001"));
  EXPECT_THAT(Short(kOwn, 4), ElementsAre("org:1001 unmet waived"));
}

INSTANTIATE_TEST_SUITE_P(Stores, PolicyTest, ::testing::Values("memory:", "sqlite"),
                         [](const auto& instance) { return instance.index == 0 ? "memory" : "sqlite"; });

}  // namespace
}  // namespace jiceng_test
