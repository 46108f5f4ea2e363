#include "rules/day.h"

#include <tuple>
#include <utility>

#include "graph/facts_on.h"

namespace jiceng::rules {

using model::Fact;
using model::NodeKind;
using model::NodeNumber;

Day::Day(const graph::Snapshot& snapshot, base::Date date)
    : snapshot_(snapshot), date_(date), territory_(snapshot.TerritoryOn(date)) {
  status_ = snapshot.base().Fact(NodeKind::kPerson, Fact::kPartyStatus).narrow;
  in_service_ = snapshot.base().Fact(NodeKind::kPerson, Fact::kInService).narrow;
}

void Day::LoadPeople() {
  if (people_.size() == snapshot_.Count(NodeKind::kPerson)) return;
  std::vector<uint8_t> people(snapshot_.Count(NodeKind::kPerson));
  uint8_t* const to = people.data();
  graph::PackFacts<uint8_t>(
      snapshot_, NodeKind::kPerson, Fact::kPartyStatus, date_,
      [](int32_t value) { return static_cast<uint8_t>(PackStatus(value)); },
      [to](size_t i, uint8_t status) { to[i] = status; });
  graph::PackFacts<uint8_t>(
      snapshot_, NodeKind::kPerson, Fact::kInService, date_,
      [](int32_t value) { return static_cast<uint8_t>(value == 1 ? 4 : 0); },
      [to](size_t i, uint8_t in_service) { to[i] = static_cast<uint8_t>((to[i] & 3) | in_service); });
  people_ = std::move(people);
}

void Day::LoadOrgKinds() {
  if (org_kinds_.size() == snapshot_.Count(NodeKind::kOrganization)) return;
  org_kinds_ = graph::FactsOn(snapshot_, NodeKind::kOrganization, Fact::kOrgKind, date_);
}

void Day::ConsiderTerm(const model::TermRow& term) {
  if (term.elected_on > date_ || term.org.kind() != NodeKind::kOrganization) return;
  if (latest_term_.empty()) latest_term_.assign(snapshot_.Count(NodeKind::kOrganization), -1);
  if (term.org.ordinal() >= latest_term_.size()) return;
  int32_t& latest = latest_term_[term.org.ordinal()];
  if (latest >= 0) {
    model::TermRow& known = terms_[static_cast<size_t>(latest)];
    if (std::tie(known.elected_on, known.number) < std::tie(term.elected_on, term.number)) known = term;
    return;
  }
  latest = static_cast<int32_t>(terms_.size());
  terms_.push_back(term);
}

void Day::LoadTerms() {
  snapshot_.ForEachTerm([&](const model::TermRow& term) { ConsiderTerm(term); });
}

void Day::LoadTermsOf(NodeNumber org) {
  snapshot_.ForEachTermOf(org, [&](const model::TermRow& term) { ConsiderTerm(term); });
}

const model::TermRow* Day::LatestTerm(uint32_t org) const {
  if (org >= latest_term_.size() || latest_term_[org] < 0) return nullptr;
  return &terms_[static_cast<size_t>(latest_term_[org])];
}

base::Date Day::LastDay(const model::TermRow& term) {
  if (term.extended_to != base::Date::Forever()) return term.extended_to;
  if (term.ends_on != base::Date::Forever()) return term.ends_on;
  return term.years > 0 ? term.elected_on.AddYears(term.years) : base::Date::Forever();
}

}  // namespace jiceng::rules
