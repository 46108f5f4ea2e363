// Matters and their steps out of ledgers: each is judged as if it were taken now, in the order of time.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "absl/strings/ascii.h"
#include "base/status.h"
#include "base/strings.h"
#include "engine/import_session.h"
#include "engine/matters.h"

namespace jiceng::engine {

using base::StrCat;
using ledgers::Ledger;
using model::NodeKind;
using model::NodeNumber;
using procedures::Field;
using procedures::KeptMatter;
using procedures::Procedure;
using procedures::Step;
using procedures::Subject;

namespace {

// A header names a part or field by its id or its Chinese title.
template <typename Record>
bool Names(std::string_view header, const Record& record) {
  const auto same = [](char a, char b) { return absl::ascii_tolower(static_cast<unsigned char>(a)) == b; };
  return header == record.title.zh ||
         std::equal(header.begin(), header.end(), record.id.begin(), record.id.end(), same);
}

template <typename Records>
auto Named(std::string_view header, const Records& records) {
  const auto found = std::find_if(records.begin(), records.end(), [&](const auto& r) { return Names(header, r); });
  return found == records.end() ? nullptr : &*found;
}

template <typename Records>
void AddIds(const Records& records, std::string* names) {
  for (const auto& record : records) absl::StrAppend(names, names->empty() ? "" : ", ", record.id);
}

// A node as a cell has it: its text form, or the id alone where the kind goes without saying.
std::optional<NodeNumber> NodeOf(std::string_view cell, NodeKind kind, const graph::Snapshot& graph) {
  const absl::StatusOr<model::NodeText> node = model::ParseNodeText(cell);
  if (node.ok() && node->kind != kind) return std::nullopt;
  const auto found = graph.Find(kind, node.ok() ? node->id : cell, base::Date::Forever());
  return found.has_value() && !graph.Withdrawn(*found) ? found : std::nullopt;
}

bool SameStep(const Step& a, const Step& b) {
  return a.at == b.at && a.transition == b.transition && a.actor == b.actor && a.evidence == b.evidence;
}

}  // namespace

absl::Status ImportSession::ReadMatters() {
  const auto read = [&](Ledger ledger, int id, int word, int moment, int actor, int number) {
    return ReadFiles(ledger, [&, ledger, id, word, moment, actor, number](Origin at, Row cells) {
      const auto cell = [&](int column) -> const ledgers::Cell& { return cells[static_cast<size_t>(column)]; };
      const auto keep = [&](int column) { return draft_.arena().Keep(cell(column).text); };
      const absl::StatusOr<procedures::Moment> when = procedures::ParseMoment(cell(moment).text);
      const char* column = ledgers::SpecOf(ledger).columns[static_cast<size_t>(moment)].name;
      if (!when.ok()) {
        return Reject(at, column, cell(moment).text, "BAD_MOMENT", "expected 2026-03-01 or 2026-03-01 09:30");
      }
      MatterRow row{at, ledger == Ledger::kMatters, *when, keep(id), keep(word), keep(actor), -1, {}};
      if (cell(number).present) row.number = cell(number).number;
      const size_t own = ledgers::SpecOf(ledger).columns.size();
      for (size_t c = own; c < cells.size(); ++c) {
        if (cells[c].present) row.cells.emplace_back(static_cast<uint32_t>(c - own), keep(static_cast<int>(c)));
      }
      matters_.push_back(std::move(row));
    });
  };
  RETURN_IF_ERROR(read(Ledger::kMatters, ledgers::kMatterId, ledgers::kMatterProcedure, ledgers::kMatterOpened,
                       ledgers::kMatterActor, ledgers::kMatterVersion));
  RETURN_IF_ERROR(read(Ledger::kMatterSteps, ledgers::kStepMatter, ledgers::kStepName, ledgers::kStepAt,
                       ledgers::kStepActor, ledgers::kStepNumber));
  IgnoreStrangeColumns();
  return absl::OkStatus();
}

// A column that no procedure has a word for is the clerk's own, such as a name beside the id.
void ImportSession::IgnoreStrangeColumns() {
  const auto known = [&](std::string_view header) {
    for (const Procedure& procedure : store_->catalogue().procedures.procedures()) {
      if (Named(header, procedure.subjects) != nullptr || Named(header, procedure.opening) != nullptr) return true;
      for (const procedures::Transition& transition : procedure.transitions) {
        if (Named(header, transition.evidence) != nullptr) return true;
      }
    }
    return false;
  };
  for (size_t i = 0; i < sources_.size(); ++i) {
    std::set<uint32_t> strange;
    for (size_t c = 0; c < further_[i].size(); ++c) {
      const std::string& header = further_[i][c];
      if (known(header)) continue;
      strange.insert(static_cast<uint32_t>(c));
      report_->diagnostics.AddWarning({sources_[i].name(), 0, header, "", "UNKNOWN_COLUMN",
                                       StrCat("no procedure has a part or field '", header, "'; it is ignored")});
    }
    if (strange.empty()) continue;
    for (MatterRow& row : matters_) {
      const auto is_strange = [&](const auto& cell) { return strange.count(cell.first) > 0; };
      if (FileOf(row.at) == i)
        row.cells.erase(std::remove_if(row.cells.begin(), row.cells.end(), is_strange), row.cells.end());
    }
  }
}

// In the order in which they were taken: of one minute openings first, then by number, then as they stand in the ledger.
// A row that stands twice is taken once.
void ImportSession::SortMatters() {
  const auto order = [](const MatterRow& row) {
    const int64_t number = row.opens ? -1 : row.number < 0 ? INT64_MAX : row.number;
    return std::make_tuple(row.moment.Minutes(), number, row.at);
  };
  std::sort(matters_.begin(), matters_.end(),
            [&](const MatterRow& a, const MatterRow& b) { return order(a) < order(b); });
  using Content = std::tuple<bool, int64_t, int64_t, std::string_view, std::string_view, std::string_view,
                             std::vector<std::pair<std::string_view, std::string_view>>>;
  std::map<Content, Origin> known;
  const auto twice = [&](const MatterRow& row) {
    Content content(row.opens, row.moment.Minutes(), row.number, row.id, row.word, row.actor, {});
    for (const auto& [column, text] : row.cells)
      std::get<6>(content).emplace_back(further_[FileOf(row.at)][column], text);
    std::sort(std::get<6>(content).begin(), std::get<6>(content).end());
    if (known.emplace(std::move(content), row.at).second) return false;
    Warn(row.at, "matter_id", row.id, "DUPLICATE_ROW", "the same row again; counted once");
    return true;
  };
  matters_.erase(std::remove_if(matters_.begin(), matters_.end(), twice), matters_.end());
}

absl::Status ImportSession::TakeMatters(const graph::Snapshot& graph) {
  SortMatters();
  MatterApplier applier(store_, version_, &draft_, graph);
  Matched matched;
  for (size_t first = 0, end = 0; first < matters_.size(); first = end) {
    while (end < matters_.size() && matters_[end].moment == matters_[first].moment) ++end;
    RETURN_IF_ERROR(TakeMinute({&matters_[first], end - first}, graph, &applier, &matched));
  }
  return absl::OkStatus();
}

// What happened in one minute has no order from matter to matter: who claims a post may be named before who left it.  A
// step that is refused is tried again once others were taken; those of the same matter wait for it.
absl::Status ImportSession::TakeMinute(absl::Span<const MatterRow> rows, const graph::Snapshot& graph,
                                       MatterApplier* applier, Matched* matched) {
  std::vector<const MatterRow*> waiting;
  for (const MatterRow& row : rows) waiting.push_back(&row);
  for (bool last = rows.size() == 1;;) {
    std::vector<const MatterRow*> refused;
    std::set<std::string_view> held;  // matters with a step among them
    for (const MatterRow* row : waiting) {
      bool wait = held.count(row->id) > 0;
      if (!wait && row->opens) RETURN_IF_ERROR(TakeOpening(*row, graph, applier));
      if (!wait && !row->opens)
        RETURN_IF_ERROR(TakeStep(*row, graph, applier, &(*matched)[row->id], last ? nullptr : &wait));
      if (!wait) continue;
      held.insert(row->id);
      refused.push_back(row);
    }
    if (refused.empty()) return absl::OkStatus();
    last = refused.size() == waiting.size();
    waiting = std::move(refused);
  }
}

absl::Status ImportSession::TakeOpening(const MatterRow& row, const graph::Snapshot& graph, MatterApplier* applier) {
  const procedures::ProcedureSet& set = store_->catalogue().procedures;
  const Procedure* procedure = Named(row.word, set.procedures());
  if (procedure != nullptr)
    procedure = row.number < 0 ? set.Find(procedure->id) : set.Find(procedure->id, static_cast<int32_t>(row.number));
  if (procedure == nullptr) {
    std::string names;
    AddIds(set.procedures(), &names);
    Reject(row.at, "procedure", row.word, "UNKNOWN_PROCEDURE",
           StrCat("no such procedure, or none of that version; there are: ", names));
    return absl::OkStatus();
  }
  procedures::Matter matter;
  matter.id = std::string(row.id);
  matter.subjects.resize(procedure->subjects.size());
  Step opening;
  if (!ReadTold(row, procedure->opening, procedure, graph, *applier, &matter, &opening)) return absl::OkStatus();
  matter.steps.push_back(std::move(opening));
  if (const std::optional<uint32_t> number = applier->Find(matter.id)) {
    const std::optional<KeptMatter> kept = applier->Read(*number);
    const bool same = kept.has_value() && kept->procedure == procedure && kept->matter.subjects == matter.subjects &&
                      SameStep(kept->matter.steps[0], matter.steps[0]);
    if (!same) {
      Reject(row.at, "matter_id", row.id, "MATTER_EXISTS",
             "there is a matter of this id already that was opened otherwise; expected an id of its own");
    }
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(applier->Open(*procedure, std::move(matter)));
  RejectRefused(row, *procedure, applier);
  return absl::OkStatus();
}

// With `wait` a step that a guard refuses is not rejected yet; then it is set.
absl::Status ImportSession::TakeStep(const MatterRow& row, const graph::Snapshot& graph, MatterApplier* applier,
                                     std::vector<bool>* matched, bool* wait) {
  const std::optional<uint32_t> number = applier->Find(row.id);
  std::optional<KeptMatter> kept;
  if (number.has_value()) kept = applier->Read(*number);
  if (!kept.has_value()) {
    Reject(row.at, "matter_id", row.id, "UNKNOWN_MATTER",
           "no such matter in the store, nor one opened by then in this import");
    return absl::OkStatus();
  }
  const Procedure& procedure = *kept->procedure;
  const procedures::Transition* transition = Named(row.word, procedure.transitions);
  if (transition == nullptr) {
    std::string names;
    AddIds(procedure.transitions, &names);
    Reject(row.at, "step", row.word, "UNKNOWN_STEP", StrCat("'", procedure.id, "' has these steps: ", names));
    return absl::OkStatus();
  }
  Step step;
  step.transition = transition->id;
  if (!ReadTold(row, transition->evidence, nullptr, graph, *applier, nullptr, &step)) return absl::OkStatus();

  // What was taken already stays as it was.
  const std::vector<Step>& steps = kept->matter.steps;
  if (row.number >= 0) {
    const int64_t next = static_cast<int64_t>(steps.size());
    if (row.number >= 1 && row.number < next) {
      if (!SameStep(steps[static_cast<size_t>(row.number)], step)) {
        Reject(row.at, "step_no", std::to_string(row.number), "STEP_TAKEN",
               "the matter has another step of this number; a step that was taken is not changed");
      }
      return absl::OkStatus();
    }
    if (row.number != next) {
      Reject(row.at, "step_no", std::to_string(row.number), "STEP_OUT_OF_ORDER",
             StrCat("the next step of the matter by then is number ", next));
      return absl::OkStatus();
    }
  } else {
    matched->resize(std::max(matched->size(), steps.size()));
    for (size_t i = 1; i < steps.size(); ++i) {
      if ((*matched)[i] || !SameStep(steps[i], step)) continue;
      (*matched)[i] = true;
      return absl::OkStatus();
    }
  }
  RETURN_IF_ERROR(applier->Take(*number, *kept, step, row.at));
  const std::vector<procedures::Refusal>& refusals = applier->refusals();
  if (wait != nullptr &&
      std::any_of(refusals.begin(), refusals.end(), [](const auto& r) { return r.code == "GUARD"; })) {
    *wait = true;
    return absl::OkStatus();
  }
  RejectRefused(row, procedure, applier);
  if (applier->refusals().empty()) {
    matched->resize(std::max(matched->size(), steps.size() + 1));
    (*matched)[steps.size()] = true;  // by this row
  }
  return absl::OkStatus();
}

// Reads the row's moment, actor and further columns: what is told, and of an opening who plays which part.  False when
// the row was rejected for it.
bool ImportSession::ReadTold(const MatterRow& row, const std::vector<Field>& fields, const Procedure* parts,
                             const graph::Snapshot& graph, const MatterApplier& applier, procedures::Matter* matter,
                             Step* step) {
  bool good = true;
  const auto reject = [&](std::string_view column, std::string_view cell, const char* code, std::string message) {
    Reject(row.at, column, cell, code, std::move(message));
    good = false;
  };
  step->at = row.moment;
  if (!row.actor.empty()) {
    const absl::StatusOr<model::NodeText> text = model::ParseNodeText(row.actor);
    const auto actor = NodeOf(row.actor, text.ok() ? text->kind : NodeKind::kPerson, graph);
    if (actor.has_value()) {
      step->actor = *actor;
    } else {
      reject("actor", row.actor, "UNKNOWN_REFERENCE", "no such person in the store or in this import");
    }
  }
  for (const auto& [column, text] : row.cells) {
    const std::string& header = further_[FileOf(row.at)][column];
    if (const Field* field = Named(header, fields)) {
      absl::StatusOr<procedures::Value> value = procedures::ParseValue(*field, text, graph, &applier.matters());
      if (field->type == procedures::FieldType::kNode) {  // the id alone says enough
        const auto node = NodeOf(text, field->kind, graph);
        if (node.has_value()) value = procedures::Value{field->type, node->ToInt64(), ""};
      }
      if (!value.ok()) {
        reject(header, text, "BAD_FIELD", std::string(value.status().message()));
      } else if (Find(step->evidence, field->id) != nullptr) {
        reject(header, text, "DOUBLED_COLUMN", StrCat("'", field->id, "' is told in another column as well"));
      } else {
        procedures::Put(field->id, *std::move(value), &step->evidence);
      }
      continue;
    }
    const Subject* part = parts == nullptr ? nullptr : Named(header, parts->subjects);
    if (part == nullptr) {
      std::string names;
      if (parts != nullptr) AddIds(parts->subjects, &names);
      AddIds(fields, &names);
      reject(header, text, "UNKNOWN_FIELD", StrCat("'", row.word, "' takes: ", names.empty() ? "nothing" : names));
      continue;
    }
    NodeNumber& plays = matter->subjects[static_cast<size_t>(part - parts->subjects.data())];
    const auto node = NodeOf(text, part->kind, graph);
    if (!node.has_value()) {
      reject(header, text, "UNKNOWN_REFERENCE",
             StrCat("no ", model::NodeKindName(part->kind), " '", text, "' in the store or in this import"));
    } else if (plays) {
      reject(header, text, "DOUBLED_COLUMN", StrCat("'", part->id, "' is told in another column as well"));
    } else {
      plays = *node;
    }
  }
  return good;
}

// The header of the column a refusal is about, "" where it is about none.
std::string_view ImportSession::HeaderOf(const MatterRow& row, const Procedure& procedure,
                                         std::string_view place) const {
  const auto is = [&](const std::string& header, const auto& records) {
    const auto* named = Named(header, records);
    return named != nullptr && named->id == place;
  };
  for (const std::string& header : further_[FileOf(row.at)]) {
    if (row.opens && (is(header, procedure.subjects) || is(header, procedure.opening))) return header;
    const auto* transition = row.opens ? nullptr : Named(row.word, procedure.transitions);
    if (transition != nullptr && is(header, transition->evidence)) return header;
  }
  return "";
}

void ImportSession::RejectRefused(const MatterRow& row, const Procedure& procedure, MatterApplier* applier) {
  for (const procedures::Refusal& refusal : applier->refusals()) {
    const bool actor = refusal.code == "WRONG_ACTOR", guard = refusal.code == "GUARD";
    const std::string_view column = actor   ? std::string_view("actor")
                                    : guard ? ""
                                            : HeaderOf(row, procedure, refusal.place);
    std::string_view cell = actor ? row.actor : std::string_view();
    for (const auto& [further, text] : row.cells) {
      if (!column.empty() && further_[FileOf(row.at)][further] == column) cell = text;
    }
    Reject(row.at, column, cell, refusal.code.c_str(),
           guard ? StrCat(refusal.place, ": ", refusal.text.en) : refusal.text.en);
  }
}

}  // namespace jiceng::engine
