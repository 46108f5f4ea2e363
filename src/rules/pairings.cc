#include "rules/pairings.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "rules/day.h"
#include "rules/open_ties.h"
#include "rules/scope.h"

namespace jiceng::rules {

using model::NodeKind;
using model::NodeNumber;
using model::TieKind;

const char* PairingTierName(PairingTier tier) {
  constexpr const char* kNames[] = {"", "same_alliance", "other_alliance", "outside_system", "outside_area"};
  return kNames[static_cast<int>(tier)];
}

std::vector<Pairing> Pairings(const graph::Snapshot& snapshot, Root root, base::Date date) {
  const Day day(snapshot, date);
  Scope scope(day, root);
  std::vector<uint32_t> inside;
  if (root.has_value()) inside = scope.Nodes(NodeKind::kOrganization);
  const auto is_inside = [&](NodeNumber org) {
    return !root.has_value() || std::binary_search(inside.begin(), inside.end(), org.ordinal());
  };
  const OpenTies memberships(snapshot, TieKind::kAlliance, date);
  const auto alliances_of = [&](NodeNumber org) {
    std::vector<NodeNumber> alliances;
    memberships.ForEachFrom(org, [&](const OpenTie& tie) { alliances.push_back(tie.to); });
    std::sort(alliances.begin(), alliances.end());
    return alliances;
  };
  const auto tier_of = [&](NodeNumber a, NodeNumber b) {
    if (!is_inside(a) || !is_inside(b)) return PairingTier::kOutsideArea;
    const std::vector<NodeNumber> of_a = alliances_of(a), of_b = alliances_of(b);
    if (of_a.empty() || of_b.empty()) return PairingTier::kOutsideSystem;
    std::vector<NodeNumber> common;
    std::set_intersection(of_a.begin(), of_a.end(), of_b.begin(), of_b.end(), std::back_inserter(common));
    return common.empty() ? PairingTier::kOtherAlliance : PairingTier::kSameAlliance;
  };

  std::vector<std::pair<std::tuple<std::string, std::string, base::Date>, Pairing>> keyed;
  OpenTies(snapshot, TieKind::kPairing, date).ForEach([&](const OpenTie& tie) {
    if (!is_inside(tie.from) && !is_inside(tie.to)) return;
    std::string from = snapshot.Text(tie.from), to = snapshot.Text(tie.to);
    Pairing pairing{tie.from, tie.to, tier_of(tie.from, tie.to), tie.since};
    if (to < from) {
      std::swap(from, to);
      std::swap(pairing.a, pairing.b);
    }
    keyed.emplace_back(std::tuple(std::move(from), std::move(to), tie.since), pairing);
  });
  std::sort(keyed.begin(), keyed.end(), [](const auto& x, const auto& y) { return x.first < y.first; });
  std::vector<Pairing> pairings;
  pairings.reserve(keyed.size());
  for (const auto& [key, pairing] : keyed) pairings.push_back(pairing);
  return pairings;
}

}  // namespace jiceng::rules
