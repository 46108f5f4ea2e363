// A small catalogue for the tests of the rules, frozen: editing the real one never breaks them.
#ifndef JICENG_TESTS_RULES_FROZEN_CATALOGUE_H_
#define JICENG_TESTS_RULES_FROZEN_CATALOGUE_H_

#include <string>
#include <utility>
#include <vector>

#include "model/catalogue.h"
#include "rules/rule.h"

namespace jiceng::testing {

enum Kind : int32_t {
  kPartyCommittee = 10,
  kGeneralBranch = 30,
  kPartyBranch = 40,
  kTemporaryBranch = 70,
  kResidentsCommittee = 90,
  kOwnersCommittee = 130,
  kEmployer = 150,
};
enum Post : uint8_t {
  kSecretary = 1,
  kDeputySecretary = 2,
  kCommitteeMember = 3,
  kDirector = 5,
  kGridHead = 12,
  kGridWorker = 13
};

inline const model::Catalogue& FrozenModel() {
  static const model::Catalogue* const kModel = new model::Catalogue(
      model::Catalogue::Create({{kPartyCommittee, "party_committee", "党委", "", true, false, false},
                                {kGeneralBranch, "party_general_branch", "党总支", "", true, false, false},
                                {kPartyBranch, "party_branch", "党支部", "", true, true, false},
                                {kTemporaryBranch, "party_temporary_branch", "临时党支部", "", true, true, false},
                                {kResidentsCommittee, "residents_committee", "居民委员会", "", false, false, false},
                                {kOwnersCommittee, "owners_committee", "业主委员会", "", false, false, true},
                                {kEmployer, "employer", "单位", "", false, false, false}},
                               {{kSecretary, "secretary", "书记", ""},
                                {kDeputySecretary, "deputy_secretary", "副书记", ""},
                                {kCommitteeMember, "committee_member", "委员", ""},
                                {kDirector, "director", "主任", ""},
                                {kGridHead, "grid_head", "网格长", ""},
                                {kGridWorker, "grid_worker", "网格员", ""}})
          .value());
  return *kModel;
}

inline rules::Rule Named(std::string id, rules::Domain domain, rules::Shape shape) {
  rules::Rule rule;
  rule.id = id;
  rule.level = rules::Level::kMust;
  rule.title = {id + " 标题", id + " title"};
  rules::Citation citation;
  citation.document = "《试行条例》";
  citation.version = base::PartialDate::Parse("2018-10-28").value();
  citation.article = "Art. 4";
  citation.confidence = rules::Confidence::kVerifiedMirror;
  rule.citations.push_back(citation);
  rule.domain = std::move(domain);
  rule.shape = std::move(shape);
  return rule;
}

inline rules::Measure FullMembers() { return {"affiliation", rules::TieEnd::kTo, {}, {"formal"}, {"full"}, true}; }
inline rules::Measure Committee() {
  return {"appointment", rules::TieEnd::kTo, {"secretary", "deputy_secretary", "committee_member"}, {}, {}, true};
}
inline rules::Domain LiveBranches() { return {{"org"}, {"party_branch"}, {}, true, {}, false}; }

// The eight rules of the contract (design §8.1).
inline std::vector<rules::Rule> FrozenRecords() {
  using namespace rules;
  const Bound at_least_3{Comparator::kAtLeast, {3, ""}}, at_least_7{Comparator::kAtLeast, {7, ""}},
      at_most_7{Comparator::kAtMost, {7, ""}};
  const Measure members{"affiliation", TieEnd::kTo, {}, {"formal"}, {"full", "probationary"}, true};
  std::vector<Rule> records;
  records.push_back(Named("branch.min-members", LiveBranches(), CountBounds{FullMembers(), {at_least_3}, {}}));
  records.back().messages = {
      {MessageCase::kUnmet, {"有正式党员 {value} 人,还差 {missing} 人", "{value} full members; {missing} missing"}}};
  records.push_back(
      Named("branch.max-members", LiveBranches(), CountBounds{members, {{Comparator::kAtMost, {50, ""}}}, {}}));
  records.back().messages = {
      {MessageCase::kUnmet, {"党员 {value} 人,多 {excess} 人", "{value} members: {excess} more than {threshold}"}}};
  records.push_back(Named("branch.committee-required", LiveBranches(),
                          CountBounds{Committee(), {at_least_3}, {Condition{FullMembers(), at_least_7}}}));
  records.push_back(Named("branch.committee-size", LiveBranches(),
                          CountBounds{Committee(), {at_most_7}, {Condition{FullMembers(), at_least_7}}}));
  records.push_back(Named(
      "grid.head-vacant", {{"unit"}, {}, {"grid"}, true, {}, false},
      CountBounds{{"appointment", TieEnd::kTo, {"grid_head"}, {}, {}, false}, {{Comparator::kAtLeast, {1, ""}}}, {}}));
  const std::vector<std::string> branches = {"party_general_branch", "party_branch"};
  records.push_back(Named("term.expired", {{"org"}, {}, {}, false, {}, false},
                          TermLength{{{{"party_committee"}, TermPlace::kAnywhere, {5, ""}},
                                      {branches, TermPlace::kCommunityUnderParty, {5, ""}},
                                      {branches, TermPlace::kAnywhere, {3, ""}}},
                                     {"secretary"}}));
  records.back().messages = {
      {MessageCase::kUnmet, {"{last_day} 届满,逾期 {threshold} 天", "ended on {last_day}, {threshold} days ago"}},
      {MessageCase::kUnmetByTerm, {"最近一届 {last_day} 届满", "the latest term ended on {last_day}"}}};
  Deadline reported;  // filled in later: GCC 12 at -O3 takes the strings of an initialized one for unset
  reported.start_tie_kind = "residence";
  reported.days = {0, "report.deadline_days"};
  reported.required_tie_kind = "report";
  records.push_back(
      Named("report.member-unreported", {{"person"}, {}, {}, false, {"full", "probationary"}, true}, reported));
  Parameter days;
  days.name = "report.deadline_days";
  days.type = ParameterType::kCount;
  days.unit = "days";
  days.override_ = Override::kReplace;
  records.back().parameters = {days};
  records.back().messages = {
      {MessageCase::kUnmet, {"在 {object} 居住 {value} 天未报到", "{value} days in {object}, more than {threshold}"}}};
  records.push_back(
      Named("report.duplicate", {{"person", "org"}, {}, {}, false, {}, false}, Uniqueness{"report", {1, ""}}));
  return records;
}

inline const rules::RuleSet& FrozenRules() {
  static const rules::RuleSet* const kRules =
      new rules::RuleSet(rules::RuleSet::Create(FrozenRecords(), FrozenModel()).value());
  return *kRules;
}

}  // namespace jiceng::testing

#endif  // JICENG_TESTS_RULES_FROZEN_CATALOGUE_H_
