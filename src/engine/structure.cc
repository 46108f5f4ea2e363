#include "engine/structure.h"

#include <algorithm>
#include <map>
#include <set>

namespace jiceng::engine {
namespace {

using base::Validity;
using model::Fact;
using model::FactTimeline;
using model::NodeKind;
using model::NodeNumber;
using model::Tie;
using model::TieKind;

constexpr int kDeepest = 64;

// What parents and seats are read from: the draft, or the snapshot before it.
class Ledger {
 public:
  Ledger(const Draft& draft, bool before) : draft_(draft), before_(before) {}

  bool Has(NodeNumber node) const {
    return before_ ? draft_.before().In(node) && !draft_.before().Withdrawn(node)
                   : draft_.In(node) && !draft_.Withdrawn(node);
  }
  Validity Life(NodeNumber node) const { return before_ ? draft_.before().Life(node) : draft_.Life(node); }
  FactTimeline Timeline(NodeNumber node, Fact fact) const {
    return before_ ? draft_.before().FactTimeline(node, fact) : draft_.Timeline(node, fact);
  }
  // Calls visit(window, is a Party organisation, kind) for each stretch of `window` in which the organisation has one
  // kind.
  template <typename Visit>
  void ForEachKind(NodeNumber org, Validity window, Visit visit) const {
    Timeline(org, Fact::kOrgKind).ForEach([&](Validity valid, int32_t kind) {
      const Validity part = window.Intersect(valid);
      if (!part.IsEmpty()) visit(part, draft_.catalogue().IsParty(kind), kind);
    });
  }
  template <typename Visit>
  void ForEachReference(NodeNumber node, Fact fact, Validity window, Visit visit) const {
    Timeline(node, fact).ForEach([&](Validity valid, int32_t bits) {
      const Validity part = window.Intersect(valid);
      if (!part.IsEmpty()) visit(part, NodeNumber::FromBits(static_cast<uint32_t>(bits)));
    });
  }
  const model::Catalogue& catalogue() const { return draft_.catalogue(); }

 private:
  const Draft& draft_;
  const bool before_;
};

// Collects ties, clipped to the lifetimes of both ends; neighbouring stretches of one tie are joined.
class Ties {
 public:
  Ties(const Ledger& ledger, std::vector<Tie>* out) : ledger_(ledger), out_(out) {}

  void Add(TieKind kind, NodeNumber from, NodeNumber to, Validity window) {
    if (from == to || !ledger_.Has(from) || !ledger_.Has(to)) return;
    const Validity valid = window.Intersect(ledger_.Life(from)).Intersect(ledger_.Life(to));
    if (valid.IsEmpty()) return;
    for (Tie& tie : *out_) {
      if (tie.kind == kind && tie.from == from && tie.to == to && tie.valid.to == valid.from) {
        tie.valid.to = valid.to;
        return;
      }
    }
    Tie tie;
    tie.kind = kind;
    tie.from = from;
    tie.to = to;
    tie.valid = valid;
    out_->push_back(tie);
  }

 private:
  const Ledger& ledger_;
  std::vector<Tie>* out_;
};

// party_line from `org` to the nearest Party organisations above `body`, which is not one on `window`.
void AddPartyLine(const Ledger& ledger, NodeNumber org, NodeNumber body, Validity window, int depth, Ties* ties) {
  if (depth > kDeepest || !ledger.Has(body)) return;
  ledger.ForEachReference(body, Fact::kOrgParent, window, [&](Validity part, NodeNumber parent) {
    if (!ledger.Has(parent)) return;
    ledger.ForEachKind(parent, part, [&](Validity stretch, bool party, int32_t) {
      if (party) {
        ties->Add(TieKind::kPartyLine, org, parent, stretch);
      } else {
        AddPartyLine(ledger, org, parent, stretch, depth + 1, ties);
      }
    });
  });
}

void AddParentTies(const Ledger& ledger, NodeNumber org, Ties* ties) {
  ledger.ForEachReference(org, Fact::kOrgParent, {}, [&](Validity window, NodeNumber parent) {
    if (!ledger.Has(parent)) return;
    ledger.ForEachKind(org, window, [&](Validity own, bool party, int32_t kind) {
      ledger.ForEachKind(parent, own, [&](Validity both, bool parent_party, int32_t) {
        if (party && parent_party) {
          ties->Add(TieKind::kPartyLine, org, parent, both);
        } else if (party) {
          ties->Add(TieKind::kCovers, org, parent, both);
          AddPartyLine(ledger, org, parent, both, 0, ties);
        } else if (parent_party) {
          ties->Add(TieKind::kCovers, parent, org, both);
        } else {
          const model::OrgKind* record = ledger.catalogue().FindOrgKind(kind);
          const bool guided = record != nullptr && record->guided;
          ties->Add(guided ? TieKind::kGuidance : TieKind::kAdminLine, org, parent, both);
        }
      });
    });
  });
}

std::vector<Tie> Derive(const Ledger& ledger, NodeNumber node) {
  std::vector<Tie> out;
  if (!ledger.Has(node)) return out;
  Ties ties(ledger, &out);
  if (node.kind() == NodeKind::kUnit) {
    ledger.ForEachReference(node, Fact::kUnitParent, {}, [&](Validity window, NodeNumber parent) {
      ties.Add(TieKind::kTerritory, node, parent, window);
    });
  } else if (node.kind() == NodeKind::kOrganization) {
    AddParentTies(ledger, node, &ties);
    ledger.ForEachReference(node, Fact::kOrgSeat, {},
                            [&](Validity window, NodeNumber unit) { ties.Add(TieKind::kSeat, node, unit, window); });
  }
  return out;
}

// Everything whose ties may follow from a change of `changed`: units and organisations that name one of them as parent
// or seat, and, through bodies that are not Party organisations, whoever has their nearest Party ancestor above.
std::vector<NodeNumber> Affected(const Draft& draft, const std::vector<NodeNumber>& changed) {
  std::set<NodeNumber> affected(changed.begin(), changed.end());
  const bool any_old = std::any_of(changed.begin(), changed.end(), [&](NodeNumber n) { return !draft.IsNew(n); });
  if (any_old) {
    std::multimap<NodeNumber, NodeNumber> dependants;
    const auto collect = [&](NodeKind kind, Fact fact) {
      for (uint32_t i = 0; i < draft.Count(kind); ++i) {
        const NodeNumber node(kind, i);
        draft.Timeline(node, fact).ForEach([&](Validity, int32_t bits) {
          dependants.emplace(NodeNumber::FromBits(static_cast<uint32_t>(bits)), node);
        });
      }
    };
    collect(NodeKind::kUnit, Fact::kUnitParent);
    collect(NodeKind::kOrganization, Fact::kOrgParent);
    collect(NodeKind::kOrganization, Fact::kOrgSeat);
    std::vector<NodeNumber> queue(changed.begin(), changed.end());
    while (!queue.empty()) {
      const NodeNumber node = queue.back();
      queue.pop_back();
      const auto [first, last] = dependants.equal_range(node);
      for (auto it = first; it != last; ++it) {
        const bool fresh = affected.insert(it->second).second;
        // What hangs below a body that is no Party organisation may have its Party ancestor above it; below a Party
        // organisation nothing more follows.
        if (fresh && it->second.kind() == NodeKind::kOrganization &&
            !draft.catalogue().IsParty(draft.Timeline(it->second, Fact::kOrgKind).Last())) {
          queue.push_back(it->second);
        }
      }
    }
  }
  return {affected.begin(), affected.end()};
}

}  // namespace

std::vector<Tie> DerivedTies(const Draft& draft, NodeNumber node) { return Derive(Ledger(draft, false), node); }

void DeriveStructure(Draft* draft, const std::function<Origin(NodeNumber)>& origin_of) {
  const std::vector<NodeNumber> changed(draft->touched().begin(), draft->touched().end());
  const Ledger before(*draft, true), after(*draft, false);
  for (NodeNumber node : Affected(*draft, changed)) {
    const Origin origin = origin_of(node);
    const std::vector<Tie> wanted = Derive(after, node);
    if (!draft->IsNew(node)) {
      for (const Tie& old : Derive(before, node)) {
        const bool kept = std::any_of(wanted.begin(), wanted.end(), [&](const Tie& t) { return t.key() == old.key(); });
        if (!kept) draft->WithdrawTie(old, origin);
      }
    }
    for (const Tie& tie : wanted) draft->PutTie(tie, {}, origin);
  }
}

}  // namespace jiceng::engine
