// The tree: units by territory, organisations by seat and party_line, members at or below each.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "base/sorted.h"
#include "engine/describe.h"
#include "graph/territory.h"
#include "rules/text_order.h"

namespace jiceng::engine {
namespace {

using base::Date;
using model::Fact;
using model::NodeKind;
using model::NodeNumber;
using model::Tie;
using model::TieKind;

// Lays the rows out.  In a tree of units an organisation stands on its unit or below its Party superior there, so
// everyone in it stands once (with two seats, twice); below an organisation at the root stand all on its party_line,
// wherever they are seated.
class Layout {
 public:
  Layout(const graph::Snapshot& graph, Date day, int32_t max_depth, bool units_only)
      : graph_(graph), day_(day), territory_(graph.TerritoryOn(day)), max_depth_(max_depth), units_only_(units_only) {}

  void FromTheTop() {
    std::vector<NodeNumber> units, orgs;
    for (const uint32_t unit : territory_->order()) {
      if (territory_->Parent(unit) == graph::Territory::kNone) units.push_back(NodeNumber(NodeKind::kUnit, unit));
    }
    for (const NodeNumber unit : Sorted(std::move(units))) AddUnit(unit, 0);
    if (units_only_) return;
    for (uint32_t i = 0; i < graph_.Count(NodeKind::kOrganization); ++i) {
      const NodeNumber org(NodeKind::kOrganization, i);
      if (graph_.Exists(org, day_) && Ends(TieKind::kSeat, org).empty() && Ends(TieKind::kPartyLine, org).empty())
        orgs.push_back(org);
    }
    for (const NodeNumber org : Sorted(std::move(orgs))) AddOrg(org, NodeNumber(), 0);
  }

  void From(NodeNumber root) {
    if (root.kind() == NodeKind::kUnit) {
      AddUnit(root, 0);
    } else if (root.kind() == NodeKind::kOrganization) {
      wherever_seated_ = true;
      AddOrg(root, NodeNumber(), 0);
    } else {
      Add(root, 0);
    }
  }

  std::vector<TreeRow> Take() { return std::move(rows_); }

 private:
  bool Below(int32_t depth) const { return max_depth_ <= 0 || depth < max_depth_; }

  void Add(NodeNumber node, int32_t depth) {
    TreeRow row;
    row.depth = depth;
    row.node = node;
    rows_.push_back(row);
  }

  std::vector<NodeNumber> Sorted(std::vector<NodeNumber> nodes) const {
    base::SortUnique(&nodes);
    std::vector<NodeNumber> sorted;
    sorted.reserve(nodes.size());
    for (const uint32_t i : rules::TextOrder(graph_, nodes)) sorted.push_back(nodes[i]);
    return sorted;
  }

  std::vector<NodeNumber> Ends(TieKind kind, NodeNumber from) const {
    std::vector<NodeNumber> ends;
    graph_.ForEachOpenFrom(kind, from, day_, [&](const Tie& tie) { ends.push_back(tie.to); });
    return ends;
  }

  bool SeatedOn(NodeNumber org, NodeNumber unit) const {
    bool found = false;
    graph_.ForEachOpenFrom(TieKind::kSeat, org, day_, [&](const Tie& tie) { found = found || tie.to == unit; });
    return found;
  }

  void AddUnit(NodeNumber unit, int32_t depth) {
    Add(unit, depth);
    if (!Below(depth)) return;
    if (!units_only_) {
      std::vector<NodeNumber> orgs;
      graph_.ForEachOpenTo(TieKind::kSeat, unit, day_, [&](const Tie& tie) {
        if (!graph_.Exists(tie.from, day_)) return;
        const std::vector<NodeNumber> superiors = Ends(TieKind::kPartyLine, tie.from);
        const bool hangs_below = std::any_of(superiors.begin(), superiors.end(), [&](NodeNumber org) {
          return graph_.Exists(org, day_) && SeatedOn(org, unit);
        });
        if (!hangs_below) orgs.push_back(tie.from);
      });
      for (const NodeNumber org : Sorted(std::move(orgs))) AddOrg(org, unit, depth + 1);
    }
    std::vector<NodeNumber> units;
    graph_.ForEachOpenTo(TieKind::kTerritory, unit, day_, [&](const Tie& tie) {
      if (territory_->Exists(tie.from.ordinal()) && territory_->Parent(tie.from.ordinal()) == unit.ordinal())
        units.push_back(tie.from);
    });
    for (const NodeNumber below : Sorted(std::move(units))) AddUnit(below, depth + 1);
  }

  // `unit` is where the organisation stands in a tree of units; no node for one without a seat.
  void AddOrg(NodeNumber org, NodeNumber unit, int32_t depth) {
    Add(org, depth);
    if (!Below(depth) || depth > kDeepest) return;
    std::vector<NodeNumber> below;
    graph_.ForEachOpenTo(TieKind::kPartyLine, org, day_, [&](const Tie& tie) {
      if (!graph_.Exists(tie.from, day_)) return;
      const bool here =
          wherever_seated_ || (unit && SeatedOn(tie.from, unit)) || Ends(TieKind::kSeat, tie.from).empty();
      if (here) below.push_back(tie.from);
    });
    for (const NodeNumber subordinate : Sorted(std::move(below))) AddOrg(subordinate, unit, depth + 1);
  }

  static constexpr int32_t kDeepest = 64;  // integrity allows no cycle; a damaged base must not hang us

  const graph::Snapshot& graph_;
  const Date day_;
  const std::shared_ptr<const graph::Territory> territory_;
  const int32_t max_depth_;
  const bool units_only_;
  bool wherever_seated_ = false;
  std::vector<TreeRow> rows_;
};

// Counts members at or below many nodes at once: each member of a branch counts once at everything above the branch, by
// party_line and by seat and territory, and those of several branches once at everything above any of them.
class MemberCounter {
 public:
  MemberCounter(const graph::Snapshot& graph, const model::Catalogue& catalogue, Date day)
      : graph_(graph), catalogue_(catalogue), day_(day), territory_(graph.TerritoryOn(day)) {}

  void Count(const std::vector<TreeRow>& rows) {
    for (const NodeNumber branch : BranchesBelow(rows)) {
      int64_t members = 0;  // of this branch alone
      std::unordered_set<NodeNumber> seen;
      graph_.ForEachOpenTo(TieKind::kAffiliation, branch, day_, [&](const Tie& tie) {
        if (!model::IsFormal(tie) || !IsMember(tie.from)) return;
        const std::vector<NodeNumber> branches = BranchesOf(tie.from);
        if (branches.size() == 1) {
          // Two open affiliations to one branch are still one member.
          if (OpenFormal(tie.from) == 1 || seen.insert(tie.from).second) ++members;
        } else if (seen_in_many_.insert(tie.from).second) {
          AddAbove(branches, 1);
        }
      });
      if (members > 0) AddAbove({branch}, members);
    }
  }

  int64_t Of(NodeNumber node) const {
    const auto it = counts_.find(node);
    return it == counts_.end() ? 0 : it->second;
  }

 private:
  bool IsBranch(NodeNumber org) const {
    const model::OrgKind* kind = catalogue_.FindOrgKind(graph_.FactAt(org, Fact::kOrgKind, day_));
    return kind != nullptr && kind->branch;
  }

  bool IsMember(NodeNumber person) const {
    const int32_t status = graph_.FactAt(person, Fact::kPartyStatus, day_);
    return status == static_cast<int32_t>(model::PartyStatus::kFull) ||
           status == static_cast<int32_t>(model::PartyStatus::kProbationary);
  }

  int OpenFormal(NodeNumber person) const {
    int open = 0;
    graph_.ForEachOpenFrom(TieKind::kAffiliation, person, day_,
                           [&](const Tie& tie) { open += model::IsFormal(tie) ? 1 : 0; });
    return open;
  }

  std::vector<NodeNumber> BranchesOf(NodeNumber person) const {
    std::vector<NodeNumber> branches;
    graph_.ForEachOpenFrom(TieKind::kAffiliation, person, day_, [&](const Tie& tie) {
      const bool known = std::find(branches.begin(), branches.end(), tie.to) != branches.end();
      if (model::IsFormal(tie) && !known && IsBranch(tie.to)) branches.push_back(tie.to);
    });
    return branches;
  }

  // The branches that count for a row: those seated at or below its units and those at or below its organisations on
  // party_line.
  std::vector<NodeNumber> BranchesBelow(const std::vector<TreeRow>& rows) const {
    std::unordered_set<NodeNumber> units, seen;
    std::vector<NodeNumber> orgs;
    const auto add_org = [&](NodeNumber org) {
      if (seen.insert(org).second) orgs.push_back(org);
    };
    for (const TreeRow& row : rows) {
      if (row.node.kind() == NodeKind::kOrganization) add_org(row.node);
      if (row.node.kind() != NodeKind::kUnit || units.count(row.node) != 0) continue;
      const uint32_t unit = row.node.ordinal();
      units.insert(row.node);
      if (!territory_->Exists(unit)) continue;
      for (uint32_t i = territory_->Enter(unit); i < territory_->Leave(unit); ++i)
        units.insert(NodeNumber(NodeKind::kUnit, territory_->order()[i]));
    }
    for (const NodeNumber unit : units)
      graph_.ForEachOpenTo(TieKind::kSeat, unit, day_, [&](const Tie& tie) { add_org(tie.from); });
    for (size_t i = 0; i < orgs.size(); ++i) {
      graph_.ForEachOpenTo(TieKind::kPartyLine, orgs[i], day_, [&](const Tie& tie) { add_org(tie.from); });
    }
    orgs.erase(std::remove_if(orgs.begin(), orgs.end(), [&](NodeNumber org) { return !IsBranch(org); }), orgs.end());
    return orgs;
  }

  // Adds to everything above any of the branches, each once.
  void AddAbove(const std::vector<NodeNumber>& branches, int64_t members) {
    above_.clear();
    for (const NodeNumber branch : branches) {
      graph_.ForEachOpenFrom(TieKind::kSeat, branch, day_, [&](const Tie& seat) {
        uint32_t unit = seat.to.ordinal();
        while (unit != graph::Territory::kNone && above_.insert(NodeNumber(NodeKind::kUnit, unit)).second) {
          unit = territory_->Exists(unit) ? territory_->Parent(unit) : graph::Territory::kNone;
        }
      });
      way_.assign(1, branch);
      while (!way_.empty()) {
        const NodeNumber org = way_.back();
        way_.pop_back();
        if (!above_.insert(org).second) continue;
        graph_.ForEachOpenFrom(TieKind::kPartyLine, org, day_, [&](const Tie& tie) { way_.push_back(tie.to); });
      }
    }
    for (const NodeNumber node : above_) counts_[node] += members;
  }

  const graph::Snapshot& graph_;
  const model::Catalogue& catalogue_;
  const Date day_;
  const std::shared_ptr<const graph::Territory> territory_;
  std::unordered_set<NodeNumber> seen_in_many_, above_;
  std::vector<NodeNumber> way_;
  std::unordered_map<NodeNumber, int64_t> counts_;
};

}  // namespace

std::vector<TreeRow> Tree(const Version& version, const model::Catalogue& catalogue, std::optional<NodeNumber> root,
                          Date day, int32_t max_depth, bool units_only) {
  Layout layout(*version.graph, day, max_depth, units_only);
  if (root.has_value()) {
    layout.From(*root);
  } else {
    layout.FromTheTop();
  }
  std::vector<TreeRow> rows = layout.Take();
  MemberCounter counter(*version.graph, catalogue, day);
  counter.Count(rows);
  for (TreeRow& row : rows) row.members = counter.Of(row.node);
  return rows;
}

}  // namespace jiceng::engine
