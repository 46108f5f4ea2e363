// Rules of every shape and every filter, over the frozen catalogue: more than any edition needs.
#ifndef JICENG_TESTS_RULES_FROZEN_SHAPES_H_
#define JICENG_TESTS_RULES_FROZEN_SHAPES_H_

#include <string>
#include <utility>
#include <vector>

#include "tests/rules/frozen_catalogue.h"

namespace jiceng::testing {

inline rules::Measure PostsFrom(std::vector<std::string> roles, std::vector<std::string> org_kinds) {
  rules::Measure measure{"appointment", rules::TieEnd::kFrom, std::move(roles), {}, {}, false};
  measure.org_kinds = std::move(org_kinds);
  return measure;
}

// The eight of the contract and after them these.
inline std::vector<rules::Rule> RecordsOfAllShapes() {
  using namespace rules;
  std::vector<Rule> records = FrozenRecords();
  const Domain people{{"person"}, {}, {}, false, {}, false}, orgs{{"org"}, {}, {}, true, {}, false};
  const Bound none{Comparator::kAtMost, {0, ""}}, one_at_least{Comparator::kAtLeast, {1, ""}},
      one_at_most{Comparator::kAtMost, {1, ""}};
  const auto measure = [](const char* kind, TieEnd end) { return Measure{kind, end, {}, {}, {}, false}; };
  const auto add = [&](const char* id, Domain domain, Shape shape) -> Rule& {
    records.push_back(Named(id, std::move(domain), std::move(shape)));
    return records.back();
  };

  Measure bodies = measure("seat", TieEnd::kTo);
  bodies.org_kinds = {"party_branch", "residents_committee"};
  bodies.distinct = true;
  const Domain communities{{"unit"}, {}, {"community"}, true, {}, false};
  add("count.other-kind", communities, CountBounds{bodies, {one_at_most}, {}});
  Measure heads = measure("appointment", TieEnd::kFrom);
  heads.unit_levels = {"grid"};
  add("count.other-level", people, CountBounds{heads, {none}, {}});
  Measure women = Committee();
  women.sexes = {"female"};
  add("count.other-sex", LiveBranches(), CountBounds{women, {one_at_least}, {}});
  add("count.odd", LiveBranches(),
      CountBounds{Committee(), {{Comparator::kOdd, {}}}, {Condition{Committee(), one_at_least}}});
  Measure affiliated = measure("affiliation", TieEnd::kFrom), reported = measure("report", TieEnd::kFrom);
  affiliated.ever = reported.ever = true;
  add("count.ever", people, CountBounds{affiliated, {one_at_least}, {}, {reported}});
  Measure ever_distinct = FullMembers();
  ever_distinct.ever = true;
  add("count.ever-distinct", orgs, CountBounds{ever_distinct, {{Comparator::kAtMost, {4, ""}}}, {}});
  Measure households;
  households.fact = "households";
  add("count.fact", communities,
      CountBounds{households, {{Comparator::kAtLeast, {300, ""}}, {Comparator::kAtMost, {500, ""}}}, {}});
  Domain gone = orgs;
  gone.live = false;
  gone.gone = true;
  add("count.gone", gone,
      CountBounds{measure("affiliation", TieEnd::kTo), {none}, {}, {measure("appointment", TieEnd::kTo)}});

  Measure temporary = measure("affiliation", TieEnd::kFrom), joined;
  temporary.manners = {"temporary"};
  joined.fact = "joined_on";
  add("duration.tie", people, Duration{temporary, {6, ""}, Period::kMonths});
  add("duration.fact", {{"person"}, {}, {}, false, {"probationary"}, false}, Duration{joined, {1, ""}, Period::kYears});

  const Measure secretary = PostsFrom({"secretary"}, {"party_branch", "party_committee"}),
                director = PostsFrom({"director"}, {});
  add("pair.excludes", people, TiePair{secretary, {director}, PairRelation::kExcludes, PairPlace::kSameCommunity, ""});
  add("pair.excludes-anywhere", people,
      TiePair{PostsFrom({}, {"party_branch"}),
              {PostsFrom({}, {"employer"}), measure("residence", TieEnd::kFrom)},
              PairRelation::kExcludes,
              PairPlace::kAnywhere,
              ""});
  add("pair.requires", people,
      TiePair{measure("report", TieEnd::kFrom),
              {measure("residence", TieEnd::kFrom)},
              PairRelation::kRequires,
              PairPlace::kSameCommunity,
              ""});
  add("pair.requires-node", people,
      TiePair{secretary, {measure("affiliation", TieEnd::kFrom)}, PairRelation::kRequires, PairPlace::kSameNode, ""});
  add("pair.through", people,
      TiePair{secretary, {PostsFrom({}, {})}, PairRelation::kExcludes, PairPlace::kSameCommunity, "recusal"});
  add("pair.orgs", orgs,
      TiePair{measure("seat", TieEnd::kFrom),
              {measure("report", TieEnd::kFrom)},
              PairRelation::kRequires,
              PairPlace::kSameCommunity,
              ""});

  add("shift.extension", orgs, TermShift{TermShiftKind::kExtension, {1, ""}});
  add("shift.early", orgs, TermShift{TermShiftKind::kEarlyElection, {1, ""}});
  add("shift.late", orgs, TermShift{TermShiftKind::kLateElection, {1, ""}});
  add("term.by-posts", orgs, TermLength{{{{}, TermPlace::kAnywhere, {4, ""}}}, {"director"}, true});

  Rule& elected = add("dated.election", orgs, CountBounds{Committee(), {one_at_least}, {}});
  elected.in_force.from = base::Date::Parse("2020-01-01").value();
  elected.governing_day = GoverningDay::kElection;
  add("dated.before", orgs, CountBounds{measure("seat", TieEnd::kFrom), {one_at_least}, {}}).in_force.to =
      base::Date::Parse("2022-07-01").value();
  add("dated.after", orgs, CountBounds{measure("seat", TieEnd::kFrom), {one_at_most}, {}}).in_force.from =
      base::Date::Parse("2022-07-01").value();
  Rule& off = add("off.parameter", people,
                  CountBounds{measure("appointment", TieEnd::kFrom), {{Comparator::kAtMost, {0, "posts.max"}}}, {}});
  off.off = true;
  Parameter most;
  most.name = "posts.max";
  most.type = ParameterType::kCount;
  most.override_ = Override::kReplace;
  off.parameters = {most};
  return records;
}

inline const rules::RuleSet& RulesOfAllShapes() {
  static const rules::RuleSet* const kRules =
      new rules::RuleSet(rules::RuleSet::Create(RecordsOfAllShapes(), FrozenModel()).value());
  return *kRules;
}

}  // namespace jiceng::testing

#endif  // JICENG_TESTS_RULES_FROZEN_SHAPES_H_
