#include "rules/day.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace jiceng::rules {

using model::Fact;
using model::NodeKind;
using model::NodeNumber;

namespace {

// Puts pack(value) of one fact for every node of a kind through `put`, a void(size_t ordinal, T packed).
template <typename T, typename Pack, typename Put>
void PackFacts(const graph::Snapshot& snapshot, NodeKind kind, Fact fact, base::Date date, Pack pack, Put put) {
  // Straight from the columns; the few values that change over time lie together, in order, so no search either.
  const graph::FactColumn& column = snapshot.base().Fact(kind, fact);
  std::array<T, 256> packed;
  for (int32_t v = 0; v < 256; ++v) {
    packed[static_cast<size_t>(v)] = pack(v < graph::FactColumn::kNarrowDated ? v : model::kNoValue);
  }
  for (size_t i = 0; i < column.narrow.size(); ++i) put(i, packed[column.narrow[i]]);
  for (size_t i = 0; i < column.wide.size(); ++i) {
    put(i, pack(column.wide[i] == graph::FactColumn::kWideDated ? model::kNoValue : column.wide[i]));
  }
  for (size_t d = 0; d < column.dated.size(); ++d) {
    if (column.dated[d] >= column.narrow.size() + column.wide.size()) continue;
    const size_t last = std::min<size_t>(column.steps[d + 1], column.step_from.size());
    int32_t value = model::kNoValue;
    for (size_t s = column.steps[d]; s < last && column.step_from[s] <= date.days(); ++s) value = column.step_value[s];
    put(column.dated[d], pack(value));
  }
  // What has changed since the base, and what is new.
  if (snapshot.delta() == nullptr) return;
  for (uint32_t i = snapshot.base().Count(kind); i < snapshot.Count(kind); ++i) put(i, pack(model::kNoValue));
  snapshot.delta()->nodes.ForEach([&](NodeNumber node, const auto& state) {
    if (node.kind() == kind) put(node.ordinal(), pack(state->facts[static_cast<size_t>(fact)].At(date)));
  });
}

}  // namespace

std::vector<int32_t> FactsOn(const graph::Snapshot& snapshot, NodeKind kind, Fact fact, base::Date date) {
  std::vector<int32_t> values(snapshot.Count(kind));
  PackFacts<int32_t>(
      snapshot, kind, fact, date, [](int32_t value) { return value; },
      [to = values.data()](size_t i, int32_t value) { to[i] = value; });
  return values;
}

Day::Day(const graph::Snapshot& snapshot, base::Date date)
    : snapshot_(snapshot), date_(date), territory_(snapshot.TerritoryOn(date)) {
  status_ = snapshot.base().Fact(NodeKind::kPerson, Fact::kPartyStatus).narrow;
  in_service_ = snapshot.base().Fact(NodeKind::kPerson, Fact::kInService).narrow;
}

void Day::LoadPeople() {
  std::vector<uint8_t> people(snapshot_.Count(NodeKind::kPerson));
  uint8_t* const to = people.data();
  PackFacts<uint8_t>(
      snapshot_, NodeKind::kPerson, Fact::kPartyStatus, date_,
      [](int32_t value) { return static_cast<uint8_t>(PackStatus(value)); },
      [to](size_t i, uint8_t status) { to[i] = status; });
  PackFacts<uint8_t>(
      snapshot_, NodeKind::kPerson, Fact::kInService, date_,
      [](int32_t value) { return static_cast<uint8_t>(value == 1 ? 4 : 0); },
      [to](size_t i, uint8_t in_service) { to[i] = static_cast<uint8_t>((to[i] & 3) | in_service); });
  people_ = std::move(people);
}

void Day::LoadOrgKinds() { org_kinds_ = FactsOn(snapshot_, NodeKind::kOrganization, Fact::kOrgKind, date_); }

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
