#include "rules/text_order.h"

#include <algorithm>
#include <cstring>
#include <string_view>

namespace jiceng::rules {
namespace {

using model::NodeKind;
using model::NodeNumber;

// The place of the word before the colon.
uint8_t KindRank(NodeKind kind) {
  switch (kind) {
    case NodeKind::kOrganization:
      return 0;
    case NodeKind::kPerson:
      return 1;
    case NodeKind::kNone:
      return 2;
    case NodeKind::kUnit:
      return 3;
  }
  return 2;
}

std::string_view IdOf(const graph::Snapshot& snapshot, NodeNumber node) {
  return node ? snapshot.Id(node) : std::string_view();
}

// The eight bytes from a place on, as a number that compares as they do; past the end of an id there is nothing smaller
// than nothing.
uint64_t Head(std::string_view id, size_t from) {
  uint64_t head = 0;
  if (id.size() >= from + sizeof(head)) {
    std::memcpy(&head, id.data() + from, sizeof(head));
    return __builtin_bswap64(head);
  }
  for (size_t i = from; i < id.size(); ++i) head |= uint64_t{static_cast<uint8_t>(id[i])} << (56 - 8 * (i - from));
  return head;
}

// The first sixteen bytes decide nearly always.
struct Entry {
  uint64_t head, next;
  uint32_t index;
  uint8_t rank;
};

// Nodes mostly come as a few runs in order already (the findings of one rule, in the order of a ledger sorted by id):
// runs are merged, and only what is really mixed is sorted.
template <typename Before>
void Sort(std::vector<Entry>* entries, Before before) {
  constexpr size_t kFewRuns = 32;
  std::vector<size_t> ends;
  for (size_t i = 1; i < entries->size() && ends.size() <= kFewRuns; ++i) {
    if (before((*entries)[i], (*entries)[i - 1])) ends.push_back(i);
  }
  if (ends.size() > kFewRuns) {
    std::sort(entries->begin(), entries->end(), before);
    return;
  }
  ends.push_back(entries->size());
  const auto at = [&](size_t i) { return entries->begin() + static_cast<ptrdiff_t>(i); };
  while (ends.size() > 1) {  // neighbours in pairs, so that every entry is moved once for each doubling
    std::vector<size_t> merged;
    for (size_t i = 0; i < ends.size(); i += 2) {
      const size_t first = i == 0 ? 0 : ends[i - 1];
      if (i + 1 < ends.size()) std::inplace_merge(at(first), at(ends[i]), at(ends[i + 1]), before);
      merged.push_back(i + 1 < ends.size() ? ends[i + 1] : ends[i]);
    }
    ends = std::move(merged);
  }
}

}  // namespace

bool TextBefore(const graph::Snapshot& snapshot, NodeNumber a, NodeNumber b) {
  const uint8_t rank_a = KindRank(a.kind()), rank_b = KindRank(b.kind());
  return rank_a != rank_b ? rank_a < rank_b : IdOf(snapshot, a) < IdOf(snapshot, b);
}

std::vector<uint32_t> TextOrder(const graph::Snapshot& snapshot, absl::Span<const NodeNumber> nodes) {
  std::vector<Entry> entries(nodes.size());
  for (size_t i = 0; i < nodes.size(); ++i) {
    const std::string_view id = IdOf(snapshot, nodes[i]);
    entries[i] = {Head(id, 0), Head(id, 8), static_cast<uint32_t>(i), KindRank(nodes[i].kind())};
  }
  const auto before = [&](const Entry& a, const Entry& b) {
    if (a.rank != b.rank) return a.rank < b.rank;
    if (a.head != b.head) return a.head < b.head;
    if (a.next != b.next) return a.next < b.next;
    const NodeNumber node_a = nodes[a.index], node_b = nodes[b.index];
    if (node_a == node_b) return a.index < b.index;
    return IdOf(snapshot, node_a) < IdOf(snapshot, node_b);
  };
  Sort(&entries, before);
  std::vector<uint32_t> order(entries.size());
  std::transform(entries.begin(), entries.end(), order.begin(), [](const Entry& e) { return e.index; });
  return order;
}

}  // namespace jiceng::rules
