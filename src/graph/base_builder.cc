#include "graph/base_builder.h"

#include <algorithm>
#include <map>

#include "base/codes.h"
#include "graph/snapshot.h"

namespace jiceng::graph {
namespace {

using base::Date;
using base::Validity;
using model::Fact;
using model::NodeKind;
using model::NodeNumber;
using model::TextAttribute;
using model::Tie;
using model::TieKind;

// Facts of few values take a byte.
bool IsNarrow(NodeKind kind, Fact fact) {
  if (kind == NodeKind::kUnit) return fact == Fact::kLevel;
  if (kind == NodeKind::kPerson) return fact == Fact::kPartyStatus || fact == Fact::kInService || fact == Fact::kSex;
  return false;
}

void AddDays(uint32_t id, const std::vector<Date>& days, ColumnWriter* writer) {
  if (std::all_of(days.begin(), days.end(), [](Date d) { return DayColumn::FitsNarrow(d); })) {
    std::vector<uint16_t> narrow(days.size());
    std::transform(days.begin(), days.end(), narrow.begin(), [](Date d) { return DayColumn::Narrow(d); });
    writer->Add(id, narrow);
  } else {
    std::vector<int32_t> wide(days.size());
    std::transform(days.begin(), days.end(), wide.begin(), [](Date d) { return d.days(); });
    writer->Add(id, wide);
  }
}

// An open-addressing table over `count` keys at a load of at most two thirds; a slot is index + 1, 0 is free.
template <typename KeyOf>
std::vector<uint32_t> BuildSlots(uint32_t count, KeyOf key_of) {
  size_t capacity = 4;
  while (capacity * 2 < size_t{count} * 3) capacity *= 2;
  std::vector<uint32_t> slots(capacity, 0);
  for (uint32_t i = 0; i < count; ++i) {
    size_t s = DictionaryHash(key_of(i)) & (capacity - 1);
    while (slots[s] != 0) s = (s + 1) & (capacity - 1);
    slots[s] = i + 1;
  }
  return slots;
}

// CSR offsets over `count` nodes of one kind, from the node at one end of each tie.
template <typename EndOf>
std::vector<uint32_t> BuildOffsets(NodeKind kind, uint32_t count, uint32_t ties, uint32_t first, EndOf end_of) {
  std::vector<uint32_t> offsets(count + 1, 0);
  for (uint32_t i = 0; i < ties; ++i) {
    const NodeNumber end = end_of(i);
    if (end.kind() == kind) ++offsets[end.ordinal() + 1];
  }
  offsets[0] = first;
  for (uint32_t i = 0; i < count; ++i) offsets[i + 1] += offsets[i];
  return offsets;
}

}  // namespace

void BaseBuilder::Grow(NodeNumber node) {
  Nodes& nodes = nodes_[static_cast<int>(node.kind())];
  if (node.ordinal() < nodes.count()) return;
  const size_t size = node.ordinal() + size_t{1};
  nodes.ids.resize(size, {0, 0});
  if (node.kind() != NodeKind::kPerson) {
    nodes.life_from.resize(size, Date::Beginning());
    nodes.life_to.resize(size, Date::Forever());
    nodes.precision.resize(size, 0);
  }
  for (int i = 0; i < model::FactCount(node.kind()); ++i) nodes.facts[i].resize(size, model::kNoValue);
}

void BaseBuilder::Load(const Snapshot& snapshot) {
  for (int k = 1; k < model::kNodeKinds; ++k) {
    const NodeKind kind = static_cast<NodeKind>(k);
    for (uint32_t ordinal = 0; ordinal < snapshot.Count(kind); ++ordinal) {
      const NodeNumber node(kind, ordinal);
      model::NodeRow row;
      row.node = node;
      row.life = snapshot.Life(node);
      row.from_precision = snapshot.Precision(node) & 3;
      row.to_precision = snapshot.Precision(node) >> 2;
      OnNode(row);
      OnText(node, TextAttribute::kId, {}, snapshot.Id(node));
      for (int i = 0; i < model::FactCount(kind); ++i) {
        const Fact fact = static_cast<Fact>(i);
        snapshot.FactTimeline(node, fact).ForEach([&](Validity valid, int32_t value) {
          SetFact(node, fact, valid, value);
        });
      }
      if (snapshot.Withdrawn(node)) nodes_[k].withdrawn.push_back(ordinal);
    }
  }
  for (int k = 1; k < model::kTieKinds; ++k) {
    const TieKind kind = static_cast<TieKind>(k);
    snapshot.ForEachTie(kind, [&](const Tie& tie) { OnTie(tie, snapshot.Extra(tie)); });
  }
  snapshot.ForEachCode([&](const CodeEntry& code, std::string_view text) {
    codes_.push_back({code.node, code.attribute, code.valid, std::string(text)});
  });
  snapshot.ForEachTerm([&](const model::TermRow& term) { terms_.push_back(term); });
  next_tie_ = std::max(next_tie_, snapshot.next_tie());
}

void BaseBuilder::OnNode(const model::NodeRow& row) {
  Grow(row.node);
  Nodes& nodes = nodes_[static_cast<int>(row.node.kind())];
  const uint32_t ordinal = row.node.ordinal();
  if (row.action == model::NodeRow::kWithdraw) {
    nodes.withdrawn.push_back(ordinal);
    return;
  }
  if (row.node.kind() != NodeKind::kPerson) {
    nodes.life_from[ordinal] = row.life.from;
    nodes.life_to[ordinal] = row.life.to;
    nodes.precision[ordinal] = static_cast<uint8_t>(row.from_precision | row.to_precision << 2);
  }
  if (row.action == model::NodeRow::kRestore) {
    nodes.withdrawn.erase(std::remove(nodes.withdrawn.begin(), nodes.withdrawn.end(), ordinal), nodes.withdrawn.end());
  }
  if (row.action != model::NodeRow::kLifetime) {
    for (int i = 0; i < model::FactCount(row.node.kind()); ++i)
      SetFact(row.node, static_cast<Fact>(i), {}, row.facts[i]);
  }
}

void BaseBuilder::SetFact(NodeNumber node, Fact fact, Validity valid, int32_t value) {
  int32_t& sole = nodes_[static_cast<int>(node.kind())].facts[static_cast<int>(fact)][node.ordinal()];
  if (valid == Validity{}) {
    if (sole == FactColumn::kWideDated) dated_.erase({node, fact});
    sole = value;
    return;
  }
  model::FactTimeline timeline(model::kNoValue);
  const auto it = dated_.find({node, fact});
  if (sole != FactColumn::kWideDated) {
    timeline.Assign({}, sole);
  } else if (it != dated_.end()) {
    timeline = it->second;
  }
  timeline.Assign(valid, value);
  const bool constant =
      timeline.steps().empty() || (timeline.steps().size() == 1 && timeline.LastFrom() == Date::Beginning());
  if (constant) {
    sole = timeline.Last();
    if (it != dated_.end()) dated_.erase(it);
  } else {
    sole = FactColumn::kWideDated;
    dated_.insert_or_assign({node, fact}, std::move(timeline));
  }
}

void BaseBuilder::OnFact(const model::FactRow& row) {
  Grow(row.node);
  SetFact(row.node, row.fact, row.valid, row.value);
}

void BaseBuilder::OnText(NodeNumber node, TextAttribute attribute, Validity valid, std::string_view value) {
  Grow(node);
  if (attribute == TextAttribute::kId) {
    nodes_[static_cast<int>(node.kind())].ids[node.ordinal()] = {id_bytes_.size(), static_cast<uint32_t>(value.size())};
    id_bytes_.append(value);
  } else if (model::IsCode(attribute)) {
    codes_.push_back({node, attribute, valid, std::string(value)});
  }
}

void BaseBuilder::OnTerm(const model::TermRow& row) { terms_.push_back(row); }

void BaseBuilder::OnTie(const Tie& tie, std::string_view attributes) {
  Tie copy = tie;
  copy.extra = -1;
  if (!attributes.empty()) {
    copy.extra = static_cast<int32_t>(extras_.size());
    extras_.emplace_back(attributes);
  }
  ties_[static_cast<int>(tie.kind)].push_back(copy);
  next_tie_ = std::max(next_tie_, tie.number + 1);
}

void BaseBuilder::OnBatch(const model::Batch& batch) {
  for (const auto& row : batch.nodes) OnNode(row);
  for (const auto& row : batch.identities) OnText(row.node, TextAttribute::kId, {}, row.id);
  for (const auto& row : batch.facts) OnFact(row);
  for (const auto& row : batch.texts) OnText(row.node, row.attribute, row.valid, row.value);
  for (const auto& row : batch.terms) OnTerm(row);
  for (const Tie& tie : batch.ties) OnTie(tie, tie.extra < 0 ? std::string_view() : batch.extras[tie.extra]);
}

absl::StatusOr<std::shared_ptr<const Base>> BaseBuilder::Finish(const Stamp& stamp) {
  ColumnWriter writer;
  const std::vector<uint32_t> store = {nodes_[1].count(), nodes_[2].count(), nodes_[3].count(), next_tie_};
  writer.Add(ColumnId(kGroupStore, 0, 0), store);
  WriteNodes(&writer);
  WriteFacts(&writer);
  for (int k = 1; k < model::kTieKinds; ++k) WriteTies(static_cast<TieKind>(k), &writer);
  WriteCodes(&writer);
  WriteTerms(&writer);
  auto file = ColumnFile::FromBytes(writer.Finish(stamp));
  if (!file.ok()) return file.status();
  return Base::Open(*std::move(file));
}

void BaseBuilder::WriteNodes(ColumnWriter* writer) {
  for (int k = 1; k < model::kNodeKinds; ++k) {
    Nodes& nodes = nodes_[k];
    if (static_cast<NodeKind>(k) != NodeKind::kPerson) {
      AddDays(ColumnId(kGroupNode, k, 0), nodes.life_from, writer);
      AddDays(ColumnId(kGroupNode, k, 1), nodes.life_to, writer);
      writer->Add(ColumnId(kGroupNode, k, 2), nodes.precision);
    }
    std::sort(nodes.withdrawn.begin(), nodes.withdrawn.end());
    writer->Add(ColumnId(kGroupNode, k, 3), nodes.withdrawn);

    std::vector<uint32_t> offsets{0};
    offsets.reserve(nodes.ids.size() + 1);
    std::string bytes;
    const auto id_of = [&](uint32_t i) {
      return std::string_view(id_bytes_).substr(nodes.ids[i].first, nodes.ids[i].second);
    };
    for (uint32_t i = 0; i < nodes.count(); ++i) {
      bytes.append(id_of(i));
      offsets.push_back(static_cast<uint32_t>(bytes.size()));
    }
    writer->Add(ColumnId(kGroupNode, k, 4), offsets);
    writer->Add(ColumnId(kGroupNode, k, 5), absl::Span<const char>(bytes.data(), bytes.size()));
    writer->Add(ColumnId(kGroupNode, k, 6), BuildSlots(nodes.count(), [&](uint32_t i) {
                  return static_cast<NodeKind>(k) == NodeKind::kUnit ? base::CanonicalDivisionCode(id_of(i)) : id_of(i);
                }));
  }
}

void BaseBuilder::WriteFacts(ColumnWriter* writer) {
  for (int k = 1; k < model::kNodeKinds; ++k) {
    const NodeKind kind = static_cast<NodeKind>(k);
    for (int i = 0; i < model::FactCount(kind); ++i) {
      const Fact fact = static_cast<Fact>(i);
      const uint32_t which = static_cast<uint32_t>(k * 16 + i);
      const std::vector<int32_t>& values = nodes_[k].facts[i];
      if (IsNarrow(kind, fact)) {
        std::vector<uint8_t> narrow(values.size());
        std::transform(values.begin(), values.end(), narrow.begin(), [](int32_t v) {
          return v == model::kNoValue          ? FactColumn::kNarrowNone
                 : v == FactColumn::kWideDated ? FactColumn::kNarrowDated
                                               : static_cast<uint8_t>(v);
        });
        writer->Add(ColumnId(kGroupFact, which, 0), narrow);
      } else {
        writer->Add(ColumnId(kGroupFact, which, 0), values);
      }
      std::vector<uint32_t> dated, steps{0};
      std::vector<int32_t> from, value;
      for (const auto& [key, timeline] : dated_) {
        if (key.first.kind() != kind || key.second != fact) continue;
        dated.push_back(key.first.ordinal());
        for (const auto& step : timeline.steps()) {
          from.push_back(step.from.days());
          value.push_back(step.value);
        }
        steps.push_back(static_cast<uint32_t>(from.size()));
      }
      writer->Add(ColumnId(kGroupFact, which, 1), dated);
      writer->Add(ColumnId(kGroupFact, which, 2), steps);
      writer->Add(ColumnId(kGroupFact, which, 3), from);
      writer->Add(ColumnId(kGroupFact, which, 4), value);
    }
  }
}

void BaseBuilder::WriteTies(TieKind kind, ColumnWriter* writer) {
  std::vector<Tie>& ties = ties_[static_cast<int>(kind)];
  if (ties.empty()) return;
  const auto before = [](const Tie& a, const Tie& b) { return a.key() < b.key(); };
  if (!std::is_sorted(ties.begin(), ties.end(), before)) std::stable_sort(ties.begin(), ties.end(), before);
  size_t kept = 0;
  for (size_t i = 0; i < ties.size(); ++i) {
    const bool last_belief = i + 1 == ties.size() || !(ties[i].key() == ties[i + 1].key());
    if (last_belief && !ties[i].withdrawn) ties[kept++] = ties[i];
  }
  ties.resize(kept);
  if (kept == 0) return;

  const uint32_t n = static_cast<uint32_t>(kept);
  const auto id = [kind](uint32_t field) { return ColumnId(kGroupTie, static_cast<uint32_t>(kind), field); };
  const auto add32 = [&](uint32_t field, auto value_of) {
    std::vector<uint32_t> values(n);
    for (uint32_t i = 0; i < n; ++i) values[i] = value_of(ties[i]);
    writer->Add(id(field), values);
  };
  const auto add8 = [&](uint32_t field, auto value_of) {
    std::vector<uint8_t> values(n);
    for (uint32_t i = 0; i < n; ++i) values[i] = value_of(ties[i]);
    writer->Add(id(field), values);
  };
  add32(0, [](const Tie& t) { return t.from.bits(); });
  add32(1, [](const Tie& t) { return t.to.bits(); });
  std::vector<Date> days(n);
  for (uint32_t i = 0; i < n; ++i) days[i] = ties[i].valid.from;
  AddDays(id(2), days, writer);
  for (uint32_t i = 0; i < n; ++i) days[i] = ties[i].valid.to;
  AddDays(id(3), days, writer);
  add32(4, [](const Tie& t) { return t.number; });
  if (model::LawOf(kind).with_role) add8(6, [](const Tie& t) { return t.role; });
  if (model::LawOf(kind).with_manner) add8(7, [](const Tie& t) { return t.manner; });

  // Forward offsets: ties are in order of their from-nodes, kind by kind.  Backward: a counting sort by to-node, kind
  // by kind.
  std::vector<uint32_t> permutation(n);
  uint32_t first_from = 0, first_to = 0;
  for (int k = 1; k < model::kNodeKinds; ++k) {
    const NodeKind node_kind = static_cast<NodeKind>(k);
    if ((model::LawOf(kind).from_kinds >> k & 1) != 0) {
      const auto offsets =
          BuildOffsets(node_kind, nodes_[k].count(), n, first_from, [&](uint32_t i) { return ties[i].from; });
      first_from = offsets.back();
      writer->Add(id(16 + k), offsets);
    }
    if ((model::LawOf(kind).to_kinds >> k & 1) != 0) {
      const auto offsets =
          BuildOffsets(node_kind, nodes_[k].count(), n, first_to, [&](uint32_t i) { return ties[i].to; });
      std::vector<uint32_t> next = offsets;
      for (uint32_t i = 0; i < n; ++i) {
        if (ties[i].to.kind() == node_kind) permutation[next[ties[i].to.ordinal()]++] = i;
      }
      first_to = offsets.back();
      writer->Add(id(24 + k), offsets);
    }
  }
  writer->Add(id(5), permutation);

  std::vector<uint32_t> extra_tie, extra_offset{0};
  std::string bytes;
  for (uint32_t i = 0; i < n; ++i) {
    if (ties[i].extra < 0) continue;
    extra_tie.push_back(i);
    bytes += extras_[ties[i].extra];
    extra_offset.push_back(static_cast<uint32_t>(bytes.size()));
  }
  writer->Add(id(8), extra_tie);
  writer->Add(id(9), extra_offset);
  writer->Add(id(10), absl::Span<const char>(bytes.data(), bytes.size()));
  ties.clear();
  ties.shrink_to_fit();
}

void BaseBuilder::WriteCodes(ColumnWriter* writer) {
  // One timeline a node and attribute, then the stretches with a value.
  std::map<std::pair<NodeNumber, TextAttribute>, model::Timeline<std::string>> timelines;
  for (const Code& code : codes_) {
    timelines.try_emplace({code.node, code.attribute}, std::string()).first->second.Assign(code.valid, code.value);
  }
  std::vector<uint32_t> node, offset{0};
  std::vector<uint8_t> attribute;
  std::vector<int32_t> from, to;
  std::string bytes;
  std::vector<std::string> keys;
  for (const auto& [key, timeline] : timelines) {
    timeline.ForEach([&, &owner = key](Validity valid, const std::string& value) {
      node.push_back(owner.first.bits());
      attribute.push_back(static_cast<uint8_t>(owner.second));
      from.push_back(valid.from.days());
      to.push_back(valid.to.days());
      const std::string_view spelled =
          owner.second == TextAttribute::kCode ? base::CanonicalDivisionCode(value) : std::string_view(value);
      bytes += spelled;
      keys.emplace_back(spelled);
      offset.push_back(static_cast<uint32_t>(bytes.size()));
    });
  }
  writer->Add(ColumnId(kGroupCode, 0, 0), node);
  writer->Add(ColumnId(kGroupCode, 0, 1), attribute);
  writer->Add(ColumnId(kGroupCode, 0, 2), from);
  writer->Add(ColumnId(kGroupCode, 0, 3), to);
  writer->Add(ColumnId(kGroupCode, 0, 4), offset);
  writer->Add(ColumnId(kGroupCode, 0, 5), absl::Span<const char>(bytes.data(), bytes.size()));
  writer->Add(ColumnId(kGroupCode, 0, 6),
              BuildSlots(static_cast<uint32_t>(keys.size()), [&](uint32_t i) -> std::string_view { return keys[i]; }));
}

void BaseBuilder::WriteTerms(ColumnWriter* writer) {
  std::map<std::pair<NodeNumber, int32_t>, const model::TermRow*> last;
  for (const auto& term : terms_) last[{term.org, term.number}] = &term;
  std::vector<int32_t> values;
  for (const auto& [key, term] : last) {
    if (term->withdrawn) continue;
    for (int32_t v : {static_cast<int32_t>(term->org.bits()), term->number, term->elected_on.days(), term->years,
                      term->ends_on.days(), term->extended_to.days()}) {
      values.push_back(v);
    }
  }
  writer->Add(ColumnId(kGroupTerm, 0, 0), values);
}

}  // namespace jiceng::graph
