// Ties: of one node without an allocation, of a kind in columns; and the nodes that their numbers stand for.
#include <jiceng/catalogue.h>
#include <jiceng/snapshot.h>

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <utility>

#include "base/status.h"
#include "base/strings.h"
#include "capi/arguments.h"
#include "capi/ask.h"
#include "capi/guard.h"
#include "engine/wording.h"
#include "model/tie.h"

namespace capi = jiceng::capi;
namespace base = jiceng::base;
namespace model = jiceng::model;

namespace {

using model::NodeNumber;
using model::Tie;
using model::TieKind;

static_assert(JICENG_TIE_TERRITORY == static_cast<int>(TieKind::kTerritory) &&
              JICENG_TIE_RECUSAL == static_cast<int>(TieKind::kRecusal) && JICENG_TIE_RECUSAL == model::kTieKinds - 1);

absl::StatusOr<TieKind> ReadTieKind(const char* kind) {
  ASSIGN_OR_RETURN(const std::string_view name, capi::ReadNeededText(kind, "kind"));
  const TieKind found = model::TieKindFromName(name);
  if (found != TieKind::kNone) return found;
  std::string known;
  for (int i = 1; i < model::kTieKinds; ++i) {
    known += base::StrCat(i == 1 ? "" : ", ", model::TieKindName(static_cast<TieKind>(i)));
  }
  return base::Error(absl::StatusCode::kInvalidArgument, "UNKNOWN_TIE_KIND",
                     base::StrCat("no kind of tie '", name, "'; there are: ", known), "kind");
}

absl::StatusOr<model::NodeKind> ReadNodeKind(const char* kind) {
  ASSIGN_OR_RETURN(const std::string_view name, capi::ReadNeededText(kind, "kind"));
  for (const auto known : {model::NodeKind::kUnit, model::NodeKind::kOrganization, model::NodeKind::kPerson}) {
    if (name == model::NodeKindName(known)) return known;
  }
  return base::Error(absl::StatusCode::kInvalidArgument, "BAD_NODE",
                     base::StrCat("no kind of node '", name, "'; there are: unit, org, person"), "kind");
}

void Fill(const Tie& tie, jiceng_tie* out) {
  *out = {};
  out->number = tie.number;
  out->from = tie.from.ToInt64();
  out->to = tie.to.ToInt64();
  out->valid_from = tie.valid.from.ToNumber();
  out->valid_to = tie.valid.to.ToNumber();
  out->kind = static_cast<int32_t>(tie.kind);
  out->role = tie.role;
  out->manner = tie.manner;
}

// The columns of many ties, filled without looking at each cell's type.
class TieTable {
 public:
  TieTable(const model::Catalogue& catalogue, TieKind kind, size_t expected) : catalogue_(catalogue), kind_(kind) {
    for (auto* numbers : {&tie_, &from_, &to_, &since_, &until_}) numbers->reserve(expected);
    role_.reserve(expected);
    manner_.reserve(expected);
    attributes_.texts.reserve(expected + 1);
    attributes_.texts.push_back(0);
    manner_words_.fill(capi::Column::kNoWord);
    role_words_.fill(capi::Column::kNoWord);
  }

  void Add(const Tie& tie, std::string_view attributes) {
    tie_.push_back(tie.number);
    from_.push_back(tie.from.ToInt64());
    to_.push_back(tie.to.ToInt64());
    since_.push_back(day_.ToNumber(tie.valid.from));
    until_.push_back(day_.ToNumber(tie.valid.to));
    role_.push_back(Word(tie.role, &role_words_, &roles_));
    manner_.push_back(Word(tie.manner, &manner_words_, &manners_));
    attributes_.bytes.append(attributes);
    attributes_.bytes.push_back('\0');
    attributes_.texts.push_back(attributes_.bytes.size());
    attributes_.null.push_back(attributes.empty() ? 1 : 0);
  }

  std::unique_ptr<jiceng_table> Finish() {
    auto data = std::make_shared<capi::TableData>();
    data->rows = static_cast<int64_t>(tie_.size());
    const auto keep = [&](capi::Column column) {
      data->columns.push_back(std::make_shared<const capi::Column>(std::move(column)));
    };
    const auto numbers = [&](const char* name, int32_t type, std::vector<int64_t>* values) {
      capi::Column column;
      column.name = name;
      column.type = type;
      column.numbers = std::move(*values);
      keep(std::move(column));
    };
    numbers("tie", JICENG_COLUMN_INT64, &tie_);
    numbers("from_number", JICENG_COLUMN_INT64, &from_);
    numbers("to_number", JICENG_COLUMN_INT64, &to_);
    numbers("valid_from", JICENG_COLUMN_DATE, &since_);
    numbers("valid_to", JICENG_COLUMN_DATE, &until_);
    const auto words = [&](const char* name, std::vector<uint8_t>* which, const std::vector<uint8_t>& there,
                           auto word_of) {
      capi::Column column;
      column.name = name;
      column.type = JICENG_COLUMN_TEXT;
      column.of_words = true;
      column.words = std::move(*which);
      column.texts.push_back(0);
      for (const uint8_t value : there) {
        column.bytes.append(word_of(value));
        column.bytes.push_back('\0');
        column.texts.push_back(column.bytes.size());
      }
      keep(std::move(column));
    };
    words("role", &role_, roles_, [&](uint8_t role) {
      const model::Role* record = catalogue_.FindRole(role);
      return record == nullptr ? std::to_string(role) : record->id;  // a newer catalogue wrote it
    });
    words("manner", &manner_, manners_, [&](uint8_t manner) { return std::string(model::MannerName(kind_, manner)); });
    attributes_.name = "attributes";
    attributes_.type = JICENG_COLUMN_TEXT;
    keep(std::move(attributes_));
    auto table = std::make_unique<jiceng_table>();
    table->data = std::move(data);
    return table;
  }

 private:
  using Words = std::array<uint8_t, 256>;

  // The place of a value's word among those there are; 0 is no value.
  static uint8_t Word(uint8_t value, Words* places, std::vector<uint8_t>* there) {
    if (value == 0) return capi::Column::kNoWord;
    uint8_t& place = (*places)[value];
    if (place == capi::Column::kNoWord && there->size() < capi::Column::kNoWord) {
      place = static_cast<uint8_t>(there->size());
      there->push_back(value);
    }
    return place;
  }

  // Days as YYYYMMDD; many ties share theirs.
  class Days {
   public:
    int64_t ToNumber(base::Date day) {
      if (!day.IsFinite()) return 0;
      const size_t place = static_cast<uint32_t>(day.days()) % kSize;
      if (days_[place] != day) {
        days_[place] = day;
        numbers_[place] = day.ToNumber();
      }
      return numbers_[place];
    }

   private:
    static constexpr size_t kSize = 16384;  // some 45 years
    std::vector<base::Date> days_ = std::vector<base::Date>(kSize, base::Date::Forever());
    std::vector<int32_t> numbers_ = std::vector<int32_t>(kSize);
  };

  const model::Catalogue& catalogue_;
  const TieKind kind_;
  std::vector<int64_t> tie_, from_, to_, since_, until_;
  std::vector<uint8_t> role_, manner_, roles_, manners_;
  Words role_words_, manner_words_;
  capi::Column attributes_;
  Days day_;
};

// What numbers stand for.
class NodeTable {
 public:
  NodeTable(const jiceng_snapshot& snapshot, base::Date day)
      : snapshot_(snapshot),
        day_(day),
        table_({{"number", JICENG_COLUMN_INT64},
                {"node", JICENG_COLUMN_TEXT},
                {"name", JICENG_COLUMN_TEXT},
                {"kind", JICENG_COLUMN_TEXT},
                {"from", JICENG_COLUMN_DATE},
                {"to", JICENG_COLUMN_DATE}}),
        nodes_(snapshot, day, "name", &table_) {}

  void Add(NodeNumber node) {
    const base::Validity life = snapshot_.graph().Life(node);
    table_.Int64(node.ToInt64());
    nodes_.Put(node);
    table_.TextOrNull(capi::KindOf(snapshot_, node, day_));
    table_.Date(life.from);
    table_.Date(life.to);
  }
  void AddNobody(int64_t number) {
    table_.Int64(number);
    nodes_.Put(NodeNumber());
    table_.TextOrNull({});
    table_.Date(base::Date::Forever());
    table_.Date(base::Date::Forever());
  }
  std::unique_ptr<jiceng_table> Finish() {
    nodes_.Finish();
    return table_.Finish();
  }

 private:
  const jiceng_snapshot& snapshot_;
  const base::Date day_;
  capi::TableBuilder table_;
  capi::NamedNodes nodes_;
};

}  // namespace

int64_t jiceng_node_ties(const jiceng_snapshot* snapshot, int64_t node, int32_t kind, int32_t ends, int32_t date,
                         jiceng_tie* ties, int64_t size) try {
  if (snapshot == nullptr || kind < 0 || kind >= model::kTieKinds || (ends & ~JICENG_TIES_BOTH) != 0) return 0;
  const NodeNumber number = NodeNumber::FromInt64(node);
  const jiceng::graph::Snapshot& graph = snapshot->graph();
  const base::Date never = base::Date::Forever();
  const absl::StatusOr<base::Date> day = base::Date::FromNumber(date, never);
  if (!day.ok() || !graph.In(number) || graph.Withdrawn(number)) return 0;
  if (!capi::MaySee(*snapshot, number, *day == never ? capi::kLatest : *day)) return 0;
  int64_t count = 0;
  const auto give = [&](const Tie& tie) {
    if (*day != never && !tie.valid.Holds(*day)) return;
    if (ties != nullptr && count < size) Fill(tie, &ties[count]);
    ++count;
  };
  for (int k = kind == 0 ? 1 : kind; k <= (kind == 0 ? model::kTieKinds - 1 : kind); ++k) {
    if ((ends & JICENG_TIES_FROM) != 0) graph.ForEachFrom(static_cast<TieKind>(k), number, give);
    if ((ends & JICENG_TIES_TO) != 0) graph.ForEachTo(static_cast<TieKind>(k), number, give);
  }
  return count;
} catch (...) {  // an actor's scope may need memory
  return 0;
}

jiceng_status jiceng_ties(const jiceng_snapshot* snapshot, const char* kind, int32_t date, jiceng_table** out_table,
                          jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    RETURN_IF_ERROR(capi::CheckSnapshot(snapshot));
    ASSIGN_OR_RETURN(const TieKind found, ReadTieKind(kind));
    ASSIGN_OR_RETURN(const base::Date day, capi::ReadDateOr(date, base::Date::Forever(), "date"));
    const bool whole = day == base::Date::Forever();
    const base::Date seen_on = whole ? capi::kLatest : day;
    const jiceng::graph::Snapshot& graph = snapshot->graph();
    TieTable table(snapshot->catalogue().model, found, graph.base().Ties(found).size);
    graph.ForEachTie(found, [&](const Tie& tie) {
      if (!whole && !tie.valid.Holds(day)) return;
      // As when either end is looked at.
      if (snapshot->actor != nullptr && !capi::MaySee(*snapshot, tie.from, seen_on) &&
          !capi::MaySee(*snapshot, tie.to, seen_on)) {
        return;
      }
      table.Add(tie, graph.Extra(tie));
    });
    *out_table = table.Finish().release();
    return absl::OkStatus();
  });
}

jiceng_status jiceng_nodes(const jiceng_snapshot* snapshot, const char* kind, int32_t date, jiceng_table** out_table,
                           jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    RETURN_IF_ERROR(capi::CheckSnapshot(snapshot));
    ASSIGN_OR_RETURN(const model::NodeKind found, ReadNodeKind(kind));
    ASSIGN_OR_RETURN(const base::Date day, capi::ReadDateOr(date, base::Date::Forever(), "date"));
    const bool whole = day == base::Date::Forever();
    const base::Date seen_on = whole ? capi::kLatest : day;
    const jiceng::graph::Snapshot& graph = snapshot->graph();
    NodeTable table(*snapshot, seen_on);
    for (uint32_t i = 0; i < graph.Count(found); ++i) {
      const NodeNumber node(found, i);
      if (graph.Withdrawn(node) || (!whole && !graph.Exists(node, day))) continue;
      if (capi::MaySee(*snapshot, node, seen_on)) table.Add(node);
    }
    *out_table = table.Finish().release();
    return absl::OkStatus();
  });
}

jiceng_status jiceng_nodes_by_number(const jiceng_snapshot* snapshot, const int64_t* numbers, size_t count,
                                     int32_t date, jiceng_table** out_table, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    RETURN_IF_ERROR(capi::CheckSnapshot(snapshot));
    ASSIGN_OR_RETURN(const absl::Span<const int64_t> given, capi::ReadNumbers(numbers, count, "numbers"));
    ASSIGN_OR_RETURN(const base::Date day, capi::ReadDateOr(date, capi::kLatest, "date"));
    const jiceng::graph::Snapshot& graph = snapshot->graph();
    NodeTable table(*snapshot, day);
    for (const int64_t number : given) {
      const NodeNumber node = NodeNumber::FromInt64(number);
      if (graph.In(node) && !graph.Withdrawn(node) && capi::MaySee(*snapshot, node, day)) {
        table.Add(node);
      } else {
        table.AddNobody(number);
      }
    }
    *out_table = table.Finish().release();
    return absl::OkStatus();
  });
}

jiceng_status jiceng_tie_kinds(int32_t lang, jiceng_table** out_table, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    ASSIGN_OR_RETURN(const jiceng::rules::Language language, capi::ReadLanguage(lang));
    capi::TableBuilder table(
        {{"number", JICENG_COLUMN_INT64}, {"id", JICENG_COLUMN_TEXT}, {"title", JICENG_COLUMN_TEXT}});
    for (int i = 1; i < model::kTieKinds; ++i) {
      table.Int64(i);
      table.Text(model::TieKindName(static_cast<TieKind>(i)));
      table.Text(jiceng::engine::TieTitle(static_cast<TieKind>(i), language));
    }
    *out_table = table.Finish().release();
    return absl::OkStatus();
  });
}
