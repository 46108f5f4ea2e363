#include "graph/base.h"

#include <algorithm>

#include "base/codes.h"
#include "base/status.h"
#include "graph/member_columns.h"

namespace jiceng::graph {
namespace {

using model::NodeKind;
using model::NodeNumber;

absl::Status Unequal(std::string_view what) {
  return base::Error(absl::StatusCode::kDataLoss, "BASE_UNREADABLE",
                     "base file: the columns of " + std::string(what) + " differ in length");
}

// The text between two offsets, empty where the offsets make no sense.
template <typename Offsets>
std::string_view Slice(const Offsets& offsets, absl::Span<const char> bytes, size_t index) {
  if (index + 1 >= offsets.size()) return {};
  const uint32_t first = offsets[index], last = offsets[index + 1];
  return first <= last && last <= bytes.size() ? std::string_view(bytes.data() + first, last - first)
                                               : std::string_view();
}

absl::StatusOr<std::shared_ptr<const model::Attachments>> ReadAttachments(const ColumnFile& file) {
  const auto values = file.Column<int32_t>(ColumnId(kGroupAttachment, 0, 0));
  absl::Span<const char> bytes = file.Column<char>(ColumnId(kGroupAttachment, 0, 1));
  if (values.size() % 7 != 0) return Unequal("attachments");
  auto all = std::make_shared<model::Attachments>();
  for (size_t i = 0; i < values.size(); i += 7) {
    model::AttachmentRow row;
    const uint32_t kind = static_cast<uint32_t>(values[i]);
    const size_t name = static_cast<uint32_t>(values[i + 5]), content = static_cast<uint32_t>(values[i + 6]);
    if (kind == 0 || kind >= model::kAttachmentKinds || name > bytes.size() || content > bytes.size() - name)
      return Unequal("attachments");
    row.kind = static_cast<model::AttachmentKind>(kind);
    row.node = NodeNumber::FromBits(static_cast<uint32_t>(values[i + 1]));
    row.valid = {base::Date::FromDays(values[i + 2]), base::Date::FromDays(values[i + 3])};
    row.priority = values[i + 4];
    row.name.assign(bytes.data(), name);
    row.content.assign(bytes.data() + name, content);
    bytes.remove_prefix(name + content);
    all->push_back(std::move(row));
  }
  return std::shared_ptr<const model::Attachments>(std::move(all));
}

}  // namespace

int32_t FactColumn::At(uint32_t ordinal, base::Date day) const {
  if (!narrow.empty()) {
    if (ordinal >= narrow.size()) return model::kNoValue;
    const uint8_t value = narrow[ordinal];
    if (value < kNarrowDated) return value;
    return value == kNarrowNone ? model::kNoValue : Dated(ordinal, day);
  }
  if (ordinal >= wide.size()) return model::kNoValue;
  return wide[ordinal] == kWideDated ? Dated(ordinal, day) : wide[ordinal];
}

int32_t FactColumn::Dated(uint32_t ordinal, base::Date day) const {
  model::FactTimeline timeline(model::kNoValue);
  Read(ordinal, &timeline);
  return timeline.At(day);
}

void FactColumn::Read(uint32_t ordinal, model::FactTimeline* timeline) const {
  const bool is_dated = narrow.empty() ? ordinal < wide.size() && wide[ordinal] == kWideDated
                                       : ordinal < narrow.size() && narrow[ordinal] == kNarrowDated;
  if (!is_dated) {
    timeline->Assign({}, At(ordinal, base::Date::Beginning()));
    return;
  }
  const auto it = std::lower_bound(dated.begin(), dated.end(), ordinal);
  if (it == dated.end() || *it != ordinal) return;
  const size_t index = static_cast<size_t>(it - dated.begin());
  const size_t last = std::min<size_t>(steps[index + 1], step_from.size());
  for (size_t i = steps[index]; i < last; ++i) {
    timeline->Assign({base::Date::FromDays(step_from[i]), base::Date::Forever()}, step_value[i]);
  }
}

std::string_view TieColumns::Extra(uint32_t index) const {
  const auto it = std::lower_bound(extra_tie.begin(), extra_tie.end(), index);
  if (it == extra_tie.end() || *it != index) return {};
  return Slice(extra_offset, extra_bytes, static_cast<size_t>(it - extra_tie.begin()));
}

absl::StatusOr<std::shared_ptr<const Base>> Base::Open(std::shared_ptr<const ColumnFile> file) {
  std::shared_ptr<Base> base(new Base());
  const ColumnFile& f = *file;
  base->file_ = std::move(file);

  const auto store = f.Column<uint32_t>(ColumnId(kGroupStore, 0, 0));
  if (store.size() != 4) return Unequal("the store");
  base->next_tie_ = store[3];
  for (int k = 1; k < model::kNodeKinds; ++k) {
    const uint32_t n = store[k - 1];
    if (n >= 1u << 30) return Unequal("nodes");
    base->count_[k] = n;
    NodeColumns& nodes = base->nodes_[k];
    const auto id = [k](uint32_t field) { return ColumnId(kGroupNode, static_cast<uint32_t>(k), field); };
    nodes.precision = f.Column<uint8_t>(id(2));
    nodes.withdrawn = f.Column<uint32_t>(id(3));
    nodes.id_bytes = f.Column<char>(id(5));
    if (static_cast<NodeKind>(k) != NodeKind::kPerson &&
        (!DayColumn::Read(f, id(0), n, &nodes.life_from) || !DayColumn::Read(f, id(1), n, &nodes.life_to) ||
         nodes.precision.size() != n)) {
      return Unequal("lifetimes");
    }
    if (!BlockColumn::Read(f, id(4), &nodes.id_offset) || nodes.id_offset.size() != n + size_t{1} ||
        !SlotTable::Read(f, id(6), n, &nodes.id_slot)) {
      return Unequal("ids");
    }
    f.ExpectScattered(id(5));
    f.ExpectScattered(id(6));
    for (int i = 0; i < model::FactCount(static_cast<NodeKind>(k)); ++i) {
      FactColumn& fact = base->facts_[k][i];
      const uint32_t which = static_cast<uint32_t>(k * 16 + i);
      fact.narrow = f.Column<uint8_t>(ColumnId(kGroupFact, which, 0));
      fact.wide = f.Column<int32_t>(ColumnId(kGroupFact, which, 0));
      fact.dated = f.Column<uint32_t>(ColumnId(kGroupFact, which, 1));
      fact.steps = f.Column<uint32_t>(ColumnId(kGroupFact, which, 2));
      fact.step_from = f.Column<int32_t>(ColumnId(kGroupFact, which, 3));
      fact.step_value = f.Column<int32_t>(ColumnId(kGroupFact, which, 4));
      if (fact.narrow.size() + fact.wide.size() != n || fact.steps.size() != fact.dated.size() + 1 ||
          fact.step_from.size() != fact.step_value.size()) {
        return Unequal("facts");
      }
    }
  }
  for (int k = 1; k < model::kTieKinds; ++k) {
    TieColumns& ties = base->ties_[k];
    const auto id = [k](uint32_t field) { return ColumnId(kGroupTie, static_cast<uint32_t>(k), field); };
    ties.to = f.Column<uint32_t>(id(1));
    ties.size = static_cast<uint32_t>(ties.to.size());
    if (ties.size == 0) continue;
    ties.role = f.Column<uint8_t>(id(6));
    ties.manner = f.Column<uint8_t>(id(7));
    ties.extra_tie = f.Column<uint32_t>(id(8));
    ties.extra_offset = f.Column<uint32_t>(id(9));
    ties.extra_bytes = f.Column<char>(id(10));
    const auto is_whole = [&](uint32_t field, BlockColumn* column) {
      return BlockColumn::Read(f, id(field), column) && column->size() == ties.size;
    };
    const auto fits = [&](size_t n) { return n == 0 || n == ties.size; };
    ties.from = f.Column<uint32_t>(id(0));
    ties.permutation = f.Column<uint32_t>(id(5));
    if (ties.from.size() != ties.size || ties.permutation.size() != ties.size || !is_whole(4, &ties.number) ||
        !DayColumn::Read(f, id(2), ties.size, &ties.since) || !DayColumn::Read(f, id(3), ties.size, &ties.until) ||
        !fits(ties.role.size()) || !fits(ties.manner.size()) ||
        (!ties.extra_tie.empty() && ties.extra_offset.size() != ties.extra_tie.size() + 1)) {
      return Unequal("ties");
    }
    if (static_cast<model::TieKind>(k) == model::TieKind::kAffiliation && !MemberColumns::AreWhole(f, ties.size))
      return Unequal("members");
    for (int n = 1; n < model::kNodeKinds; ++n) {
      const auto node_kind = static_cast<uint32_t>(n);
      if (!BlockColumn::Read(f, id(16 + node_kind), &ties.forward[n]) ||
          !BlockColumn::Read(f, id(24 + node_kind), &ties.backward[n])) {
        return Unequal("ties");
      }
    }
  }
  auto& codes = base->codes_;
  codes.node = f.Column<uint32_t>(ColumnId(kGroupCode, 0, 0));
  codes.attribute = f.Column<uint8_t>(ColumnId(kGroupCode, 0, 1));
  codes.from = f.Column<int32_t>(ColumnId(kGroupCode, 0, 2));
  codes.to = f.Column<int32_t>(ColumnId(kGroupCode, 0, 3));
  codes.offset = f.Column<uint32_t>(ColumnId(kGroupCode, 0, 4));
  codes.bytes = f.Column<char>(ColumnId(kGroupCode, 0, 5));
  const size_t n_codes = codes.node.size();
  if (codes.attribute.size() != n_codes || codes.from.size() != n_codes || codes.to.size() != n_codes ||
      codes.offset.size() != n_codes + 1 || !SlotTable::Read(f, ColumnId(kGroupCode, 0, 6), n_codes, &codes.slot)) {
    return Unequal("codes");
  }
  const auto terms = f.Column<int32_t>(ColumnId(kGroupTerm, 0, 0));
  if (terms.size() % 6 != 0) return Unequal("terms");
  for (size_t i = 0; i < terms.size(); i += 6) {
    base->terms_.push_back({NodeNumber::FromBits(static_cast<uint32_t>(terms[i])), terms[i + 1],
                            base::Date::FromDays(terms[i + 2]), terms[i + 3], base::Date::FromDays(terms[i + 4]),
                            base::Date::FromDays(terms[i + 5]), false});
  }
  ASSIGN_OR_RETURN(base->attachments_, ReadAttachments(f));
  if (!StepColumns::Read(f, &base->steps_)) return Unequal("steps");
  return std::shared_ptr<const Base>(std::move(base));
}

base::Validity Base::Life(NodeNumber node) const {
  const NodeColumns& nodes = nodes_[static_cast<int>(node.kind())];
  if (nodes.life_from.size() == 0) return {};
  return {nodes.life_from[node.ordinal()], nodes.life_to[node.ordinal()]};
}

bool Base::Withdrawn(NodeNumber node) const {
  const auto& withdrawn = nodes_[static_cast<int>(node.kind())].withdrawn;
  return !withdrawn.empty() && std::binary_search(withdrawn.begin(), withdrawn.end(), node.ordinal());
}

uint8_t Base::Precision(NodeNumber node) const {
  const auto& precision = nodes_[static_cast<int>(node.kind())].precision;
  return node.ordinal() < precision.size() ? precision[node.ordinal()] : 0;
}

std::string_view Base::Id(NodeNumber node) const {
  const NodeColumns& nodes = nodes_[static_cast<int>(node.kind())];
  return Slice(nodes.id_offset, nodes.id_bytes, node.ordinal());
}

std::optional<NodeNumber> Base::FindId(NodeKind kind, std::string_view canonical_id) const {
  const NodeColumns& nodes = nodes_[static_cast<int>(kind)];
  std::optional<NodeNumber> found;
  nodes.id_slot.Probe(canonical_id, [&](uint32_t ordinal) {
    std::string_view id = Slice(nodes.id_offset, nodes.id_bytes, ordinal);
    if (kind == NodeKind::kUnit) id = base::CanonicalDivisionCode(id);
    if (id == canonical_id) found = NodeNumber(kind, ordinal);
    return !found;
  });
  return found;
}

CodeEntry Base::CodeAt(uint32_t index) const {
  return {NodeNumber::FromBits(codes_.node[index]),
          static_cast<model::TextAttribute>(codes_.attribute[index]),
          {base::Date::FromDays(codes_.from[index]), base::Date::FromDays(codes_.to[index])}};
}

std::string_view Base::CodeText(uint32_t index) const { return Slice(codes_.offset, codes_.bytes, index); }

}  // namespace jiceng::graph
