#include "rules/day.h"

#include <algorithm>
#include <tuple>

namespace jiceng::rules {

using model::Fact;
using model::NodeKind;
using model::NodeNumber;

namespace {

uint8_t Pack(int32_t status, int32_t in_service) {
  const bool said = status >= 0 && status <= static_cast<int32_t>(model::PartyStatus::kFull);
  return static_cast<uint8_t>((said ? status : kStatusUnsaid) | (in_service == 1 ? 4 : 0));
}

}  // namespace

std::vector<int32_t> FactsOn(const graph::Snapshot& snapshot, NodeKind kind, Fact fact, base::Date date) {
  const uint32_t count = snapshot.Count(kind);
  std::vector<int32_t> values(count);
  if (snapshot.delta_rows() != 0) {
    for (uint32_t i = 0; i < count; ++i) values[i] = snapshot.FactAt(NodeNumber(kind, i), fact, date);
    return values;
  }
  // Straight from the columns; the few values that change over time lie together, in order, so no search either.
  const graph::FactColumn& column = snapshot.base().Fact(kind, fact);
  if (!column.narrow.empty()) {
    std::transform(column.narrow.begin(), column.narrow.end(), values.begin(), [](uint8_t value) {
      return value < graph::FactColumn::kNarrowDated ? int32_t{value} : model::kNoValue;
    });
  } else {
    std::transform(column.wide.begin(), column.wide.end(), values.begin(),
                   [](int32_t value) { return value == graph::FactColumn::kWideDated ? model::kNoValue : value; });
  }
  for (size_t d = 0; d < column.dated.size(); ++d) {
    if (column.dated[d] >= count) continue;
    const size_t last = std::min<size_t>(column.steps[d + 1], column.step_from.size());
    int32_t value = model::kNoValue;
    for (size_t s = column.steps[d]; s < last && column.step_from[s] <= date.days(); ++s) value = column.step_value[s];
    values[column.dated[d]] = value;
  }
  return values;
}

void Day::LoadPeople() {
  const std::vector<int32_t> status = FactsOn(snapshot_, NodeKind::kPerson, Fact::kPartyStatus, date_);
  const std::vector<int32_t> in_service = FactsOn(snapshot_, NodeKind::kPerson, Fact::kInService, date_);
  people_.resize(status.size());
  for (size_t i = 0; i < status.size(); ++i) people_[i] = Pack(status[i], in_service[i]);
}

uint8_t Day::ReadPerson(uint32_t person) const {
  const NodeNumber node(NodeKind::kPerson, person);
  return Pack(snapshot_.FactAt(node, Fact::kPartyStatus, date_), snapshot_.FactAt(node, Fact::kInService, date_));
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
  snapshot_.ForEachTerm([&](const model::TermRow& term) {
    if (term.org == org) ConsiderTerm(term);
  });
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
