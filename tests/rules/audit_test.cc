// The audit as a whole: roots, order, waivers, and properties that hold for any organisation.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/status.h"
#include "graph/walk.h"
#include "tests/rules/auditing.h"
#include "tests/rules/random_town.h"

namespace jiceng::testing {
namespace {

using model::Level;
using model::NodeKind;
using model::NodeNumber;
using model::PartyStatus;
using model::TieKind;
using rules::Status;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const rules::Parameters kDays = {{"report.deadline_days", 30}};

// Everything of a finding but the order of rows.
Lines Whole(const graph::Snapshot& s, const rules::Findings& findings) {
  const auto text = [&](NodeNumber node) { return TextOf(s, node); };
  Lines lines;
  for (const rules::Finding& f : findings.rows) {
    const rules::Rule& rule = FrozenRules()[f.rule];
    std::string line = TextOf(s, f.subject) + " " + rule.id + " " + rules::StatusName(f.status) + " " +
                       f.since.ToString() + " " + std::to_string(f.value) + " " + std::to_string(f.threshold) + " " +
                       rules::RenderMessage(rule, findings, f, rules::Language::kEnglish, text);
    for (const std::string& fact : rules::RenderFacts(rule, findings, f, FrozenModel(), text)) line += " | " + fact;
    lines.push_back(line);
  }
  return lines;
}

class AuditPropertyTest : public ::testing::TestWithParam<uint32_t> {};

TEST_P(AuditPropertyTest, FindsWhatExplainSaysOfEveryNode) {
  OrganizationBuilder b;
  RandomTown(GetParam()).Fill(&b);
  const auto s = b.Build();
  for (const char* day : {"2020-03-01", "2023-11-15"}) {
    const Lines audited = ToLines(*s, AuditOf(*s, day, kDays));
    std::vector<std::pair<std::string, std::string>> explained;
    for (int rule = 0; rule < FrozenRules().size(); ++rule) {
      for (int k = 1; k < model::kNodeKinds; ++k) {
        for (uint32_t i = 0; i < s->Count(static_cast<NodeKind>(k)); ++i) {
          const NodeNumber node(static_cast<NodeKind>(k), i);
          const auto findings = rules::Explain(*s, FrozenModel(), FrozenRules(), rule, node, Day(day), kDays).value();
          ASSERT_EQ(findings.size(), 1u);
          if (findings.rows[0].status == Status::kUnmet) explained.emplace_back(s->Text(node), FrozenRules()[rule].id);
        }
      }
    }
    std::sort(explained.begin(), explained.end());
    Lines expected;
    for (const auto& [subject, rule] : explained) expected.push_back(subject + " " + rule + " unmet");
    EXPECT_THAT(audited, ::testing::ElementsAreArray(expected)) << "seed " << GetParam() << " on " << day;
  }
}

TEST_P(AuditPropertyTest, DoesNotDependOnWhatLiesInBaseAndDelta) {
  OrganizationBuilder b;
  RandomTown(GetParam()).Fill(&b);
  const auto base = b.Build();
  const Lines expected = Whole(*base, AuditOf(*base, "2023-11-15", kDays));
  EXPECT_FALSE(expected.empty());
  for (size_t in_base = 0; in_base < b.batches(); ++in_base) {
    const auto s = b.BuildWithDelta(in_base);
    EXPECT_THAT(Whole(*s, AuditOf(*s, "2023-11-15", kDays)), ::testing::ElementsAreArray(expected))
        << "seed " << GetParam() << ", in base " << in_base;
  }
}

TEST_P(AuditPropertyTest, ThreadsChangeNothing) {
  OrganizationBuilder b;
  RandomTown(GetParam()).Fill(&b);
  const auto s = b.Build();
  rules::AuditRequest request;
  request.date = Day("2023-11-15");
  request.parameters = kDays;
  const std::optional<NodeNumber> roots[] = {std::nullopt, NodeNumber(NodeKind::kUnit, 1)};
  for (const auto& root : roots) {
    request.root = root;
    request.max_threads = 1;
    const Lines expected = ToLines(*s, rules::Audit(*s, FrozenModel(), FrozenRules(), request).value());
    for (const int threads : {2, 3, 64}) {
      request.max_threads = threads;
      EXPECT_EQ(ToLines(*s, rules::Audit(*s, FrozenModel(), FrozenRules(), request).value()), expected) << threads;
    }
  }
}

TEST_P(AuditPropertyTest, RootKeepsWhatIsUnderIt) {
  OrganizationBuilder b;
  RandomTown(GetParam()).Fill(&b);
  const auto s = b.Build();
  const base::Date day = Day("2023-11-15");
  const rules::Findings all = AuditOf(*s, "2023-11-15", kDays);
  for (int k = 1; k < model::kNodeKinds; ++k) {
    for (uint32_t i = 0; i < s->Count(static_cast<NodeKind>(k)); ++i) {
      const NodeNumber root(static_cast<NodeKind>(k), i);
      rules::Findings kept = all;
      kept.rows.clear();
      for (const rules::Finding& f : all.rows) {
        if (graph::IsUnder(*s, f.subject, root, day)) kept.rows.push_back(f);
      }
      const rules::Findings below = AuditOf(*s, "2023-11-15", kDays, root);
      EXPECT_THAT(Whole(*s, below), ::testing::ElementsAreArray(Whole(*s, kept)))
          << "seed " << GetParam() << ", root " << s->Text(root);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, AuditPropertyTest, ::testing::Range(0u, 40u));

TEST(AuditTest, FindingsAreOrderedBytewiseBySubjectThenRule) {
  OrganizationBuilder b;
  const NodeNumber community = b.Unit("320102002001", Level::kCommunity);
  b.Unit("32010200200101", Level::kGrid, community);
  std::vector<NodeNumber> orgs;
  for (const char* id : {"10", "9", "1", "一", "A", "0000000001234567", "0000000001234566"})
    orgs.push_back(b.Org(id, kPartyBranch));
  b.Tie(TieKind::kAppointment, b.Person("s"), orgs[0], Days("2010-01-01"), kSecretary, 1);
  const NodeNumber p = b.Person("z", PartyStatus::kFull, true);
  for (const char* from : {"2020-01-01", "2021-01-01"}) b.Tie(TieKind::kReport, p, community, Days(from));
  const auto s = b.Build();
  EXPECT_THAT(
      ToLines(*s, AuditOf(*s, "2024-01-01")),
      ElementsAre("org:0000000001234566 branch.min-members unmet", "org:0000000001234567 branch.min-members unmet",
                  "org:1 branch.min-members unmet", "org:10 branch.min-members unmet", "org:10 term.expired unmet",
                  "org:9 branch.min-members unmet", "org:A branch.min-members unmet", "org:一 branch.min-members unmet",
                  "person:z report.duplicate unmet", "store: report.member-unreported unknown",
                  "unit:32010200200101 grid.head-vacant unmet"));
}

TEST(AuditTest, OnlyTheRulesAskedFor) {
  OrganizationBuilder b;
  b.Org("b", kPartyBranch);
  b.Unit("g", Level::kGrid);
  const auto s = b.Build();
  rules::AuditRequest request;
  request.date = Day("2024-01-01");
  request.rules = {FrozenRules().Find("grid.head-vacant")};
  EXPECT_THAT(ToLines(*s, rules::Audit(*s, FrozenModel(), FrozenRules(), request).value()),
              ElementsAre("unit:g grid.head-vacant unmet"));
  request.rules = {99};
  EXPECT_EQ(base::ErrorReason(rules::Audit(*s, FrozenModel(), FrozenRules(), request).status()), "UNKNOWN_RULE");
}

TEST(AuditTest, WaivedFindingIsStillListed) {
  OrganizationBuilder b;
  const NodeNumber branch = b.Org("b", kPartyBranch);
  b.Org("c", kPartyBranch);
  const auto s = b.Build();
  rules::AuditRequest request;
  request.rules = {FrozenRules().Find("branch.min-members")};
  request.attached = Waived({request.rules[0], branch, Days("2024-01-01", "2024-02-01"), "", ""});
  const auto waived = [&](std::string_view day) {
    request.date = Day(day);
    std::vector<bool> flags;
    const rules::Findings findings = rules::Audit(*s, FrozenModel(), FrozenRules(), request).value();
    for (const rules::Finding& f : findings.rows) flags.push_back(f.waived);
    return flags;
  };
  EXPECT_THAT(waived("2024-01-31"), ElementsAre(true, false));
  EXPECT_THAT(waived("2024-02-01"), ElementsAre(false, false));
}

TEST(AuditTest, CallerMayStopIt) {
  OrganizationBuilder b;
  b.Org("b", kPartyBranch);
  const auto s = b.Build();
  rules::AuditRequest request;
  request.date = Day("2024-01-01");
  const auto stop = [](int64_t, int64_t) { return false; };
  request.progress.emplace(stop);
  const auto findings = rules::Audit(*s, FrozenModel(), FrozenRules(), request);
  EXPECT_EQ(findings.status().code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(base::ErrorReason(findings.status()), "STOPPED");
}

TEST(AuditTest, ProgressEndsAtTheWhole) {
  OrganizationBuilder b;
  for (int i = 0; i < 5; ++i) b.Org("b" + std::to_string(i), kPartyBranch);
  const auto s = b.Build();
  rules::AuditRequest request;
  request.date = Day("2024-01-01");
  int64_t last_done = -1, last_total = 0;
  const auto note = [&](int64_t done, int64_t total) {
    EXPECT_GE(done, last_done);
    last_done = done;
    last_total = total;
    return true;
  };
  request.progress.emplace(note);
  ASSERT_TRUE(rules::Audit(*s, FrozenModel(), FrozenRules(), request).ok());
  EXPECT_EQ(last_done, last_total);
}

TEST(AuditTest, UnknownRootIsAnError) {
  const auto s = OrganizationBuilder().Build();
  rules::AuditRequest request;
  request.root = NodeNumber(NodeKind::kUnit, 5);
  EXPECT_EQ(base::ErrorReason(rules::Audit(*s, FrozenModel(), FrozenRules(), request).status()), "UNKNOWN_NODE");
}

TEST(AuditTest, EmptyStoreHasOnlyTheUnknown) {
  const auto s = OrganizationBuilder().Build();
  EXPECT_THAT(ToLines(*s, AuditOf(*s, "2024-01-01")), ElementsAre("store: report.member-unreported unknown"));
  EXPECT_THAT(AuditOf(*s, "2024-01-01", kDays).rows, IsEmpty());
}

TEST(AuditTest, NodePutByMistakeIsNotJudged) {
  OrganizationBuilder b;
  const NodeNumber branch = b.Org("b", kPartyBranch);
  model::NodeRow row;
  row.node = branch;
  row.action = model::NodeRow::kWithdraw;
  b.Node(row);
  const auto s = b.Build();
  EXPECT_THAT(AuditOf(*s, "2024-01-01", kDays).rows, IsEmpty());
  EXPECT_EQ(Verdict(*s, "branch.min-members", branch, "2024-01-01"), Status::kNotApplicable);
}

// A local rule is a record and nothing else: at most two open posts a person.
TEST(AuditTest, LocalRuleOfAKnownShapeNeedsNoCode) {
  std::vector<rules::Rule> records;
  records.push_back(Named(
      "local.posts", {{"person"}, {}, {}, false, {}, false},
      rules::CountBounds{
          {"appointment", rules::TieEnd::kFrom, {}, {}, {}, true}, {{rules::Comparator::kLessThan, {3, ""}}}, {}}));
  const auto local = rules::RuleSet::Create(records, FrozenModel()).value();
  OrganizationBuilder b;
  const NodeNumber busy = b.Person("busy"), calm = b.Person("calm");
  for (int i = 0; i < 3; ++i) {
    const NodeNumber body = b.Org("o" + std::to_string(i), kEmployer);
    b.Tie(TieKind::kAppointment, busy, body, {}, kDirector, 1);
    if (i < 2) b.Tie(TieKind::kAppointment, calm, body, {}, kDirector, 1);
  }
  b.Tie(TieKind::kAppointment, calm, NodeNumber(NodeKind::kOrganization, 0), {}, kSecretary,
        1);  // two posts in one body
  const auto s = b.Build();
  EXPECT_THAT(ToLines(*s, AuditOf(*s, "2024-01-01", {}, {}, local), local),
              ElementsAre("person:busy local.posts unmet"));
}

}  // namespace
}  // namespace jiceng::testing
