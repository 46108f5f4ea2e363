#include "graph/delta.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "absl/strings/str_cat.h"
#include "tests/graph/random_organization.h"

namespace jiceng::graph {
namespace {

using model::Fact;
using model::NodeKind;
using model::NodeNumber;
using model::Tie;
using model::TieKind;
using testing::Day;
using testing::Days;
using testing::OrganizationBuilder;
using testing::RandomOrganization;

std::string Line(const Tie& tie, const Snapshot& s) {
  return absl::StrCat(static_cast<int>(tie.kind), " ", tie.from.bits(), ">", tie.to.bits(), " r", int{tie.role}, " m",
                      int{tie.manner}, " ", tie.valid.from.ToString(), "..", tie.valid.to.ToString(), " #", tie.number,
                      " ", std::string(s.Extra(tie)));
}

// Everything a snapshot can be asked, as lines; two snapshots with equal lines answer every question alike.
std::vector<std::string> Everything(const Snapshot& s) {
  std::vector<std::string> lines;
  std::set<std::string> ties_by_scan, ties_from, ties_to;
  for (int k = 1; k < model::kNodeKinds; ++k) {
    const NodeKind kind = static_cast<NodeKind>(k);
    for (uint32_t i = 0; i < s.Count(kind); ++i) {
      const NodeNumber node(kind, i);
      std::string line = absl::StrCat(s.Text(node), " ", s.Life(node).from.ToString(), "..", s.Life(node).to.ToString(),
                                      " p", int{s.Precision(node)}, s.Withdrawn(node) ? " withdrawn" : "");
      for (int f = 0; f < model::FactCount(kind); ++f) {
        absl::StrAppend(&line, " f", f);
        s.FactTimeline(node, static_cast<Fact>(f)).ForEach([&](base::Validity v, int32_t value) {
          absl::StrAppend(&line, " ", v.from.ToString(), "=", value, "..", v.to.ToString());
        });
        for (const char* day : {"2019-06-01", "2021-06-01", "2023-06-01"})
          absl::StrAppend(&line, " @", s.FactAt(node, static_cast<Fact>(f), Day(day)));
      }
      EXPECT_EQ(s.Find(kind, s.Id(node), base::Date::Forever()), node);
      lines.push_back(line);
      for (int t = 1; t < model::kTieKinds; ++t) {
        s.ForEachFrom(static_cast<TieKind>(t), node,
                      [&](const Tie& tie) { EXPECT_TRUE(ties_from.insert(Line(tie, s)).second); });
        s.ForEachTo(static_cast<TieKind>(t), node,
                    [&](const Tie& tie) { EXPECT_TRUE(ties_to.insert(Line(tie, s)).second); });
      }
    }
  }
  for (int t = 1; t < model::kTieKinds; ++t) {
    s.ForEachTie(static_cast<TieKind>(t), [&](const Tie& tie) {
      EXPECT_TRUE(ties_by_scan.insert(Line(tie, s)).second);
      const auto found = s.FindTie(tie.key());
      EXPECT_TRUE(found.has_value() && found->number == tie.number);
    });
  }
  EXPECT_EQ(ties_by_scan, ties_from);
  EXPECT_EQ(ties_by_scan, ties_to);
  lines.insert(lines.end(), ties_by_scan.begin(), ties_by_scan.end());
  std::set<std::string> rest;
  s.ForEachCode([&](const CodeEntry& code, std::string_view text) {
    rest.insert(absl::StrCat("code ", code.node.bits(), " ", static_cast<int>(code.attribute), " ",
                             code.valid.from.ToString(), "..", code.valid.to.ToString(), " ", std::string(text)));
  });
  s.ForEachTerm([&](const model::TermRow& term) {
    rest.insert(absl::StrCat("term ", term.org.bits(), " ", term.number, " ", term.elected_on.ToString(), " ",
                             term.years, " ", term.ends_on.ToString(), " ", term.extended_to.ToString()));
  });
  lines.insert(lines.end(), rest.begin(), rest.end());
  return lines;
}

// Shows the lines that differ and no others.
void ExpectSame(const std::vector<std::string>& actual, const std::vector<std::string>& expected,
                const std::string& what) {
  EXPECT_EQ(actual.size(), expected.size()) << what;
  for (size_t i = 0; i < std::min(actual.size(), expected.size()); ++i) EXPECT_EQ(actual[i], expected[i]) << what;
}

class DeltaTest : public ::testing::TestWithParam<uint32_t> {};

// Theorem: how the rows are spread over base and delta does not matter.
TEST_P(DeltaTest, BatchesOneByOneEqualOneBaseOfAll) {
  OrganizationBuilder b;
  RandomOrganization random(GetParam());
  for (int i = 0; i < 12; ++i) random.Commit(&b);
  const std::vector<std::string> expected = Everything(*b.Build());
  for (size_t in_base = 0; in_base < b.batches(); in_base += 3) {
    const auto snapshot = b.BuildWithDelta(in_base);
    ExpectSame(Everything(*snapshot), expected, absl::StrCat("in the base ", in_base));
    BaseBuilder folded;
    folded.Load(*snapshot);
    ExpectSame(Everything(Snapshot(folded.Finish({}).value())), expected,
               absl::StrCat("folded, in the base ", in_base));
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, DeltaTest, ::testing::Range(0u, 60u));

TEST(SnapshotTest, OlderSnapshotKeepsItsAnswersAfterACommit) {
  OrganizationBuilder b;
  const NodeNumber person = b.Person("p"), org = b.Org("o", 40);
  b.Formal(person, org, Days("2020-01-01"));
  const auto before = b.Build();
  model::Batch closing;
  Tie tie = before->FindTie({TieKind::kAffiliation, 0, person, org, Day("2020-01-01")}).value();
  tie.valid.to = Day("2021-01-01");
  closing.ties.push_back(tie);
  const auto after = before->With(closing);
  const auto open = [&](const Snapshot& s) {
    int n = 0;
    s.ForEachOpenFrom(TieKind::kAffiliation, person, Day("2022-01-01"), [&](const Tie&) { ++n; });
    return n;
  };
  EXPECT_EQ(open(*before), 1);
  EXPECT_EQ(open(*after), 0);
}

TEST(SnapshotTest, FindTakesTheIdBeforeTheCodeAndTheCodeInForce) {
  OrganizationBuilder b;
  const NodeNumber old_unit = b.Unit("320102", model::Level::kDistrict),
                   new_unit = b.Unit("320199", model::Level::kDistrict);
  b.Text(old_unit, model::TextAttribute::kCode, Days("", "2020-01-01"), "320103");
  b.Text(new_unit, model::TextAttribute::kCode, Days("2020-01-01"), "320103");
  b.Text(new_unit, model::TextAttribute::kCode, Days("", "2020-01-01"), "320102");
  const auto s = b.Build();
  EXPECT_EQ(s->Find(NodeKind::kUnit, "320102", Day("2019-01-01")), old_unit);
  EXPECT_EQ(s->Find(NodeKind::kUnit, "320102000000", Day("2019-01-01")),
            old_unit);  // zero-padded and short are one unit
  EXPECT_EQ(s->Find(NodeKind::kUnit, "320103", Day("2019-12-31")), old_unit);
  EXPECT_EQ(s->Find(NodeKind::kUnit, "320103", Day("2020-01-01")), new_unit);
  EXPECT_EQ(s->Find(NodeKind::kUnit, "320103", base::Date::Forever()), new_unit);
  EXPECT_EQ(s->Find(NodeKind::kUnit, "9", Day("2020-01-01")), std::nullopt);
}

}  // namespace
}  // namespace jiceng::graph
