// Packs: what holds where, compared with a slow reading of the words that say so; conflicts; audits by packs.
#include "rules/policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "base/status.h"
#include "rules/effective.h"
#include "rules/enforcement.h"
#include "rules/monitor.h"
#include "tests/rules/auditing.h"
#include "tests/rules/place_by_words.h"
#include "tests/rules/random_policy.h"
#include "tests/rules/random_town.h"

namespace jiceng::testing {
namespace {

using model::NodeKind;
using model::NodeNumber;
using model::TieKind;
using rules::Attached;
using rules::AttachedPolicy;
using rules::BoundPolicyRule;
using rules::EffectiveRule;
using rules::Setting;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// --- The reference: straight from the words, node by node, unit by unit, with nothing shared but the records.

struct ByWords {
  std::map<std::string, std::optional<int64_t>> parameters;
  bool on = true;
  rules::Level level{};
  bool blocks = false;
};

// What holds of one rule for one node: down from the root of all units to its place.
ByWords Holds(const graph::Snapshot& s, const rules::RuleSet& set, int index, const Attached& attached, NodeNumber node,
              base::Date day) {
  const rules::Rule& rule = set[index];
  ByWords holds;
  for (const rules::Parameter& p : rule.parameters) holds.parameters[p.name] = p.default_value;
  holds.on = !rule.off;
  holds.level = rule.level;
  std::vector<NodeNumber> way = Above(s, PlaceByWords(s, rule, node, day), day);
  way.push_back(NodeNumber());  // the root of all units
  std::reverse(way.begin(), way.end());
  for (const NodeNumber unit : way) {
    std::vector<const AttachedPolicy*> here;
    for (const AttachedPolicy& policy : attached.policies) {
      if (policy.unit == unit && policy.valid.Holds(day)) here.push_back(&policy);
    }
    // Each has a priority of its own: the last one read has the highest.
    std::sort(here.begin(), here.end(), [](const auto* a, const auto* b) { return a->priority < b->priority; });
    bool said_on_or_off = false, gave_a_value = false;
    for (const AttachedPolicy* policy : here) {
      for (const rules::PolicyRule& said : policy->policy->pack.rules) {
        if (said.rule != rule.id) continue;
        for (const auto& value : said.values) {
          gave_a_value = true;
          std::optional<int64_t>& to = holds.parameters[value.parameter];
          const auto declared = std::find_if(rule.parameters.begin(), rule.parameters.end(),
                                             [&](const rules::Parameter& p) { return p.name == value.parameter; });
          if (declared->override_ != rules::Override::kTighten || !to.has_value()) {
            to = value.value;
          } else {
            // branch.min: more is stricter; the bound of a condition and a length of time: less is.
            to = value.parameter == "branch.min" ? std::max(*to, value.value) : std::min(*to, value.value);
          }
        }
        if (said.turned != rules::Switch::kUnspecified) {
          said_on_or_off = true;
          holds.on = said.turned == rules::Switch::kOn;
        }
        if (said.level != rules::Level::kUnspecified) holds.level = said.level;
        if (said.enforcement != rules::Enforcement::kUnspecified)
          holds.blocks = said.enforcement == rules::Enforcement::kBlock;
      }
    }
    if (!said_on_or_off && gave_a_value) holds.on = true;
  }
  return holds;
}

class PolicyPropertyTest : public ::testing::TestWithParam<uint32_t> {
 protected:
  PolicyPropertyTest() : policies_(GetParam() + 1000, RulesWithParameters()) {
    OrganizationBuilder b;
    RandomTown town(GetParam());
    town.Fill(&b);
    s_ = b.Build();
    attached_ = policies_.Attach(s_->Count(NodeKind::kUnit));
  }

  std::shared_ptr<const graph::Snapshot> s_;
  RandomPolicies policies_;
  std::shared_ptr<const Attached> attached_;
};

TEST_P(PolicyPropertyTest, HoldsWhatTheWordsSay) {
  const rules::RuleSet& set = RulesWithParameters();
  const rules::Parameters none;
  for (const char* date : {"2021-12-31", "2022-06-30", "2023-03-01"}) {
    const base::Date day = Day(date);
    const rules::Day on(*s_, day);
    const rules::EffectiveRules effective(on, set, none, attached_);
    ForEachNode(*s_, [&](NodeNumber node) {
      for (int rule = 0; rule < set.size(); ++rule) {
        const EffectiveRule is = effective.Of(rule, effective.ZoneOf(rule, node));
        const ByWords expected = Holds(*s_, set, rule, *attached_, node, day);
        const std::string where =
            "seed " + std::to_string(GetParam()) + ", " + s_->Text(node) + " " + set[rule].id + " on " + date;
        for (size_t p = 0; p < is.parameters.size(); ++p)
          ASSERT_EQ(is.parameters[p].value, expected.parameters.at(set[rule].parameters[p].name)) << where;
        ASSERT_EQ(is.enabled(), expected.on) << where;
        ASSERT_EQ(is.level(), expected.level) << where;
        ASSERT_EQ(is.blocks(), expected.blocks) << where;
      }
    });
  }
}

// An audit by packs finds of every node what judging it with the values that hold there finds.
TEST_P(PolicyPropertyTest, AuditEqualsJudgingEachNodeByWhatHoldsThere) {
  const rules::RuleSet& set = RulesWithParameters();
  rules::AuditRequest request;
  request.date = Day("2022-06-30");
  request.attached = attached_;
  std::vector<std::string> expected;
  for (int rule = 0; rule < set.size(); ++rule) {
    bool lacks_somewhere = false, governs_there = false, holds_somewhere = attached_->policies.empty();
    const auto record = [&](NodeNumber node) {
      const ByWords holds = Holds(*s_, set, rule, *attached_, node, request.date);
      bool lacks = false;
      rules::Parameters parameters;
      for (const auto& [name, value] : holds.parameters) {
        lacks = lacks || !value.has_value();
        if (value.has_value()) parameters[name] = *value;
      }
      const auto verdict = rules::Explain(*s_, FrozenModel(), set, rule, node, request.date, parameters).value();
      const rules::Status status = verdict.rows[0].status;
      if (!holds.on) return;
      (lacks ? lacks_somewhere : holds_somewhere) = true;
      governs_there = governs_there || status == rules::Status::kUnknown;
      if (status != rules::Status::kUnmet) return;
      expected.push_back(s_->Text(node) + " " + set[rule].id + " " + rules::LevelName(holds.level) + " " +
                         std::to_string(verdict.rows[0].threshold));
    };
    ForEachNode(*s_, record);
    if (lacks_somewhere && governs_there) expected.push_back("store: " + set[rule].id + " unknown");
  }
  std::vector<std::string> found;
  const rules::Findings findings = rules::Audit(*s_, FrozenModel(), set, request).value();
  for (const rules::Finding& f : findings.rows) {
    const std::string& id = set[f.rule].id;
    found.push_back(f.status == rules::Status::kUnknown
                        ? "store: " + id + " unknown"
                        : s_->Text(f.subject) + " " + id + " " + rules::LevelName(f.level) + " " +
                              std::to_string(f.threshold));
  }
  // A rule nobody has a value for is unknown even where it governs nobody; the reference cannot tell that apart.
  std::sort(expected.begin(), expected.end());
  std::sort(found.begin(), found.end());
  EXPECT_THAT(found, ElementsAreArray(expected)) << "seed " << GetParam();

  // And by parts: the audits of all threads and of the evidence say the same.
  request.max_threads = 2;
  const rules::Findings again = rules::Audit(*s_, FrozenModel(), set, request).value();
  EXPECT_EQ(again.size(), findings.size());
  const rules::Findings shown = rules::WithEvidence(*s_, FrozenModel(), set, findings, 0, findings.size());
  for (const rules::Finding& f : shown.rows) {
    for (const std::string& fact :
         rules::RenderFacts(set[f.rule], shown, f, FrozenModel(), [&](NodeNumber n) { return s_->Text(n); }))
      EXPECT_NE(fact, "");
  }
}

// A rule that a pack carries finds, where the pack is attached and nowhere else, what the same rule of the catalogue does.
TEST_P(PolicyPropertyTest, LocalRulesFindThereWhatTheCatalogueWould) {
  const rules::RuleSet& own = RulesWithParameters();
  rules::PolicyPack pack;
  pack.id = "town.own";
  pack.citations = {{"《某办法》", {}, "", {}, rules::Confidence::kHouse, {}}};
  for (rules::Rule rule : own.rules()) {
    rule.id = "own." + rule.id;
    rule.aliases.clear();
    rule.pack = pack.id;
    pack.local_rules.push_back(std::move(rule));
  }
  const rules::RuleSet set = rules::WithLocalRules(own, pack, FrozenModel()).value();
  ASSERT_EQ(set.size(), 2 * own.size());
  AttachedPolicy policy;
  if (policies_.Below(4) != 0) {
    const auto unit = static_cast<uint32_t>(policies_.Below(static_cast<int>(s_->Count(NodeKind::kUnit))));
    policy.unit = NodeNumber(NodeKind::kUnit, unit);
  }
  policy.policy = rules::BindPolicy(pack, set).value();
  auto attached = std::make_shared<Attached>();
  attached->policies = {policy};
  attached->rules = set;

  rules::AuditRequest request;
  request.date = Day("2022-06-30");
  std::vector<std::string> expected, found;
  const auto line = [&](const rules::Finding& f, const std::string& id) {
    return TextOf(*s_, f.subject) + " " + id + " " + std::to_string(f.value) + " " + std::to_string(f.threshold);
  };
  const rules::Findings by_catalogue = rules::Audit(*s_, FrozenModel(), own, request).value();
  for (const rules::Finding& f : by_catalogue.rows) {
    if (f.status != rules::Status::kUnmet) continue;
    const auto above = Above(*s_, PlaceByWords(*s_, own[f.rule], f.subject, request.date), request.date);
    if (!policy.unit || std::find(above.begin(), above.end(), policy.unit) != above.end())
      expected.push_back(line(f, "own." + own[f.rule].id));
  }
  request.attached = attached;
  const rules::Findings by_pack = rules::Audit(*s_, FrozenModel(), set, request).value();
  for (const rules::Finding& f : by_pack.rows) {
    if (f.status == rules::Status::kUnmet && set[f.rule].is_local()) found.push_back(line(f, set[f.rule].id));
  }
  EXPECT_THAT(found, ::testing::UnorderedElementsAreArray(expected)) << "seed " << GetParam();

  // Named, it is judged where it is carried, no more; explained elsewhere, it does not apply.
  for (int rule = own.size(); rule < set.size(); ++rule) {
    if (set[rule].off || !set[rule].evaluable()) continue;
    ForEachNode(*s_, [&](NodeNumber node) {
      const auto said = rules::Explain(*s_, FrozenModel(), set, rule, node, request.date, {}, attached).value();
      const bool is_found = std::find(found.begin(), found.end(), line(said.rows[0], set[rule].id)) != found.end();
      EXPECT_EQ(said.rows[0].status == rules::Status::kUnmet, is_found) << s_->Text(node) << " " << set[rule].id;
    });
  }

  // A monitor follows the pack as it comes and goes, with what appears and what is gone.
  request.attached = nullptr;
  const auto before = rules::Monitor::Build(s_, FrozenModel(), own, request).value();
  rules::Monitor::Step came, went;
  const auto with = before->Next(s_, request.date, set, attached, nullptr, &came).value();
  const auto without = with->Next(s_, request.date, own, nullptr, nullptr, &went).value();
  EXPECT_EQ(with->size(), by_pack.size());
  EXPECT_EQ(came.appeared.size(), by_pack.size() - before->size());
  EXPECT_THAT(came.gone, IsEmpty());
  EXPECT_EQ(without->size(), before->size());
  EXPECT_EQ(went.gone.size(), came.appeared.size());
  EXPECT_THAT(went.appeared, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Seeds, PolicyPropertyTest, ::testing::Range(0u, 60u));

// --- What stands in a pack's way.

rules::PolicyPack Pack(std::string id, std::string rule, std::vector<rules::PolicyRule::Value> values) {
  rules::PolicyPack pack;
  pack.id = std::move(id);
  pack.citations = {{"《某条例》", {}, "", {}, rules::Confidence::kVerified, {}}};
  rules::PolicyRule said;
  said.rule = std::move(rule);
  said.values = std::move(values);
  if (said.values.empty()) said.turned = rules::Switch::kOn;
  pack.rules = {std::move(said)};
  return pack;
}

std::string Refusal(rules::PolicyPack pack) {
  const auto policy = rules::BindPolicy(std::move(pack), RulesWithParameters());
  return policy.ok() ? "" : base::ErrorReason(policy.status()) + ": " + std::string(policy.status().message());
}

TEST(PolicyTest, RefusesWhatThePackMayNotSay) {
  EXPECT_EQ(Refusal(Pack("a", "branch.min-members", {{"branch.min", 3}})), "");
  EXPECT_THAT(Refusal(Pack("a", "no.such-rule", {})), AllOf(HasSubstr("UNKNOWN_RULE"), HasSubstr("no.such-rule")));
  EXPECT_THAT(Refusal(Pack("a", "branch.min-members", {{"branch.max", 3}})),
              AllOf(HasSubstr("UNKNOWN_PARAMETER"), HasSubstr("branch.max"), HasSubstr("branch.min")));
  EXPECT_THAT(Refusal(Pack("town.a", "branch.committee-required", {{"committee.min", 3}})),
              AllOf(HasSubstr("PARAMETER_LOCKED"), HasSubstr("pack town.a, rule branch.committee-required, parameter "
                                                             "committee.min")));
  // Two is the least the norm asks of a branch; one would loosen it.
  EXPECT_THAT(Refusal(Pack("town.a", "branch.min-members", {{"branch.min", 1}})),
              AllOf(HasSubstr("PARAMETER_LOOSENED"), HasSubstr("1 is looser than the catalogue's 2")));
  // A committee from five members on: one from six on governs fewer branches, one from four on more.
  EXPECT_THAT(Refusal(Pack("a", "branch.committee-required", {{"committee.from", 6}})),
              HasSubstr("PARAMETER_LOOSENED"));
  EXPECT_EQ(Refusal(Pack("a", "branch.committee-required", {{"committee.from", 4}})), "");
  EXPECT_THAT(Refusal(Pack("a", "duration.tie", {{"temporary.months", 7}})), HasSubstr("PARAMETER_LOOSENED"));
  EXPECT_THAT(Refusal(Pack("a", "duration.tie", {{"temporary.months", 1}, {"temporary.months", 2}})),
              HasSubstr("given twice"));
}

TEST(PolicyTest, TwoPacksConflictOnlyWhereTheySetOneThingTogether) {
  const rules::RuleSet& set = RulesWithParameters();
  const auto at = [&](uint32_t unit, const char* from, const char* to, int priority, rules::PolicyPack pack) {
    AttachedPolicy policy;
    policy.unit = NodeNumber(NodeKind::kUnit, unit);
    policy.valid = Days(from, to);
    policy.priority = priority;
    policy.policy = rules::BindPolicy(std::move(pack), set).value();
    return policy;
  };
  const auto max = [] { return Pack("town.new", "branch.max-members", {{"branch.max", 9}}); };
  const AttachedPolicy there =
      at(1, "2022-01-01", "2023-01-01", 0, Pack("town.old", "branch.max-members", {{"branch.max", 8}}));
  const auto conflict = [&](const AttachedPolicy& policy) { return rules::CheckConflicts(policy, {there}, set); };
  const absl::Status both = conflict(at(1, "2022-12-31", "", 0, max()));
  EXPECT_EQ(base::ErrorReason(both), "POLICY_CONFLICT");
  EXPECT_THAT(std::string(both.message()),
              AllOf(HasSubstr("town.new"), HasSubstr("town.old"), HasSubstr("branch.max-members"),
                    HasSubstr("parameter branch.max"), HasSubstr("2022-12-31")));
  EXPECT_TRUE(conflict(at(1, "2023-01-01", "", 0, max())).ok()) << "on other days";
  EXPECT_TRUE(conflict(at(2, "2022-12-31", "", 0, max())).ok()) << "at another unit";
  EXPECT_TRUE(conflict(at(1, "2022-12-31", "", 1, max())).ok()) << "a priority decides";
  EXPECT_TRUE(conflict(at(1, "2022-12-31", "", 0, Pack("x", "branch.min-members", {{"branch.min", 3}}))).ok());
  EXPECT_TRUE(conflict(at(1, "2022-12-31", "", 0, Pack("x", "branch.max-members", {}))).ok()) << "another setting";
}

TEST(PolicyTest, LocalRulesAreNobodyElses) {
  const rules::RuleSet& own = RulesWithParameters();
  const auto pack = [&](std::string id, std::string rule, std::string record) {
    rules::PolicyPack made;
    made.id = std::move(id);
    made.citations = {{"《某办法》", {}, "", {}, rules::Confidence::kHouse, {}}};
    made.local_rules = {own[own.Find("branch.min-members")]};
    made.local_rules[0].id = std::move(rule);
    made.local_rules[0].pack = made.id;
    made.local_rules[0].record = std::move(record);
    return made;
  };
  const auto reason = [](const auto& result) { return result.ok() ? "" : base::ErrorReason(result.status()); };
  const rules::RuleSet one = rules::WithLocalRules(own, pack("a", "a.least", "1"), FrozenModel()).value();
  EXPECT_EQ(one[one.Find("a.least")].pack, "a");
  EXPECT_EQ(rules::WithLocalRules(one, pack("b", "a.least", "1"), FrozenModel()).value().size(), one.size())
      << "the same record in two packs is one rule";
  const auto other = rules::WithLocalRules(one, pack("b", "a.least", "2"), FrozenModel());
  EXPECT_EQ(reason(other), "POLICY_CONFLICT");
  EXPECT_THAT(std::string(other.status().message()), AllOf(HasSubstr("pack b, rule a.least"), HasSubstr("pack a ")));
  EXPECT_EQ(reason(rules::WithLocalRules(own, pack("a", "branch.max-members", ""), FrozenModel())), "BAD_POLICY");
  rules::PolicyPack bad = pack("a", "a.least", "");
  bad.local_rules[0].domain.org_kinds = {"no_such_kind"};
  const auto unknown = rules::WithLocalRules(own, bad, FrozenModel());
  EXPECT_EQ(reason(unknown), "BAD_RULE");
  EXPECT_EQ(base::ErrorField(unknown.status()), "local_rules[0]");
  // Of packs attached long ago what is not understood any more is left out, and the rest stands.
  rules::PolicyPack taken = pack("c", "branch.max-members", "");
  EXPECT_EQ(rules::WithKeptRules(own, {bad, taken, pack("d", "d.least", "")}, FrozenModel()).value().size(),
            own.size() + 1);
  // What a pack says of its own rule besides.
  rules::PolicyPack silent = pack("a", "a.least", "1");
  silent.local_rules[0].off = true;
  EXPECT_THAT(rules::BindPolicy(silent, one).value()->rules, IsEmpty()) << "until somebody gives it a figure";
  rules::PolicyPack off = pack("a", "a.least", "1");
  off.rules = {{"a.least", {{"branch.min", 4}}, rules::Switch::kOff, {}, {}, {}}};
  const auto bound = rules::BindPolicy(off, one).value();
  ASSERT_EQ(bound->rules.size(), 1u);
  EXPECT_EQ(bound->rules[0].settings[static_cast<size_t>(Setting::kEnabled)], 0);
}

// --- Blocking.

TEST(PolicyTest, BlocksWhatIsNewAndNothingElse) {
  const rules::RuleSet& set = RulesWithParameters();
  OrganizationBuilder b;
  const NodeNumber district = b.Unit("d", model::Level::kDistrict),
                   here = b.Unit("c1", model::Level::kCommunity, district),
                   elsewhere = b.Unit("c2", model::Level::kCommunity, district);
  std::vector<NodeNumber> branches, people;
  for (const auto& [id, unit] :
       std::vector<std::pair<const char*, NodeNumber>>{{"b1", here}, {"b2", here}, {"b3", elsewhere}})
    branches.push_back(b.Org(id, kPartyBranch, unit));
  for (int i = 0; i < 6; ++i) people.push_back(b.Person("p" + std::to_string(i)));
  b.Formal(people[0], branches[0], Days("2020-01-01"));
  b.Formal(people[1], branches[0], Days("2020-01-01"));
  b.Formal(people[2], branches[2], Days("2020-01-01"));
  b.Formal(people[3], branches[2], Days("2020-01-01"));
  const auto before = b.Build();  // b2 has nobody: unmet all along
  rules::PolicyPack pack = Pack("a", "branch.min-members", {});
  pack.rules[0].enforcement = rules::Enforcement::kBlock;
  auto attached = std::make_shared<Attached>();
  attached->policies = {{here, {}, 0, rules::BindPolicy(pack, set).value()}};
  const auto blocked = [&](const graph::Snapshot& after) {
    const rules::Findings found =
        rules::NewlyBlocked(*before, after, FrozenModel(), set, attached, Day("2022-06-30")).value();
    return ToLines(after, found, set);
  };

  // Work that touches the branch that was short before is nobody's hindrance.
  b.Formal(people[4], branches[1], Days("2022-01-01"));
  b.Take();
  EXPECT_THAT(blocked(*b.Add(*before, 1)), IsEmpty());
  // Taking one of two away leaves too few, where a pack blocks that ...
  b.Formal(people[0], branches[0], Days("2020-01-01", "2022-01-01"));
  b.Take();
  EXPECT_THAT(blocked(*b.Add(*before, 2)), ElementsAre("org:b1 branch.min-members unmet"));
  // ... also when everything has to be judged, since the base is another ...
  EXPECT_THAT(blocked(*b.BuildWithDelta(3)), ElementsAre("org:b1 branch.min-members unmet"));
  // ... and not where no pack does.
  b.Formal(people[2], branches[2], Days("2020-01-01", "2022-01-01"));
  b.Take();
  EXPECT_THAT(blocked(*b.Add(*before, 3)), IsEmpty());
  // What is waived hinders nobody.
  auto waived = std::make_shared<Attached>(*attached);
  waived->waivers = {{set.Find("branch.min-members"), branches[0], Days("2022-01-01", "2023-01-01"), "", ""}};
  attached = waived;
  EXPECT_THAT(blocked(*b.Add(*before, 2)), IsEmpty());
}

}  // namespace
}  // namespace jiceng::testing
