// Where a node lies, straight from the words of policy.md: node by node, with nothing shared but the records.
#ifndef JICENG_TESTS_RULES_PLACE_BY_WORDS_H_
#define JICENG_TESTS_RULES_PLACE_BY_WORDS_H_

#include <algorithm>
#include <string>
#include <vector>

#include "graph/snapshot.h"
#include "rules/rule.h"
#include "tests/rules/frozen_catalogue.h"

namespace jiceng::testing {

// The units from a place up, by the ties of the day alone.
inline std::vector<model::NodeNumber> Above(const graph::Snapshot& s, model::NodeNumber place, base::Date day) {
  std::vector<model::NodeNumber> way;
  while (place && s.Exists(place, day)) {
    way.push_back(place);
    model::NodeNumber next;
    s.ForEachTie(model::TieKind::kTerritory, [&](const model::Tie& tie) {
      if (tie.from == way.back() && tie.valid.Holds(day)) next = tie.to;
    });
    place = next;
  }
  return way;
}

inline std::vector<model::NodeNumber> Seats(const graph::Snapshot& s, model::NodeNumber org, base::Date day) {
  std::vector<model::NodeNumber> units;
  s.ForEachTie(model::TieKind::kSeat, [&](const model::Tie& tie) {
    if (tie.from == org && tie.valid.Holds(day)) units.push_back(tie.to);
  });
  return units;
}

// Which ties of a person the rule looks at first, by its record.
inline void LookedAt(const rules::Rule& rule, std::string* kind, rules::Measure* filter) {
  if (const auto* c = std::get_if<rules::CountBounds>(&rule.shape)) *filter = c->measure;
  if (const auto* d = std::get_if<rules::Duration>(&rule.shape)) *filter = d->start;
  if (const auto* p = std::get_if<rules::TiePair>(&rule.shape)) *filter = p->first;
  *kind = filter->end == rules::TieEnd::kFrom ? filter->tie_kind : "";
  if (const auto* d = std::get_if<rules::Deadline>(&rule.shape)) *kind = d->start_tie_kind;
  if (const auto* u = std::get_if<rules::Uniqueness>(&rule.shape)) *kind = u->tie_kind;
}

inline bool Among(const std::vector<std::string>& words, const std::string& word) {
  return words.empty() || std::find(words.begin(), words.end(), word) != words.end();
}

inline model::NodeNumber PlaceByWords(const graph::Snapshot& s, const rules::Rule& rule, model::NodeNumber node,
                                      base::Date day) {
  if (node.kind() == model::NodeKind::kUnit) return node;
  std::vector<model::NodeNumber> units;
  if (node.kind() == model::NodeKind::kOrganization) units = Seats(s, node, day);
  if (node.kind() == model::NodeKind::kPerson) {
    std::string kind;
    rules::Measure filter;
    LookedAt(rule, &kind, &filter);
    const auto fits = [&](const model::Tie& tie) {
      if (filter.ever ? day < tie.valid.from : !tie.valid.Holds(day)) return false;
      const model::Role* role = tie.role == 0 ? nullptr : FrozenModel().FindRole(tie.role);
      if (!Among(filter.roles, role == nullptr ? "" : role->id)) return false;
      if (!filter.manners.empty() && !Among(filter.manners, model::MannerName(tie.kind, tie.manner))) return false;
      if (!filter.org_kinds.empty() || !filter.unit_levels.empty()) {
        if (tie.to.kind() == model::NodeKind::kOrganization) {
          const model::OrgKind* org = FrozenModel().FindOrgKind(s.FactAt(tie.to, model::Fact::kOrgKind, day));
          return !filter.org_kinds.empty() && org != nullptr && Among(filter.org_kinds, org->id);
        }
        const auto level = static_cast<model::Level>(s.FactAt(tie.to, model::Fact::kLevel, day));
        return !filter.unit_levels.empty() && Among(filter.unit_levels, model::LevelName(level));
      }
      return true;
    };
    if (!kind.empty()) {
      s.ForEachTie(model::TieKindFromName(kind), [&](const model::Tie& tie) {
        if (tie.from != node || !fits(tie)) return;
        if (tie.to.kind() == model::NodeKind::kUnit) units.push_back(tie.to);
        if (tie.to.kind() == model::NodeKind::kOrganization) {
          for (const model::NodeNumber unit : Seats(s, tie.to, day)) units.push_back(unit);
        }
      });
    }
    if (units.empty()) {
      s.ForEachTie(model::TieKind::kResidence, [&](const model::Tie& tie) {
        if (tie.from == node && tie.valid.Holds(day)) units.push_back(tie.to);
      });
    }
  }
  const auto smaller = [&](model::NodeNumber a, model::NodeNumber b) { return s.Text(a) < s.Text(b); };
  return units.empty() ? model::NodeNumber() : *std::min_element(units.begin(), units.end(), smaller);
}

template <typename Visit>
void ForEachNode(const graph::Snapshot& s, Visit visit) {
  for (int k = 1; k < model::kNodeKinds; ++k) {
    const auto kind = static_cast<model::NodeKind>(k);
    for (uint32_t i = 0; i < s.Count(kind); ++i) visit(model::NodeNumber(kind, i));
  }
}

}  // namespace jiceng::testing

#endif  // JICENG_TESTS_RULES_PLACE_BY_WORDS_H_
