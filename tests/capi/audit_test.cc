// The health check through the C interface.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/capi/organization.h"

namespace jiceng_test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::StartsWith;

class Audit : public testing::Test {
 protected:
  Audit() : store_(MakeOrganization("memory:")), snapshot_(OpenSnapshot(store_.get())) {}

  Findings Run(std::vector<const char*> rules, std::vector<const char*> parameters, const char* node = nullptr) {
    jiceng_audit_options options = JICENG_AUDIT_OPTIONS_INIT;
    options.rules = rules.data();
    options.rule_count = rules.size();
    options.parameters = parameters.data();
    options.parameter_count = parameters.size();
    jiceng_findings* findings = nullptr;
    outcome_ = Try([&](jiceng_error** error) {
      return jiceng_audit(snapshot_.get(), node, JICENG_NUL, kDay, &options, &findings, error);
    });
    return Findings(findings);
  }
  static Rows Counts(const Findings& findings) {
    return Ask([&](jiceng_table** table, jiceng_error** error) {
      return jiceng_findings_counts(findings.get(), table, error);
    });
  }
  static Rows Lines(const Findings& findings, int64_t first = 0, int64_t limit = 0, int32_t lang = JICENG_LANG_ZH) {
    return Ask([&](jiceng_table** table, jiceng_error** error) {
      return jiceng_findings_table(findings.get(), lang, first, limit, table, error);
    });
  }

  Store store_;
  Snapshot snapshot_;
  Outcome outcome_;
};

TEST_F(Audit, FindsWhatThePictureHas) {
  const Findings findings =
      Run({"branch.min-members", "branch.max-members", "branch.committee-required", "branch.committee-size",
           "grid.head-vacant", "term.expired", "report.member-unreported", "report.duplicate"},
          {"report.deadline_days=30"});
  ASSERT_EQ(outcome_.status, JICENG_OK) << outcome_.message;
  const Rows counts = Counts(findings);
  EXPECT_EQ(counts[0], "rule|findings");
  EXPECT_THAT(counts, IsSupersetOf({"branch.min-members|1", "branch.max-members|0", "grid.head-vacant|1",
                                    "term.expired|1", "report.member-unreported|1", "report.duplicate|0"}));
  const Rows lines = Lines(findings);
  EXPECT_EQ(lines[0],
            "rule|subject|name|status|waived|level|message|citation|facts|since|place|value|comparator|threshold|"
            "object|missing");
  EXPECT_THAT(lines, Contains(StartsWith("branch.min-members|org:1001|第一党支部|unmet|0|must|")));
  EXPECT_THAT(lines, Contains(StartsWith("grid.head-vacant|unit:32010200200102|第二网格|unmet|0|")));
  EXPECT_THAT(lines, Contains(StartsWith("report.member-unreported|person:p1|张一|unmet|0|")));
  for (size_t i = 1; i < lines.size(); ++i) EXPECT_THAT(lines[i], HasSubstr("|unit:320102002001")) << "the place";
}

TEST_F(Audit, ColumnsAreParallelToTheTable) {
  const Findings findings = Run({"branch.min-members", "grid.head-vacant"}, {});
  ASSERT_EQ(jiceng_findings_count(findings.get()), 2);
  int64_t branch = 0, grid = 0;
  ASSERT_EQ(jiceng_find(snapshot_.get(), "org:1001", JICENG_NUL, 0, &branch, nullptr), JICENG_OK);
  ASSERT_EQ(jiceng_find(snapshot_.get(), "unit:32010200200102", JICENG_NUL, 0, &grid, nullptr), JICENG_OK);
  EXPECT_EQ(jiceng_findings_subjects(findings.get())[0], branch);  // "org:…" before "unit:…"
  EXPECT_EQ(jiceng_findings_subjects(findings.get())[1], grid);
  jiceng_table* raw = nullptr;
  ASSERT_EQ(jiceng_rules(JICENG_LANG_EN, &raw, nullptr), JICENG_OK);
  const Table rules(raw);
  EXPECT_STREQ(jiceng_table_text(raw, jiceng_findings_rules(findings.get())[0], 0, nullptr), "branch.min-members");
  EXPECT_STREQ(jiceng_table_text(raw, jiceng_findings_rules(findings.get())[1], 0, nullptr), "grid.head-vacant");
  EXPECT_THAT(Counts(findings), ElementsAre("rule|findings", "branch.min-members|1", "grid.head-vacant|1"));
}

TEST_F(Audit, PagesCutTheTable) {
  const Findings findings = Run({}, {"report.deadline_days=30"});
  const Rows all = Lines(findings);
  ASSERT_GE(all.size(), 5u);
  EXPECT_THAT(Lines(findings, 0, 1), ElementsAre(all[0], all[1]));
  EXPECT_THAT(Lines(findings, 2, 2), ElementsAre(all[0], all[3], all[4]));
  EXPECT_THAT(Lines(findings, 0, INT64_MAX), testing::ElementsAreArray(all));
  EXPECT_THAT(Lines(findings, INT64_MAX, INT64_MAX), ElementsAre(all[0]));
  EXPECT_THAT(Lines(findings, -1, 0), ElementsAre(HasSubstr("BAD_VALUE")));
  EXPECT_THAT(Lines(findings, 0, -1), ElementsAre(HasSubstr("BAD_VALUE")));
}

TEST_F(Audit, AMissingParameterIsUnknownAtTheRoot) {
  const Findings whole = Run({"report.member-unreported"}, {});
  EXPECT_THAT(Lines(whole), ElementsAre(testing::_, StartsWith("report.member-unreported|store:|-|unknown|0|")));
  EXPECT_EQ(jiceng_findings_subjects(whole.get())[0], 0);
  EXPECT_THAT(Counts(whole), ElementsAre("rule|findings", "report.member-unreported|0"));
  const Findings below = Run({"report.member-unreported"}, {}, "unit:320102002");
  EXPECT_THAT(Lines(below),
              ElementsAre(testing::_, StartsWith("report.member-unreported|unit:320102002|梅园街道|unknown|0|")));
}

TEST_F(Audit, TheRootLimitsTheSubjects) {
  const Findings findings = Run({"branch.min-members"}, {}, "unit:320102002002");
  EXPECT_EQ(jiceng_findings_count(findings.get()), 0);
}

TEST_F(Audit, UnknownRulesAndParametersAreNamedWithWhatThereIs) {
  Run({"branch.min-members", "no.such-rule"}, {});
  EXPECT_EQ(outcome_.status, JICENG_INVALID_ARGUMENT);
  EXPECT_EQ(outcome_.reason, "UNKNOWN_RULE");
  EXPECT_EQ(outcome_.field, "rules[1]");
  EXPECT_THAT(outcome_.message, HasSubstr("branch.min-members"));
  Run({}, {"colour=3"});
  EXPECT_EQ(outcome_.reason, "UNKNOWN_PARAMETER");
  EXPECT_EQ(outcome_.field, "parameters[0]");
  EXPECT_THAT(outcome_.message, HasSubstr("report.deadline_days"));
  for (const char* bad : {"report.deadline_days", "report.deadline_days=", "report.deadline_days=soon",
                          "report.deadline_days=-1", "report.deadline_days=99999999999999999999"}) {
    Run({}, {bad});
    EXPECT_EQ(outcome_.status, JICENG_INVALID_ARGUMENT) << bad;
    EXPECT_EQ(outcome_.reason, "BAD_VALUE") << bad;
  }
}

TEST_F(Audit, MessagesComeInBothLanguages) {
  const Findings findings = Run({"branch.min-members"}, {});
  const Rows zh = Lines(findings, 0, 0, JICENG_LANG_ZH), en = Lines(findings, 0, 0, JICENG_LANG_EN);
  EXPECT_NE(zh[1], en[1]);
  EXPECT_EQ(Lines(findings, 0, 0, 0), zh);
  EXPECT_THAT(Lines(findings, 0, 0, 3), ElementsAre(HasSubstr("BAD_VALUE")));
}

TEST_F(Audit, FindingsOutliveEverythingTheyCameFrom) {
  const Findings findings = Run({"branch.min-members"}, {});
  snapshot_.reset();
  store_.reset();
  EXPECT_THAT(Lines(findings), Contains(StartsWith("branch.min-members|org:1001|第一党支部|unmet|0|must|")));
}

TEST_F(Audit, ProgressCanStopIt) {
  jiceng_audit_options options = JICENG_AUDIT_OPTIONS_INIT;
  int calls = 0;
  options.progress = [](const char*, int64_t, int64_t, void* user) -> int32_t { return ++*static_cast<int*>(user); };
  options.progress_user = &calls;
  jiceng_findings* findings = nullptr;
  const Outcome outcome = Try([&](jiceng_error** error) {
    return jiceng_audit(snapshot_.get(), nullptr, 0, kDay, &options, &findings, error);
  });
  const Findings owner(findings);
  if (calls == 0) GTEST_SKIP() << "so small an audit reports no progress";
  EXPECT_EQ(outcome.status, JICENG_CANCELLED);
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(findings, nullptr);
}

// Whatever the verdict; an audit lists the unmet only.
TEST_F(Audit, ExplainsOneRuleOnOneNode) {
  const auto explain = [&](const char* rule, const char* node, std::vector<const char*> parameters = {}) {
    jiceng_audit_options options = JICENG_AUDIT_OPTIONS_INIT;
    options.parameters = parameters.data();
    options.parameter_count = parameters.size();
    jiceng_findings* raw = nullptr;
    outcome_ = Try([&](jiceng_error** error) {
      return jiceng_explain(snapshot_.get(), rule, node, JICENG_NUL, kDay, &options, &raw, error);
    });
    const Findings findings(raw);
    if (outcome_.status != JICENG_OK) return Rows{outcome_.reason, outcome_.field};
    EXPECT_EQ(jiceng_findings_count(raw), 1);
    return Lines(findings);
  };
  const Rows unmet = explain("branch.min-members", "org:1001");
  ASSERT_EQ(unmet.size(), 2u);
  EXPECT_THAT(unmet[1], StartsWith("branch.min-members|org:1001|第一党支部|unmet|0|must|"));
  EXPECT_THAT(unmet[1], HasSubstr("person:p1"));
  // As the audit has it, and with the day since when: the branch has had two full members since it was founded.
  std::string audited = Lines(Run({"branch.min-members"}, {}))[1];
  const size_t since = audited.find("|-|unit:320102002001|");
  ASSERT_NE(since, std::string::npos);
  EXPECT_EQ(unmet[1], audited.replace(since, 2, "|20150301"));
  EXPECT_THAT(explain("branch.max-members", "org:1001")[1], HasSubstr("|met|"));
  const std::string not_applicable = explain("grid.head-vacant", "unit:320102")[1];
  EXPECT_THAT(not_applicable, HasSubstr("|not_applicable|"));
  EXPECT_THAT(not_applicable, HasSubstr("level = district")) << "the fact that takes it out of the rule's reach";
  EXPECT_THAT(explain("report.member-unreported", "person:p1")[1], HasSubstr("|unknown|"));
  EXPECT_THAT(explain("report.member-unreported", "person:p1", {"report.deadline_days=30"})[1], HasSubstr("|unmet|"));

  EXPECT_THAT(explain("no.such", "org:1001"), ElementsAre("UNKNOWN_RULE", "rule"));
  EXPECT_THAT(explain("term.expired", "org:none"), ElementsAre("UNKNOWN_NODE", "node"));
  EXPECT_THAT(explain("term.expired", "org:1001", {"no.such=1"}), ElementsAre("UNKNOWN_PARAMETER", "parameters[0]"));
  const Actor actor = MakeActor("unit:320102002002");
  const Snapshot elsewhere = OpenSnapshot(store_.get(), actor.get());
  jiceng_findings* findings = nullptr;
  EXPECT_EQ(
      jiceng_explain(elsewhere.get(), "branch.min-members", "org:1001", JICENG_NUL, kDay, nullptr, &findings, nullptr),
      JICENG_PERMISSION_DENIED);
  EXPECT_EQ(findings, nullptr);
}

}  // namespace
}  // namespace jiceng_test
