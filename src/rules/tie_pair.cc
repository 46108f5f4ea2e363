// Shape: of one node's ties the first kind excludes, or requires, the second.
#include <algorithm>

#include "base/sorted.h"
#include "rules/judge.h"
#include "rules/open_ties.h"

namespace jiceng::rules {
namespace {

using base::Date;
using model::NodeKind;
using model::NodeNumber;
using model::Tie;
using model::TieKind;

class TiePairJudge : public Judge {
 public:
  TiePairJudge(const Case& c, const BoundTiePair& shape)
      : c_(c), shape_(shape), seats_(c.day.snapshot(), TieKind::kSeat, c.day.date()) {}

  // Who has both ties, or the first without a second that leads to its place.  Of several second ties one place is kept,
  // and where ties are linked through others everybody who is linked: some are suspected in vain.
  std::optional<std::vector<uint32_t>> Suspects(NodeKind kind) override {
    const graph::Snapshot& snapshot = c_.day.snapshot();
    const uint32_t count = snapshot.Count(kind);
    std::vector<uint32_t> suspects;
    const auto suspect = [&](NodeNumber node) {
      if (node.kind() == kind && node.ordinal() < count && FactsFit(c_, node)) suspects.push_back(node.ordinal());
    };
    if (shape_.through != TieKind::kNone) {
      OpenTies(snapshot, shape_.through, c_.day.date()).ForEach([&](const OpenTie& link) {
        suspect(link.from);
        suspect(link.to);
      });
    } else {
      const bool excludes = shape_.relation == PairRelation::kExcludes;
      std::vector<uint32_t> leads_to(count, kNone);
      for (const BoundMeasure& measure : shape_.second) {
        ForEachOf(measure, [&](const OpenTie& tie) {
          if (tie.from.kind() != kind || tie.from.ordinal() >= count) return;
          const uint32_t place = excludes ? kAnyPlace : OnePlace(tie.to);
          if (place != kNone) leads_to[tie.from.ordinal()] = place;
        });
      }
      ForEachOf(shape_.first, [&](const OpenTie& tie) {
        if (tie.from.kind() != kind || tie.from.ordinal() >= count) return;
        const uint32_t second = leads_to[tie.from.ordinal()];
        if (excludes ? second != kNone : second == kNone || second != OnePlace(tie.to)) suspect(tie.from);
      });
    }
    base::SortUnique(&suspects);
    return suspects;
  }

  Finding Run(NodeNumber node) override {
    Finding finding = c_.Blank(node);
    std::vector<Pair> broken, kept;
    const std::vector<NodeNumber> holders = Holders(node);
    for (const Tie& first : CountedTies(c_.day, shape_.first, node)) {
      const std::vector<uint32_t> places = Places(first.to);
      if (places.empty()) continue;
      Pair pair{first, Second(first, holders, places)};
      const bool breaks = pair.second.has_value() == (shape_.relation == PairRelation::kExcludes);
      (breaks ? broken : kept).push_back(pair);
    }
    if (broken.empty() && kept.empty()) {
      c_.Decide(Status::kNotApplicable, MessageCase::kNotApplicable, &finding);
      return finding;
    }
    const bool met = broken.empty();
    const std::vector<Pair>& told = met ? kept : broken;
    finding.value = static_cast<int64_t>(broken.size());
    if (!met) {
      finding.object = broken.front().first.to;
      const auto& second = broken.front().second;
      if (second.has_value()) finding.since = std::max(broken.front().first.valid.from, second->valid.from);
    }
    if (c_.explain) {
      for (size_t i = 0; i < std::min(told.size(), kMostTies); ++i) Tell(told[i]);
    }
    c_.Decide(met ? Status::kMet : Status::kUnmet, met ? MessageCase::kMet : MessageCase::kUnmet, &finding);
    return finding;
  }

 private:
  struct Pair {
    Tie first;
    std::optional<Tie> second;
  };
  static constexpr uint32_t kAnyPlace = 0;  // no node has this number, and no place but this is asked for

  template <typename Visit>
  void ForEachOf(const BoundMeasure& measure, Visit visit) const {
    OpenTies(c_.day.snapshot(), measure.kind, c_.day.date()).ForEach([&](const OpenTie& tie) {
      if (Qualifies(measure, tie, c_.day)) visit(tie);
    });
  }

  // Whose second ties count: the node's own, or those of whom it is linked to.
  std::vector<NodeNumber> Holders(NodeNumber node) const {
    if (shape_.through == TieKind::kNone) return {node};
    std::vector<NodeNumber> holders;
    const graph::Snapshot& snapshot = c_.day.snapshot();
    snapshot.ForEachOpenFrom(shape_.through, node, c_.day.date(), [&](const Tie& tie) { holders.push_back(tie.to); });
    snapshot.ForEachOpenTo(shape_.through, node, c_.day.date(), [&](const Tie& tie) { holders.push_back(tie.from); });
    base::SortUnique(&holders);
    return holders;
  }

  // By what the other end of a tie is compared, each as a number; none where the tie is not judged.
  std::vector<uint32_t> Places(NodeNumber node) const {
    std::vector<uint32_t> places;
    ForEachPlace(node, [&](uint32_t place) { places.push_back(place); });
    return places;
  }
  uint32_t OnePlace(NodeNumber node) const {
    uint32_t one = kNone;
    ForEachPlace(node, [&](uint32_t place) { one = place; });
    return one;
  }
  template <typename Visit>
  void ForEachPlace(NodeNumber node, Visit visit) const {
    if (shape_.place == PairPlace::kAnywhere) return visit(kAnyPlace);
    if (shape_.place == PairPlace::kSameNode) return visit(node.bits());
    const auto visit_unit = [&](NodeNumber unit) {
      const uint32_t community = unit.kind() == NodeKind::kUnit ? c_.day.Community(unit.ordinal()) : kNone;
      if (community != kNone) visit(NodeNumber(NodeKind::kUnit, community).bits());
    };
    if (node.kind() == NodeKind::kUnit) return visit_unit(node);
    if (node.kind() == NodeKind::kOrganization)
      seats_.ForEachFrom(node, [&](const OpenTie& seat) { visit_unit(seat.to); });
  }

  // The first one by key that leads to one of the places.
  std::optional<Tie> Second(const Tie& first, const std::vector<NodeNumber>& holders,
                            const std::vector<uint32_t>& places) const {
    std::optional<Tie> found;
    for (const NodeNumber holder : holders) {
      for (const BoundMeasure& measure : shape_.second) {
        c_.day.snapshot().ForEachOpenFrom(measure.kind, holder, c_.day.date(), [&](const Tie& tie) {
          if (!Qualifies(measure, tie, c_.day) || tie.key() == first.key()) return;
          bool there = false;
          ForEachPlace(tie.to, [&](uint32_t place) {
            there = there || std::find(places.begin(), places.end(), place) != places.end();
          });
          if (there && (!found.has_value() || tie.key() < found->key())) found = tie;
        });
      }
    }
    return found;
  }

  void Tell(const Pair& pair) const {
    c_.TellTie(pair.first);
    if (pair.second.has_value()) return c_.TellTie(*pair.second);
    if (shape_.relation == PairRelation::kExcludes) return;
    Evidence missing;
    missing.kind = Evidence::kMissingTie;
    missing.node = pair.first.from;
    missing.value = 1;
    missing.tie.kind = shape_.second.front().kind;
    missing.tie.from = pair.first.from;
    if (shape_.place == PairPlace::kSameNode) missing.tie.to = pair.first.to;
    c_.Tell(missing);
  }

  const Case& c_;
  const BoundTiePair& shape_;
  const OpenTies seats_;
};

}  // namespace

std::unique_ptr<Judge> MakeTiePairJudge(const Case& c, const BoundTiePair& shape) {
  return std::make_unique<TiePairJudge>(c, shape);
}

}  // namespace jiceng::rules
