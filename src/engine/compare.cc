#include "engine/compare.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

#include "base/strings.h"

namespace jiceng::engine {
namespace {

using graph::Snapshot;
using model::NodeKind;
using model::NodeNumber;
using model::Tie;
using model::TieKind;

std::optional<std::string> CompareNodes(const Snapshot& a, const Snapshot& b, NodeKind kind) {
  const char* const name = model::NodeKindName(kind);
  if (a.Count(kind) != b.Count(kind)) return base::StrCat(a.Count(kind), " and ", b.Count(kind), " ", name, " nodes");
  for (uint32_t i = 0; i < a.Count(kind); ++i) {
    const NodeNumber node(kind, i);
    const auto differ = [&](const char* what) {
      return base::StrCat("the ", what, " of ", name, " number ", node.ToInt64());
    };
    if (a.Id(node) != b.Id(node)) return differ("id");
    if (a.Withdrawn(node) != b.Withdrawn(node)) return differ("withdrawal");
    if (a.Life(node) != b.Life(node) || a.Precision(node) != b.Precision(node)) return differ("lifetime");
    for (int f = 0; f < model::FactCount(kind); ++f) {
      const auto fact = static_cast<model::Fact>(f);
      if (a.FactTimeline(node, fact) != b.FactTimeline(node, fact)) return differ(model::FactName(kind, fact));
    }
  }
  return std::nullopt;
}

// Node by node, so that only the ties of one node are held.
std::optional<std::string> CompareTies(const Snapshot& a, const Snapshot& b, TieKind kind) {
  const auto ties_of = [&](const Snapshot& snapshot, NodeNumber node) {
    std::vector<Tie> ties;
    snapshot.ForEachFrom(kind, node, [&](const Tie& tie) { ties.push_back(tie); });
    std::sort(ties.begin(), ties.end(), [](const Tie& x, const Tie& y) { return x.key() < y.key(); });
    return ties;
  };
  const auto reaching = [&](const Snapshot& snapshot, NodeNumber node) {
    std::vector<uint32_t> numbers;
    snapshot.ForEachTo(kind, node, [&](const Tie& tie) { numbers.push_back(tie.number); });
    std::sort(numbers.begin(), numbers.end());
    return numbers;
  };
  for (int k = 1; k < model::kNodeKinds; ++k) {
    const NodeKind node_kind = static_cast<NodeKind>(k);
    for (uint32_t i = 0; i < a.Count(node_kind); ++i) {
      const NodeNumber node(node_kind, i);
      const auto differ = [&] {
        return base::StrCat("the ", model::TieKindName(kind), " ties of ", model::NodeKindName(node_kind), " number ",
                            node.ToInt64());
      };
      const std::vector<Tie> x = ties_of(a, node), y = ties_of(b, node);
      const bool same = std::equal(x.begin(), x.end(), y.begin(), y.end(), [&](const Tie& s, const Tie& t) {
        return s.key() == t.key() && s.valid == t.valid && s.manner == t.manner && s.number == t.number &&
               a.Extra(s) == b.Extra(t);
      });
      if (!same || reaching(a, node) != reaching(b, node)) return differ();
    }
  }
  size_t in_a = 0, in_b = 0;  // ties of nodes out of range would be seen by none of the above
  a.ForEachTie(kind, [&](const Tie&) { ++in_a; });
  b.ForEachTie(kind, [&](const Tie&) { ++in_b; });
  if (in_a != in_b) return base::StrCat(in_a, " and ", in_b, " ", model::TieKindName(kind), " ties");
  return std::nullopt;
}

bool SameCodes(const Snapshot& a, const Snapshot& b) {
  using Code = std::tuple<NodeNumber, model::TextAttribute, base::Date, base::Date, std::string>;
  const auto codes_of = [](const Snapshot& snapshot) {
    std::vector<Code> codes;
    snapshot.ForEachCode([&](const graph::CodeEntry& entry, std::string_view text) {
      codes.emplace_back(entry.node, entry.attribute, entry.valid.from, entry.valid.to, text);
    });
    std::sort(codes.begin(), codes.end());
    return codes;
  };
  return codes_of(a) == codes_of(b);
}

bool SameTerms(const Snapshot& a, const Snapshot& b) {
  const auto terms_of = [](const Snapshot& snapshot) {
    std::vector<model::TermRow> terms;
    snapshot.ForEachTerm([&](const model::TermRow& term) { terms.push_back(term); });
    std::sort(terms.begin(), terms.end(), [](const model::TermRow& x, const model::TermRow& y) {
      return std::tie(x.org, x.number) < std::tie(y.org, y.number);
    });
    return terms;
  };
  return terms_of(a) == terms_of(b);
}

bool SameMatters(const Snapshot& a, const Snapshot& b) {
  if (a.next_matter() != b.next_matter()) return false;
  const auto steps_of = [](const Snapshot& snapshot) {
    std::map<model::StepRow::Key, model::StepRow> steps;
    snapshot.ForEachMatter([&](uint32_t matter) {
      snapshot.ForEachStepOf(matter, [&](const model::StepRow& row) { steps[row.key()] = row; });
    });
    return steps;
  };
  return steps_of(a) == steps_of(b);
}

}  // namespace

std::optional<std::string> FirstDifference(const Snapshot& a, const Snapshot& b) {
  for (int k = 1; k < model::kNodeKinds; ++k) {
    if (auto difference = CompareNodes(a, b, static_cast<NodeKind>(k))) return difference;
  }
  for (int k = 1; k < model::kTieKinds; ++k) {
    if (auto difference = CompareTies(a, b, static_cast<TieKind>(k))) return difference;
  }
  if (!SameCodes(a, b)) return "the codes";
  if (!SameTerms(a, b)) return "the terms";
  if (*a.attachments() != *b.attachments()) return "the attachments";
  if (!SameMatters(a, b)) return "the matters";
  return std::nullopt;
}

}  // namespace jiceng::engine
