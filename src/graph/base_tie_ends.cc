// Finding ties by either end, and their attributes: the parts of a base that are made anew rather than merged.
#include <algorithm>

#include "base/release.h"
#include "base/status.h"
#include "graph/base_builder.h"
#include "graph/member_columns.h"
#include "graph/merged_ties.h"

namespace jiceng::graph {

using model::NodeNumber;
using model::Tie;
using model::TieKind;

// Forward offsets: ties are in order of their from-nodes, kind by kind.  Backward: a counting sort by to-node, kind by
// kind.
absl::Status BaseBuilder::WriteTieEnds(TieKind kind, const MergedTies& ties, ColumnWriter* writer) {
  const TieColumns& old = Below().Ties(kind);
  const auto id = [kind](uint32_t field) { return ColumnId(kGroupTie, static_cast<uint32_t>(kind), field); };
  const auto froms = [&](absl::FunctionRef<void(absl::Span<const uint32_t>)> visit) {
    ties.ForEachChunkOf<uint32_t>(
        old.from, [](const Tie& tie) { return tie.from.bits(); }, visit);
  };
  const auto tos = [&](absl::FunctionRef<void(absl::Span<const uint32_t>)> visit) {
    ties.ForEachChunkOf<uint32_t>(
        old.to, [](const Tie& tie) { return tie.to.bits(); }, visit);
  };
  uint64_t seen = 0;  // ends that lie among the nodes
  // CSR offsets over the nodes of one kind, from the node at one end of each tie.
  const auto build_offsets = [&](int k, uint32_t first, Chunks<uint32_t> ends) {
    LargeVector<uint32_t> offsets(nodes_[k].count() + size_t{1}, 0);
    ends([&](absl::Span<const uint32_t> bits) {
      for (const uint32_t end : bits) {
        const NodeNumber node = NodeNumber::FromBits(end);
        if (static_cast<int>(node.kind()) != k || node.ordinal() >= nodes_[k].count()) continue;
        ++offsets[node.ordinal() + size_t{1}];
        ++seen;
      }
    });
    offsets[0] = first;
    for (size_t i = 1; i < offsets.size(); ++i) offsets[i] += offsets[i - 1];
    return offsets;
  };

  uint32_t first_from = 0, first_to = 0;
  for (int k = 1; k < model::kNodeKinds; ++k) {
    if ((model::LawOf(kind).from_kinds >> k & 1) == 0) continue;
    const auto offsets = build_offsets(k, first_from, froms);
    first_from = offsets.back();
    AddBlocks(id(16 + static_cast<uint32_t>(k)), offsets, writer);
  }
  LargeVector<uint32_t> permutation(ties.size());
  for (int k = 1; k < model::kNodeKinds; ++k) {
    if ((model::LawOf(kind).to_kinds >> k & 1) == 0) continue;
    auto next = build_offsets(k, first_to, tos);
    AddBlocks(id(24 + static_cast<uint32_t>(k)), next, writer);
    first_to = next.back();
    uint32_t i = 0;
    tos([&](absl::Span<const uint32_t> bits) {
      for (const uint32_t end : bits) {
        const NodeNumber node = NodeNumber::FromBits(end);
        if (static_cast<int>(node.kind()) == k && node.ordinal() < nodes_[k].count())
          permutation[next[node.ordinal()]++] = i;
        ++i;
      }
    });
  }
  if (seen != 2 * ties.size())
    return base::Error(absl::StatusCode::kDataLoss, "BASE_CORRUPT",
                       "base file: a tie names a node that is not there; delete the file, it "
                       "is rebuilt");
  writer->Add(id(5), permutation);
  if (kind == TieKind::kAffiliation && ties.size() > 0) {
    MemberColumns::Write(old, ties, permutation, statuses_, writer);
    base::Release(&statuses_);
  }
  return absl::OkStatus();
}

absl::Status BaseBuilder::WriteTieAttributes(TieKind kind, const MergedTies& ties, ColumnWriter* writer) {
  const TieColumns& old = Below().Ties(kind);
  const auto id = [kind](uint32_t field) { return ColumnId(kGroupTie, static_cast<uint32_t>(kind), field); };
  std::vector<uint32_t> extra_tie, extra_offset{0};
  std::string bytes;
  const auto add = [&](uint32_t tie, std::string_view text) {
    extra_tie.push_back(tie);
    bytes += text;
    extra_offset.push_back(static_cast<uint32_t>(bytes.size()));
  };
  uint32_t place = 0;
  for (const MergedTies::Run& run : ties.runs()) {
    if (run.fresh) {
      for (uint32_t i = run.first; i < run.first + run.count; ++i) {
        if (ties.rows()[i].extra >= 0) add(place + (i - run.first), Attributes(ties.rows()[i]));
      }
    } else {
      auto it = std::lower_bound(old.extra_tie.begin(), old.extra_tie.end(), run.first);
      for (; it != old.extra_tie.end() && *it - run.first < run.count; ++it)
        add(place + (*it - run.first), old.Extra(*it));
    }
    place += run.count;
  }
  if (bytes.size() > UINT32_MAX) {
    return base::Error(absl::StatusCode::kResourceExhausted, "LIMIT_REACHED",
                       "a store holds at most 4294967295 bytes of attributes of a kind of tie");
  }
  writer->Add(id(8), extra_tie);
  if (!extra_tie.empty()) writer->Add(id(9), extra_offset);
  writer->Add(id(10), absl::Span<const char>(bytes.data(), bytes.size()));
  return absl::OkStatus();
}

}  // namespace jiceng::graph
