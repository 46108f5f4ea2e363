// What each column of a base file holds, in the order in which they lie there.
#include <algorithm>

#include "base/codes.h"
#include "base/release.h"
#include "base/status.h"
#include "base/strings.h"
#include "graph/base_builder.h"
#include "graph/merged_ties.h"
#include "graph/snapshot.h"

namespace jiceng::graph {
namespace {

using base::Date;
using base::Release;
using base::Validity;
using model::Fact;
using model::NodeKind;
using model::NodeNumber;
using model::Tie;
using model::TieKind;

constexpr uint32_t kChunk = 4096;

// Facts of few values take a byte.
bool IsNarrow(NodeKind kind, Fact fact) {
  if (kind == NodeKind::kUnit) return fact == Fact::kLevel;
  if (kind == NodeKind::kPerson) return fact == Fact::kPartyStatus || fact == Fact::kInService || fact == Fact::kSex;
  return false;
}

uint8_t Narrow(int32_t value) {
  return value == model::kNoValue          ? FactColumn::kNarrowNone
         : value == FactColumn::kWideDated ? FactColumn::kNarrowDated
                                           : static_cast<uint8_t>(value);
}

// Visits a value of each of `count` nodes, of which the first `in_base` are old: old(first, count, out), fresh(place
// behind the old ones).
template <typename T, typename Old, typename Fresh>
void ForEachNodeChunk(uint32_t in_base, uint32_t count, Old old, Fresh fresh,
                      absl::FunctionRef<void(absl::Span<const T>)> visit) {
  T values[kChunk];
  for (uint32_t first = 0; first < count;) {
    const uint32_t n = std::min(kChunk, count - first);
    const uint32_t in_old = first < in_base ? std::min(n, in_base - first) : 0;
    if (in_old > 0) old(first, in_old, values);
    for (uint32_t k = in_old; k < n; ++k) values[k] = fresh(first + k - in_base);
    visit({values, n});
    first += n;
  }
}

// Puts what a map says of some ordinals over the values of [first, first + count).
template <typename Map, typename T, typename ValueOf>
void Overrule(const Map& map, uint32_t first, uint32_t count, T* values, ValueOf value_of) {
  for (auto it = map.lower_bound(first); it != map.end() && it->first - first < count; ++it)
    values[it->first - first] = value_of(it->second);
}

absl::Status Corrupt(std::string_view what) {
  return base::Error(absl::StatusCode::kDataLoss, "BASE_CORRUPT",
                     base::StrCat("base file: ", what, "; delete the file, it is rebuilt"));
}

absl::Status TooMany(std::string_view what, uint64_t limit) {
  return base::Error(absl::StatusCode::kResourceExhausted, "LIMIT_REACHED",
                     base::StrCat("a store holds at most ", limit, " ", what));
}

}  // namespace

const Base& BaseBuilder::Below() const {
  static const Base* const nothing = new Base();
  return below_ == nullptr ? *nothing : *below_;
}

absl::StatusOr<std::shared_ptr<const Base>> BaseBuilder::Finish(const Stamp& stamp, std::unique_ptr<NewFile> file) {
  // The order is for a file that is not in memory: what nearly every question begins with lies in front, then what
  // tells who lives where and has reported, and last the ids, of which a question reads a few.  Each source is let go
  // as soon as it is written.
  ColumnWriter writer(std::move(file));
  for (int k = 1; k < model::kNodeKinds; ++k) {
    if (nodes_[k].count() >= model::kMostNodes) return TooMany("nodes of a kind", model::kMostNodes);
  }
  const std::vector<uint32_t> store = {nodes_[1].count(), nodes_[2].count(), nodes_[3].count(), next_tie_};
  writer.Add(ColumnId(kGroupStore, 0, 0), store);
  WriteTerms(&writer);
  WriteAttachments(&writer);
  WriteSteps(Below().steps(), steps_, next_matter_, &writer);
  RETURN_IF_ERROR(WriteNodes(NodeKind::kUnit, &writer));
  WriteIds(NodeKind::kUnit, &writer);
  RETURN_IF_ERROR(WriteFacts(NodeKind::kUnit, &writer));
  RETURN_IF_ERROR(WriteNodes(NodeKind::kPerson, &writer));
  constexpr TieKind kFirst[] = {TieKind::kTerritory, TieKind::kResidence, TieKind::kReport};
  for (const TieKind kind : kFirst) RETURN_IF_ERROR(WriteTies(kind, &writer));
  RETURN_IF_ERROR(WriteFacts(NodeKind::kPerson, &writer));
  RETURN_IF_ERROR(WriteNodes(NodeKind::kOrganization, &writer));
  WriteIds(NodeKind::kOrganization, &writer);
  RETURN_IF_ERROR(WriteFacts(NodeKind::kOrganization, &writer));
  RETURN_IF_ERROR(WriteCodes(&writer));
  for (int k = 1; k < model::kTieKinds; ++k) {
    const TieKind kind = static_cast<TieKind>(k);
    if (std::find(std::begin(kFirst), std::end(kFirst), kind) == std::end(kFirst))
      RETURN_IF_ERROR(WriteTies(kind, &writer));
  }
  WriteIds(NodeKind::kPerson, &writer);
  auto columns = writer.Finish(stamp);
  if (!columns.ok()) return columns.status();
  return Base::Open(*std::move(columns));
}

std::string_view BaseBuilder::IdOf(NodeKind kind, uint32_t ordinal) const {
  const Nodes& nodes = nodes_[static_cast<int>(kind)];
  if (ordinal < nodes.in_base) return Below().Id(NodeNumber(kind, ordinal));
  const auto [first, length] = nodes.ids[ordinal - nodes.in_base];
  return {id_bytes_.data() + first, length};
}

absl::Status BaseBuilder::WriteNodes(NodeKind kind, ColumnWriter* writer) {
  Nodes& nodes = nodes_[static_cast<int>(kind)];
  const Base::NodeColumns& old = Below().nodes_[static_cast<int>(kind)];
  const auto id = [kind](uint32_t field) { return ColumnId(kGroupNode, static_cast<uint32_t>(kind), field); };
  if (kind != NodeKind::kPerson) {
    const auto days = [&](const DayColumn& column, Date Validity::*end) {
      return [&nodes, &column, end](absl::FunctionRef<void(absl::Span<const Date>)> visit) {
        ForEachNodeChunk<Date>(
            nodes.in_base, nodes.count(),
            [&](uint32_t first, uint32_t count, Date* out) {
              column.Read(first, count, out);
              Overrule(nodes.lives, first, count, out, [&](const Life& life) { return life.days.*end; });
            },
            [&](uint32_t i) { return nodes.fresh_lives[i].days.*end; }, visit);
      };
    };
    AddDays(id(0), days(old.life_from, &Validity::from), writer);
    AddDays(id(1), days(old.life_to, &Validity::to), writer);
    writer->Begin<uint8_t>(id(2));
    ForEachNodeChunk<uint8_t>(
        nodes.in_base, nodes.count(),
        [&](uint32_t first, uint32_t count, uint8_t* out) {
          std::copy_n(old.precision.data() + first, count, out);
          Overrule(nodes.lives, first, count, out, [](const Life& life) { return life.precision; });
        },
        [&](uint32_t i) { return nodes.fresh_lives[i].precision; },
        [&](absl::Span<const uint8_t> values) { writer->Append(values); });
    writer->End();
    Release(&nodes.fresh_lives);
  }
  std::vector<uint32_t> withdrawn;
  for (const uint32_t ordinal : old.withdrawn) {
    if (nodes.withdrawn.find(ordinal) == nodes.withdrawn.end()) withdrawn.push_back(ordinal);
  }
  for (const auto& [ordinal, is] : nodes.withdrawn) {
    if (is) withdrawn.push_back(ordinal);
  }
  std::sort(withdrawn.begin(), withdrawn.end());
  writer->Add(id(3), withdrawn);

  if (nodes.in_base > 0 && old.id_offset[nodes.in_base] != old.id_bytes.size())
    return Corrupt("ids do not end where their text does");
  uint64_t size = old.id_bytes.size();
  LargeVector<uint32_t> offsets(nodes.count() + size_t{1});
  for (uint32_t i = 0; i < nodes.in_base; ++i) offsets[i] = old.id_offset[i];
  for (uint32_t i = nodes.in_base; i < nodes.count(); ++i) {
    offsets[i] = static_cast<uint32_t>(size);
    size += nodes.ids[i - nodes.in_base].second;
  }
  if (size > UINT32_MAX) return TooMany("bytes of ids of a kind of node", UINT32_MAX);
  offsets.back() = static_cast<uint32_t>(size);
  AddBlocks(id(4), offsets, writer);
  return absl::OkStatus();
}

void BaseBuilder::WriteIds(NodeKind kind, ColumnWriter* writer) {
  const Nodes& nodes = nodes_[static_cast<int>(kind)];
  const auto id = [kind](uint32_t field) { return ColumnId(kGroupNode, static_cast<uint32_t>(kind), field); };
  const absl::Span<const char> old = Below().nodes_[static_cast<int>(kind)].id_bytes;
  if (below_ != nullptr) below_->file().Fetch(id(5));
  writer->Begin<char>(id(5));
  writer->Append(old);
  for (uint32_t i = nodes.in_base; i < nodes.count(); ++i)
    writer->Append(absl::MakeConstSpan(IdOf(kind, i).data(), IdOf(kind, i).size()));
  writer->End();
  AddSlots(
      id(6), nodes.count(),
      [&](uint32_t i) { return kind == NodeKind::kUnit ? base::CanonicalDivisionCode(IdOf(kind, i)) : IdOf(kind, i); },
      writer);
  if (below_ != nullptr) below_->file().LetGo(id(5));
}

absl::Status BaseBuilder::WriteFacts(NodeKind kind, ColumnWriter* writer) {
  Nodes& nodes = nodes_[static_cast<int>(kind)];
  for (int i = 0; i < model::FactCount(kind); ++i) {
    const Fact fact = static_cast<Fact>(i);
    const FactColumn& old = Below().Fact(kind, fact);
    const auto id = [&](uint32_t field) {
      return ColumnId(kGroupFact, static_cast<uint32_t>(kind) * 16 + static_cast<uint32_t>(i), field);
    };
    if ((IsNarrow(kind, fact) ? old.narrow.size() : old.wide.size()) != nodes.in_base)
      return Corrupt("a fact is not as wide as it should be");
    // What rows have said of nodes of the base, by ordinal: a value, or the mark of one that changes.
    std::map<uint32_t, const model::FactTimeline*> said;
    for (auto it = timelines_.lower_bound({NodeNumber(kind, 0), Fact{}}); it != timelines_.end(); ++it) {
      if (it->first.first.kind() != kind) break;
      if (it->first.second == fact) said.emplace_hint(said.end(), it->first.first.ordinal(), &it->second);
    }
    const auto value_of = [](const model::FactTimeline* timeline) {
      return IsConstant(*timeline) ? timeline->Last() : FactColumn::kWideDated;
    };
    LargeVector<int32_t>& fresh = nodes.facts[i];
    if (IsNarrow(kind, fact)) {
      const bool kept = kind == NodeKind::kPerson && fact == Fact::kPartyStatus;  // for MemberColumns
      if (kept) statuses_.reserve(nodes.count());
      writer->Begin<uint8_t>(id(0));
      ForEachNodeChunk<uint8_t>(
          nodes.in_base, nodes.count(),
          [&](uint32_t first, uint32_t count, uint8_t* out) {
            std::copy_n(old.narrow.data() + first, count, out);
            Overrule(said, first, count, out, [&](const auto* timeline) { return Narrow(value_of(timeline)); });
          },
          [&](uint32_t n) { return Narrow(fresh[n]); },
          [&](absl::Span<const uint8_t> values) {
            writer->Append(values);
            if (kept) statuses_.insert(statuses_.end(), values.begin(), values.end());
          });
    } else {
      writer->Begin<int32_t>(id(0));
      ForEachNodeChunk<int32_t>(
          nodes.in_base, nodes.count(),
          [&](uint32_t first, uint32_t count, int32_t* out) {
            std::copy_n(old.wide.data() + first, count, out);
            Overrule(said, first, count, out, value_of);
          },
          [&](uint32_t n) { return fresh[n]; }, [&](absl::Span<const int32_t> values) { writer->Append(values); });
    }
    writer->End();
    Release(&fresh);
    if (below_ != nullptr) below_->file().LetGo(id(0));

    std::vector<uint32_t> dated, steps{0};
    std::vector<int32_t> from, value;
    const auto add = [&](uint32_t ordinal, const model::FactTimeline& timeline) {
      if (IsConstant(timeline)) return;
      dated.push_back(ordinal);
      for (const auto& step : timeline.steps()) {
        from.push_back(step.from.days());
        value.push_back(step.value);
      }
      steps.push_back(static_cast<uint32_t>(from.size()));
    };
    auto next = said.begin();
    for (const uint32_t ordinal : old.dated) {
      for (; next != said.end() && next->first < ordinal; ++next) add(next->first, *next->second);
      if (next != said.end() && next->first == ordinal) continue;
      model::FactTimeline timeline(model::kNoValue);
      old.Read(ordinal, &timeline);
      add(ordinal, timeline);
    }
    for (; next != said.end(); ++next) add(next->first, *next->second);
    writer->Add(id(1), dated);
    writer->Add(id(2), steps);
    writer->Add(id(3), from);
    writer->Add(id(4), value);
  }
  return absl::OkStatus();
}

absl::Status BaseBuilder::WriteTies(TieKind kind, ColumnWriter* writer) {
  const TieColumns& old = Below().Ties(kind);
  const MergedTies ties(kind, old, Sorted(kind));
  if (ties.size() == 0) return absl::OkStatus();
  if (ties.size() > UINT32_MAX) return TooMany("ties of a kind", UINT32_MAX);
  const auto id = [kind](uint32_t field) { return ColumnId(kGroupTie, static_cast<uint32_t>(kind), field); };
  if (old.size > 0 &&
      ((model::LawOf(kind).with_role && old.role.empty()) || (model::LawOf(kind).with_manner && old.manner.empty()))) {
    return Corrupt("ties lack a column of their kind");
  }
  const auto add = [&](uint32_t field, auto old_values, auto fresh) {
    using T = std::remove_const_t<typename decltype(old_values)::element_type>;
    writer->Begin<T>(id(field));
    ties.ForEachChunkOf<T>(old_values, fresh, [&](absl::Span<const T> values) { writer->Append(values); });
    writer->End();
  };
  const auto add_days = [&](uint32_t field, const DayColumn& column, Date Validity::*end) {
    AddDays(
        id(field),
        [&](absl::FunctionRef<void(absl::Span<const Date>)> visit) {
          ties.ForEachChunk<Date>([&](uint32_t first, uint32_t count, Date* out) { column.Read(first, count, out); },
                                  [&](const Tie& tie) { return tie.valid.*end; }, visit);
        },
        writer);
  };
  add(1, old.to, [](const Tie& tie) { return tie.to.bits(); });
  if (model::LawOf(kind).with_role) add(6, old.role, [](const Tie& tie) { return tie.role; });
  if (model::LawOf(kind).with_manner) add(7, old.manner, [](const Tie& tie) { return tie.manner; });
  add_days(2, old.since, &Validity::from);
  add_days(3, old.until, &Validity::to);
  add(0, old.from, [](const Tie& tie) { return tie.from.bits(); });
  AddBlocks(
      id(4),
      [&](absl::FunctionRef<void(absl::Span<const uint32_t>)> visit) {
        ties.ForEachChunk<uint32_t>(
            [&](uint32_t first, uint32_t count, uint32_t* out) {
              for (uint32_t k = 0; k < count; ++k) out[k] = old.number[first + k];
            },
            [](const Tie& tie) { return tie.number; }, visit);
      },
      writer);
  RETURN_IF_ERROR(WriteTieEnds(kind, ties, writer));
  RETURN_IF_ERROR(WriteTieAttributes(kind, ties, writer));
  Release(&ties_[static_cast<int>(kind)].rows);
  if (below_ != nullptr) {
    for (uint32_t field = 0; field < 8; ++field) below_->file().LetGo(id(field));
  }
  return absl::OkStatus();
}

absl::Status BaseBuilder::WriteCodes(ColumnWriter* writer) {
  std::vector<uint32_t> node, offset{0};
  std::vector<uint8_t> attribute;
  std::vector<int32_t> from, to;
  std::string bytes;
  uint64_t size = 0;
  const auto add = [&](const CodeOwner& owner, Validity valid, std::string_view text) {
    node.push_back(owner.first.bits());
    attribute.push_back(static_cast<uint8_t>(owner.second));
    from.push_back(valid.from.days());
    to.push_back(valid.to.days());
    bytes += text;
    size += text.size();
    offset.push_back(static_cast<uint32_t>(size));
  };
  auto next = codes_.begin();
  const auto add_said = [&] {
    next->second.ForEach([&](Validity valid, const std::string& text) { add(next->first, valid, text); });
    ++next;
  };
  const auto& old = Below().codes_;
  for (uint32_t i = 0; i < old.node.size(); ++i) {
    const CodeEntry entry = Below().CodeAt(i);
    const CodeOwner owner(entry.node, entry.attribute);
    while (next != codes_.end() && next->first < owner) add_said();
    if (next == codes_.end() || owner < next->first) add(owner, entry.valid, Below().CodeText(i));
  }
  while (next != codes_.end()) add_said();
  if (size > UINT32_MAX) return TooMany("bytes of codes", UINT32_MAX);
  writer->Add(ColumnId(kGroupCode, 0, 0), node);
  writer->Add(ColumnId(kGroupCode, 0, 1), attribute);
  writer->Add(ColumnId(kGroupCode, 0, 2), from);
  writer->Add(ColumnId(kGroupCode, 0, 3), to);
  writer->Add(ColumnId(kGroupCode, 0, 4), offset);
  writer->Add(ColumnId(kGroupCode, 0, 5), absl::Span<const char>(bytes.data(), bytes.size()));
  AddSlots(
      ColumnId(kGroupCode, 0, 6), static_cast<uint32_t>(node.size()),
      [&](uint32_t i) { return std::string_view(bytes).substr(offset[i], offset[i + 1] - offset[i]); }, writer);
  return absl::OkStatus();
}

void BaseBuilder::WriteTerms(ColumnWriter* writer) {
  ColumnAppender<int32_t> values(ColumnId(kGroupTerm, 0, 0), writer);
  const auto add = [&](const model::TermRow& term) {
    if (term.withdrawn) return;
    for (int32_t v : {static_cast<int32_t>(term.org.bits()), term.number, term.elected_on.days(), term.years,
                      term.ends_on.days(), term.extended_to.days()}) {
      values.Add(v);
    }
  };
  auto next = terms_.begin();
  for (const model::TermRow& term : Below().terms()) {
    const std::pair key(term.org, term.number);
    for (; next != terms_.end() && next->first < key; ++next) add(next->second);
    if (next == terms_.end() || key < next->first) add(term);
  }
  for (; next != terms_.end(); ++next) add(next->second);
  values.End();
}

void BaseBuilder::WriteAttachments(ColumnWriter* writer) {
  const model::Attachments& all = attachments_.has_value() ? *attachments_ : *Below().attachments();
  if (all.empty()) return;
  ColumnAppender<int32_t> values(ColumnId(kGroupAttachment, 0, 0), writer);
  for (const model::AttachmentRow& row : all) {
    for (const int32_t v : {static_cast<int32_t>(row.kind), static_cast<int32_t>(row.node.bits()),
                            row.valid.from.days(), row.valid.to.days(), row.priority,
                            static_cast<int32_t>(row.name.size()), static_cast<int32_t>(row.content.size())}) {
      values.Add(v);
    }
  }
  values.End();
  ColumnAppender<char> bytes(ColumnId(kGroupAttachment, 0, 1), writer);
  for (const model::AttachmentRow& row : all) {
    for (const std::string* text : {&row.name, &row.content}) {
      for (const char c : *text) bytes.Add(c);
    }
  }
  bytes.End();
}

}  // namespace jiceng::graph
