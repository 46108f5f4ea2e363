#include "graph/base_builder.h"

#include <algorithm>
#include <map>

#include "base/codes.h"
#include "base/release.h"
#include "graph/snapshot.h"

namespace jiceng::graph {
namespace {

using base::Date;
using base::Release;
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

// CSR offsets over `count` nodes of one kind, from the node at one end of each tie.
template <typename EndOf>
LargeVector<uint32_t> BuildOffsets(NodeKind kind, uint32_t count, uint32_t ties, uint32_t first, EndOf end_of) {
  LargeVector<uint32_t> offsets(count + 1, 0);
  for (uint32_t i = 0; i < ties; ++i) {
    const NodeNumber end = end_of(i);
    if (end.kind() == kind) ++offsets[end.ordinal() + 1];
  }
  offsets[0] = first;
  for (uint32_t i = 0; i < count; ++i) offsets[i + 1] += offsets[i];
  return offsets;
}

// Room for so many more, at least doubling, so that neither many small batches nor one large one moves things about.
template <typename Vector>
void MakeRoom(size_t more, Vector* values) {
  const size_t needed = values->size() + more;
  if (needed > values->capacity()) values->reserve(std::max(needed, values->capacity() * 2));
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
    const uint32_t count = snapshot.Count(kind);
    if (count != 0) Grow(NodeNumber(kind, count - 1));
    for (uint32_t ordinal = 0; ordinal < count; ++ordinal) {
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
    MakeRoom(snapshot.base().Ties(kind).size, &ties_[k]);
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
    id_bytes_.insert(id_bytes_.end(), value.begin(), value.end());
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
  NodeNumber last[model::kNodeKinds];
  for (const auto& row : batch.nodes) {
    NodeNumber& node = last[static_cast<int>(row.node.kind())];
    node = std::max(node, row.node);
  }
  size_t ties[model::kTieKinds] = {};
  for (const Tie& tie : batch.ties) ++ties[static_cast<int>(tie.kind)];
  for (int k = 1; k < model::kNodeKinds; ++k) {
    if (last[k]) Grow(last[k]);
  }
  for (int k = 1; k < model::kTieKinds; ++k) MakeRoom(ties[k], &ties_[k]);
  model::VisitRows(batch, this);
}

absl::StatusOr<std::shared_ptr<const Base>> BaseBuilder::Finish(const Stamp& stamp) {
  // The order is for a file that is not in memory: what nearly every question begins with lies in front, then what
  // tells who lives where and has reported, and last the ids, of which a question reads a few.  Each source is let go
  // as soon as it is written.
  ColumnWriter writer;
  const std::vector<uint32_t> store = {nodes_[1].count(), nodes_[2].count(), nodes_[3].count(), next_tie_};
  writer.Add(ColumnId(kGroupStore, 0, 0), store);
  WriteTerms(&writer);
  WriteNodes(NodeKind::kUnit, &writer);
  WriteIds(NodeKind::kUnit, &writer);
  WriteFacts(NodeKind::kUnit, &writer);
  WriteNodes(NodeKind::kPerson, &writer);
  constexpr TieKind kFirst[] = {TieKind::kTerritory, TieKind::kResidence, TieKind::kReport};
  for (const TieKind kind : kFirst) WriteTies(kind, &writer);
  WriteFacts(NodeKind::kPerson, &writer);
  WriteNodes(NodeKind::kOrganization, &writer);
  WriteIds(NodeKind::kOrganization, &writer);
  WriteFacts(NodeKind::kOrganization, &writer);
  WriteCodes(&writer);
  for (int k = 1; k < model::kTieKinds; ++k) {
    const TieKind kind = static_cast<TieKind>(k);
    if (std::find(std::begin(kFirst), std::end(kFirst), kind) == std::end(kFirst)) WriteTies(kind, &writer);
  }
  WriteIds(NodeKind::kPerson, &writer);
  auto file = ColumnFile::FromBytes(writer.Finish(stamp));
  if (!file.ok()) return file.status();
  return Base::Open(*std::move(file));
}

void BaseBuilder::WriteNodes(NodeKind kind, ColumnWriter* writer) {
  Nodes& nodes = nodes_[static_cast<int>(kind)];
  const auto id = [kind](uint32_t field) { return ColumnId(kGroupNode, static_cast<uint32_t>(kind), field); };
  if (kind != NodeKind::kPerson) {
    AddDays(id(0), nodes.life_from, writer);
    AddDays(id(1), nodes.life_to, writer);
    writer->Add(id(2), nodes.precision);
  }
  std::sort(nodes.withdrawn.begin(), nodes.withdrawn.end());
  writer->Add(id(3), nodes.withdrawn);

  LargeVector<uint32_t> offsets(nodes.count() + size_t{1}, 0);
  for (uint32_t i = 0; i < nodes.count(); ++i) offsets[i + size_t{1}] = offsets[i] + nodes.ids[i].second;
  AddBlocks(id(4), offsets, writer);
}

void BaseBuilder::WriteIds(NodeKind kind, ColumnWriter* writer) {
  const Nodes& nodes = nodes_[static_cast<int>(kind)];
  const auto id = [kind](uint32_t field) { return ColumnId(kGroupNode, static_cast<uint32_t>(kind), field); };
  const auto id_of = [&](uint32_t i) {
    return std::string_view(id_bytes_.data() + nodes.ids[i].first, nodes.ids[i].second);
  };
  size_t size = 0;
  for (const auto& [first, length] : nodes.ids) size += length;
  char* next = writer->New<char>(id(5), size).data();
  for (uint32_t i = 0; i < nodes.count(); ++i) next = std::copy_n(id_of(i).data(), id_of(i).size(), next);
  AddSlots(
      id(6), nodes.count(),
      [&](uint32_t i) { return kind == NodeKind::kUnit ? base::CanonicalDivisionCode(id_of(i)) : id_of(i); }, writer);
}

void BaseBuilder::WriteFacts(NodeKind kind, ColumnWriter* writer) {
  for (int i = 0; i < model::FactCount(kind); ++i) {
    const Fact fact = static_cast<Fact>(i);
    const auto id = [&](uint32_t field) {
      return ColumnId(kGroupFact, static_cast<uint32_t>(kind) * 16 + static_cast<uint32_t>(i), field);
    };
    LargeVector<int32_t>& values = nodes_[static_cast<int>(kind)].facts[i];
    if (IsNarrow(kind, fact)) {
      const auto narrow = writer->New<uint8_t>(id(0), values.size());
      std::transform(values.begin(), values.end(), narrow.begin(), [](int32_t v) {
        return v == model::kNoValue          ? FactColumn::kNarrowNone
               : v == FactColumn::kWideDated ? FactColumn::kNarrowDated
                                             : static_cast<uint8_t>(v);
      });
    } else {
      writer->Add(id(0), values);
    }
    Release(&values);
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
    writer->Add(id(1), dated);
    writer->Add(id(2), steps);
    writer->Add(id(3), from);
    writer->Add(id(4), value);
  }
}

void BaseBuilder::WriteTies(TieKind kind, ColumnWriter* writer) {
  LargeVector<Tie>& ties = ties_[static_cast<int>(kind)];
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
  {
    const auto to = writer->New<uint32_t>(id(1), n);
    std::transform(ties.begin(), ties.end(), to.begin(), [](const Tie& t) { return t.to.bits(); });
  }
  const auto add8 = [&](uint32_t field, uint8_t Tie::*member) {
    const auto values = writer->New<uint8_t>(id(field), n);
    std::transform(ties.begin(), ties.end(), values.begin(), [=](const Tie& t) { return t.*member; });
  };
  if (model::LawOf(kind).with_role) add8(6, &Tie::role);
  if (model::LawOf(kind).with_manner) add8(7, &Tie::manner);
  LargeVector<Date> days(n);
  std::transform(ties.begin(), ties.end(), days.begin(), [](const Tie& t) { return t.valid.from; });
  AddDays(id(2), days, writer);
  std::transform(ties.begin(), ties.end(), days.begin(), [](const Tie& t) { return t.valid.to; });
  AddDays(id(3), days, writer);
  Release(&days);
  LargeVector<uint32_t> words(n);
  std::transform(ties.begin(), ties.end(), words.begin(), [](const Tie& t) { return t.from.bits(); });
  writer->Add(id(0), words);
  std::transform(ties.begin(), ties.end(), words.begin(), [](const Tie& t) { return t.number; });
  AddBlocks(id(4), words, writer);

  // Forward offsets: ties are in order of their from-nodes, kind by kind.  Backward: a counting sort by to-node, kind
  // by kind.
  LargeVector<uint32_t>& permutation = words;
  uint32_t first_from = 0, first_to = 0;
  for (int k = 1; k < model::kNodeKinds; ++k) {
    const NodeKind node_kind = static_cast<NodeKind>(k);
    if ((model::LawOf(kind).from_kinds >> k & 1) != 0) {
      const auto offsets =
          BuildOffsets(node_kind, nodes_[k].count(), n, first_from, [&](uint32_t i) { return ties[i].from; });
      first_from = offsets.back();
      AddBlocks(id(16 + static_cast<uint32_t>(k)), offsets, writer);
    }
    if ((model::LawOf(kind).to_kinds >> k & 1) != 0) {
      const auto offsets =
          BuildOffsets(node_kind, nodes_[k].count(), n, first_to, [&](uint32_t i) { return ties[i].to; });
      LargeVector<uint32_t> next = offsets;
      for (uint32_t i = 0; i < n; ++i) {
        if (ties[i].to.kind() == node_kind) permutation[next[ties[i].to.ordinal()]++] = i;
      }
      first_to = offsets.back();
      AddBlocks(id(24 + static_cast<uint32_t>(k)), offsets, writer);
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
  Release(&ties);
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
  AddSlots(
      ColumnId(kGroupCode, 0, 6), static_cast<uint32_t>(keys.size()),
      [&](uint32_t i) -> std::string_view { return keys[i]; }, writer);
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
