// Matters that run procedures: steps, lists, and how one stands.
#include "engine/matters.h"

#include <jiceng/matters.h>

#include <algorithm>
#include <set>

#include "base/status.h"
#include "base/strings.h"
#include "capi/arguments.h"
#include "capi/ask.h"
#include "capi/guard.h"
#include "capi/words.h"
#include "engine/maintain.h"
#include "procedures/handover.h"
#include "rules/message.h"
#include "wire/changes.h"

namespace capi = jiceng::capi;
namespace base = jiceng::base;
namespace engine = jiceng::engine;
namespace model = jiceng::model;
namespace procedures = jiceng::procedures;
namespace rules = jiceng::rules;
namespace wire = jiceng::wire;

namespace {

using model::NodeNumber;
using procedures::Moment;
using procedures::Procedure;
using procedures::Stretch;
using procedures::Text;

absl::StatusOr<Moment> ReadMoment(const char* at) {
  ASSIGN_OR_RETURN(const std::string_view text, capi::ReadNeededText(at, "at"));
  return procedures::ParseMoment(text);
}

// `name=value` each.
absl::StatusOr<model::Told> ReadTold(const char* const* texts, size_t count, const char* name) {
  ASSIGN_OR_RETURN(const std::vector<std::string> given, capi::ReadTexts(texts, count, name));
  model::Told told;
  for (size_t i = 0; i < given.size(); ++i) {
    const size_t equals = given[i].find('=');
    if (equals == std::string::npos || equals == 0) {
      return base::Error(absl::StatusCode::kInvalidArgument, "BAD_FIELD", "expected name=value",
                         base::StrCat(name, "[", i, "]"));
    }
    told.emplace_back(given[i].substr(0, equals), given[i].substr(equals + 1));
  }
  return told;
}

// What an opening and a step have in common.
template <typename Change>
absl::Status ReadTaken(const char* at, const char* actor, const char* const* fields, size_t count, Change* change) {
  ASSIGN_OR_RETURN(const Moment moment, ReadMoment(at));
  change->day = moment.day;
  change->minute = moment.minute;
  ASSIGN_OR_RETURN(const std::string_view who, capi::ReadOptionalText(actor, "actor"));
  change->actor = std::string(who);
  ASSIGN_OR_RETURN(change->evidence, ReadTold(fields, count, "fields"));
  return absl::OkStatus();
}

// Applies it as a change set of its own.  That it is the first change in there says nothing: the error goes without.
absl::Status Apply(jiceng_writer* writer, model::Change change, int64_t* out_seq) {
  const absl::StatusOr<int64_t> seq =
      engine::ApplyChanges(writer->engine.get(), wire::EncodeChanges({std::move(change)}), writer->commit);
  if (!seq.ok()) {
    return base::Error(seq.status().code(), base::ErrorReason(seq.status()), std::string(seq.status().message()));
  }
  *out_seq = *seq;
  if (*seq != 0) writer->Advance(*seq);
  return absl::OkStatus();
}

// What one question about a matter works with.
struct Asked {
  rules::Language language{};
  Moment at;
  procedures::KeptMatter kept;
  std::optional<procedures::View> view;
};

absl::StatusOr<Asked> ReadAsked(const jiceng_snapshot* snapshot, const char* matter, const char* at, int32_t lang) {
  Asked asked;
  ASSIGN_OR_RETURN(asked.language, capi::ReadLanguage(lang));
  ASSIGN_OR_RETURN(const std::string_view id, capi::ReadNeededText(matter, "matter"));
  ASSIGN_OR_RETURN(asked.at, ReadMoment(at));
  ASSIGN_OR_RETURN(asked.kept, engine::FindMatter(snapshot->engine.get(), snapshot->version, id));
  if (!capi::MaySee(*snapshot, asked.kept.about, asked.at.day)) {
    return base::Error(absl::StatusCode::kNotFound, "UNKNOWN_MATTER",
                       base::StrCat("no matter '", id, "' in the store"));
  }
  ASSIGN_OR_RETURN(asked.view,
                   Replay(*asked.kept.procedure, asked.kept.matter, asked.at, snapshot->catalogue().calendar));
  return asked;
}

std::string NodeText(const jiceng_snapshot& snapshot, NodeNumber node) {
  return node && snapshot.graph().In(node) ? snapshot.graph().Text(node) : std::string();
}

// What is told in matters of a template, in its order, each field once.
template <typename Visit>  // void(const procedures::Field&)
void ForEachField(const Procedure& procedure, Visit visit) {
  std::set<std::string_view> seen;
  const auto show = [&](const std::vector<procedures::Field>& fields) {
    for (const procedures::Field& field : fields) {
      if (seen.insert(field.id).second) visit(field);
    }
  };
  show(procedure.opening);
  for (const procedures::Transition& transition : procedure.transitions) show(transition.evidence);
}

// A moment that may not have come.
void AddMoment(Moment moment, capi::TableBuilder* table) {
  if (moment == procedures::kNever) return table->Null();
  table->Text(procedures::MomentText(moment));
}

// Whether one of a matter's nodes is the one meant, or lies below it.
class Within {
 public:
  Within(const jiceng_snapshot& snapshot, std::optional<NodeNumber> root, base::Date day) : root_(root) {
    if (root.has_value() && root->kind() == model::NodeKind::kUnit) territory_ = snapshot.graph().TerritoryOn(day);
  }
  bool Holds(const std::vector<NodeNumber>& subjects) const {
    if (!root_.has_value()) return true;
    return std::any_of(subjects.begin(), subjects.end(), [&](NodeNumber node) {
      return node == *root_ || (territory_ != nullptr && node.kind() == model::NodeKind::kUnit &&
                                territory_->AtOrBelow(node.ordinal(), root_->ordinal()));
    });
  }

 private:
  std::optional<NodeNumber> root_;
  std::shared_ptr<const jiceng::graph::Territory> territory_;  // of a unit
};

// What a list of matters is asked for with.
struct Listing {
  const jiceng_snapshot& snapshot;
  rules::Language language;
  Moment moment;
  Within within;

  bool Shows(const procedures::Docket::Line& line) const {
    return within.Holds(line.subjects) && capi::MaySee(snapshot, line.about, moment.day);
  }
};

using TableOr = absl::StatusOr<std::unique_ptr<jiceng_table>>;

// make(listing) gives the table.
template <typename Make>  // TableOr(const Listing&)
jiceng_status ListMatters(const jiceng_snapshot* snapshot, const char* node, size_t node_len, const char* at,
                          int32_t lang, jiceng_table** out_table, jiceng_error** out_error, Make make) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    RETURN_IF_ERROR(capi::CheckSnapshot(snapshot));
    ASSIGN_OR_RETURN(const Moment moment, ReadMoment(at));
    ASSIGN_OR_RETURN(const rules::Language language, capi::ReadLanguage(lang));
    ASSIGN_OR_RETURN(const auto root, capi::FindRoot(*snapshot, node, node_len, moment.day));
    ASSIGN_OR_RETURN(auto table, make(Listing{*snapshot, language, moment, Within(*snapshot, root, moment.day)}));
    *out_table = table.release();
    return absl::OkStatus();
  });
}

// The same about one matter.
template <typename Make>  // std::unique_ptr<jiceng_table>(const Asked&)
jiceng_status TellOfMatter(const jiceng_snapshot* snapshot, const char* matter, const char* at, int32_t lang,
                           jiceng_table** out_table, jiceng_error** out_error, Make make) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    RETURN_IF_ERROR(capi::CheckSnapshot(snapshot));
    ASSIGN_OR_RETURN(const Asked asked, ReadAsked(snapshot, matter, at, lang));
    *out_table = make(asked).release();
    return absl::OkStatus();
  });
}

}  // namespace

jiceng_status jiceng_writer_matter_open(jiceng_writer* writer, const char* procedure, const char* matter,
                                        const char* at, const char* actor, const char* const* subjects,
                                        size_t subject_count, const char* const* fields, size_t field_count,
                                        int64_t* out_seq, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_seq, "out_seq"));
    RETURN_IF_ERROR(capi::Need(writer, "writer"));
    RETURN_IF_ERROR(writer->Begin());
    model::OpenMatter change;
    ASSIGN_OR_RETURN(const std::string_view id, capi::ReadNeededText(procedure, "procedure"));
    change.procedure = std::string(id);
    ASSIGN_OR_RETURN(const std::string_view own, capi::ReadNeededText(matter, "matter"));
    change.id = std::string(own);
    ASSIGN_OR_RETURN(change.subjects, ReadTold(subjects, subject_count, "subjects"));
    RETURN_IF_ERROR(ReadTaken(at, actor, fields, field_count, &change));
    return Apply(writer, std::move(change), out_seq);
  });
}

jiceng_status jiceng_writer_matter_step(jiceng_writer* writer, const char* matter, const char* step, const char* at,
                                        const char* actor, const char* const* fields, size_t field_count,
                                        int64_t* out_seq, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_seq, "out_seq"));
    RETURN_IF_ERROR(capi::Need(writer, "writer"));
    RETURN_IF_ERROR(writer->Begin());
    model::TakeStep change;
    ASSIGN_OR_RETURN(const std::string_view id, capi::ReadNeededText(matter, "matter"));
    change.matter = std::string(id);
    ASSIGN_OR_RETURN(const std::string_view word, capi::ReadNeededText(step, "step"));
    change.transition = std::string(word);
    RETURN_IF_ERROR(ReadTaken(at, actor, fields, field_count, &change));
    return Apply(writer, std::move(change), out_seq);
  });
}

jiceng_status jiceng_writer_refused_step(const jiceng_writer* writer, int32_t lang, jiceng_table** out_table,
                                         jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    RETURN_IF_ERROR(capi::Need(writer, "writer"));
    RETURN_IF_ERROR(writer->process.Check());
    ASSIGN_OR_RETURN(const rules::Language language, capi::ReadLanguage(lang));
    if (!writer->refused_step.has_value()) {
      return base::Error(absl::StatusCode::kNotFound, "NOTHING_REFUSED",
                         "the writer's last call was not refused for a step of a matter", "writer");
    }
    capi::TableBuilder table({{"change", JICENG_COLUMN_INT64},
                              {"code", JICENG_COLUMN_TEXT},
                              {"place", JICENG_COLUMN_TEXT},
                              {"message", JICENG_COLUMN_TEXT}});
    for (const procedures::Refusal& refusal : writer->refused_step->refusals) {
      table.Int64(writer->refused_step->change);
      table.Text(refusal.code);
      table.TextOrNull(refusal.place);
      table.Text(capi::In(language, refusal.text));
    }
    *out_table = table.Finish().release();
    return absl::OkStatus();
  });
}

jiceng_status jiceng_matters(const jiceng_snapshot* snapshot, const char* procedure, const char* node, size_t node_len,
                             const char* at, uint32_t flags, int32_t lang, jiceng_table** out_table,
                             jiceng_error** out_error) {
  return ListMatters(snapshot, node, node_len, at, lang, out_table, out_error, [&](const Listing& listing) -> TableOr {
    const Moment moment = listing.moment;
    const rules::Language language = listing.language;
    RETURN_IF_ERROR(capi::CheckFlags(flags, JICENG_MATTERS_OPEN | JICENG_MATTERS_TOLD));
    ASSIGN_OR_RETURN(const std::string_view wanted, capi::ReadOptionalText(procedure, "procedure"));
    capi::TableBuilder table({{"matter", JICENG_COLUMN_TEXT},
                              {"procedure", JICENG_COLUMN_TEXT},
                              {"title", JICENG_COLUMN_TEXT},
                              {"about", JICENG_COLUMN_TEXT},
                              {"name", JICENG_COLUMN_TEXT},
                              {"state", JICENG_COLUMN_TEXT},
                              {"state_title", JICENG_COLUMN_TEXT},
                              {"opened", JICENG_COLUMN_TEXT},
                              {"entered", JICENG_COLUMN_TEXT},
                              {"over", JICENG_COLUMN_BOOL},
                              {"told", JICENG_COLUMN_TEXT_LIST}});
    const bool with_told = (flags & JICENG_MATTERS_TOLD) != 0;
    std::vector<NodeNumber> about;
    const procedures::ProcedureSet& set = snapshot->catalogue().procedures;
    const std::shared_ptr<const procedures::Docket> docket = snapshot->engine->DocketOf(snapshot->version);
    docket->ForEach([&](uint32_t number, const procedures::Docket::Line& line) {
      if (moment < line.opened || (!wanted.empty() && line.procedure->id != wanted) || !listing.Shows(line)) {
        return;
      }
      int state = line.state;
      Moment entered = line.entered;
      std::vector<std::string> told;
      if (moment < line.last || with_told) {  // it has gone on since, or is to be read
        const auto kept = engine::ReadMatter(snapshot->graph(), set, number);
        if (!kept.has_value()) return;
        const auto view = Replay(*kept->procedure, kept->matter, moment, snapshot->catalogue().calendar);
        if (!view.ok()) return;
        ForEachField(*kept->procedure, [&](const procedures::Field& field) {
          if (const procedures::Value* value = Find(view->values(), field.id))
            told.push_back(base::StrCat(field.id, "=", procedures::ValueText(*value, snapshot->graph())));
        });
        for (const procedures::Tally& tally : kept->procedure->tallies)
          told.push_back(base::StrCat(tally.id, "=", docket->Count(tally, number, moment)));
        state = view->state();
        entered = view->entered();
      }
      const procedures::State& shown = line.procedure->states[static_cast<size_t>(state)];
      if ((flags & JICENG_MATTERS_OPEN) != 0 && shown.final) return;
      about.push_back(line.about);
      table.Text(line.id);
      table.Text(line.procedure->id);
      table.Text(capi::In(language, line.procedure->title));
      table.Text(NodeText(*snapshot, line.about));
      table.Later();
      table.Text(shown.id);
      table.Text(capi::In(language, shown.title));
      table.Text(procedures::MomentText(line.opened));
      table.Text(procedures::MomentText(entered));
      table.Bool(shown.final);
      if (with_told) {
        table.TextList(told);
      } else {
        table.Null();
      }
    });
    table.Fill("name", capi::NamesLater(*snapshot, moment.day, std::move(about)));
    return table.Finish();
  });
}

jiceng_status jiceng_matters_late(const jiceng_snapshot* snapshot, const char* node, size_t node_len, const char* at,
                                  int32_t lang, jiceng_table** out_table, jiceng_error** out_error) {
  return ListMatters(snapshot, node, node_len, at, lang, out_table, out_error, [&](const Listing& listing) -> TableOr {
    const Moment moment = listing.moment;
    const rules::Language language = listing.language;
    const std::shared_ptr<const procedures::Docket> docket = snapshot->engine->DocketOf(snapshot->version);
    struct Late {
      const procedures::Docket::Line* line;
      Stretch stretch;
    };
    std::vector<Late> late;
    docket->ForEachLate(moment, [&](uint32_t number, const Stretch& stretch) {
      const procedures::Docket::Line* line = docket->FindLine(number);
      if (listing.Shows(*line)) late.push_back({line, stretch});
    });
    std::stable_sort(late.begin(), late.end(),
                     [](const Late& a, const Late& b) { return a.stretch.due < b.stretch.due; });
    capi::TableBuilder table({{"due", JICENG_COLUMN_TEXT},
                              {"matter", JICENG_COLUMN_TEXT},
                              {"procedure", JICENG_COLUMN_TEXT},
                              {"clock", JICENG_COLUMN_TEXT},
                              {"title", JICENG_COLUMN_TEXT},
                              {"about", JICENG_COLUMN_TEXT},
                              {"name", JICENG_COLUMN_TEXT},
                              {"begun", JICENG_COLUMN_TEXT}});
    std::vector<NodeNumber> about;
    for (const auto& [line, stretch] : late) {
      const procedures::Clock& clock = line->procedure->clocks[static_cast<size_t>(stretch.clock)];
      about.push_back(line->about);
      table.Text(procedures::MomentText(stretch.due));
      table.Text(line->id);
      table.Text(line->procedure->id);
      table.Text(clock.id);
      table.Text(capi::In(language, clock.title));
      table.Text(NodeText(*snapshot, line->about));
      table.Later();
      table.Text(procedures::MomentText(stretch.begun));
    }
    table.Fill("name", capi::NamesLater(*snapshot, moment.day, std::move(about)));
    return table.Finish();
  });
}

jiceng_status jiceng_matters_handovers(const jiceng_snapshot* snapshot, const char* node, size_t node_len,
                                       const char* at, int32_t lang, jiceng_table** out_table,
                                       jiceng_error** out_error) {
  return ListMatters(snapshot, node, node_len, at, lang, out_table, out_error, [&](const Listing& listing) -> TableOr {
    const Moment moment = listing.moment;
    const rules::Language language = listing.language;
    capi::TableBuilder table({{"matter", JICENG_COLUMN_TEXT},
                              {"procedure", JICENG_COLUMN_TEXT},
                              {"part", JICENG_COLUMN_TEXT},
                              {"depth", JICENG_COLUMN_INT64},
                              {"at", JICENG_COLUMN_TEXT},
                              {"from_node", JICENG_COLUMN_TEXT},
                              {"from_name", JICENG_COLUMN_TEXT},
                              {"to_node", JICENG_COLUMN_TEXT},
                              {"to_name", JICENG_COLUMN_TEXT},
                              {"withheld", JICENG_COLUMN_TEXT_LIST},
                              {"only_relayed", JICENG_COLUMN_BOOL}});
    std::vector<NodeNumber> from, to;
    const procedures::ProcedureSet& set = snapshot->catalogue().procedures;
    snapshot->engine->DocketOf(snapshot->version)->ForEach([&](uint32_t number, const procedures::Docket::Line& line) {
      if (moment < line.opened || !listing.Shows(line)) return;
      const auto kept = engine::ReadMatter(snapshot->graph(), set, number);
      if (!kept.has_value()) return;
      for (const procedures::Handover& handover : HandoversOf(*kept->procedure, kept->matter, moment)) {
        const procedures::Subject& part = kept->procedure->subjects[static_cast<size_t>(handover.part)];
        table.Text(line.id);
        table.Text(line.procedure->id);
        table.Text(capi::In(language, part.title));
        table.Int64(handover.depth);
        table.Text(procedures::MomentText(handover.at));
        table.Text(NodeText(*snapshot, handover.from));
        table.Later();
        table.Text(NodeText(*snapshot, handover.to));
        table.Later();
        table.TextList(handover.withheld);
        table.Bool(handover.only_relayed);
        from.push_back(handover.from);
        to.push_back(handover.to);
      }
    });
    table.Fill("from_name", capi::NamesLater(*snapshot, moment.day, std::move(from)));
    table.Fill("to_name", capi::NamesLater(*snapshot, moment.day, std::move(to)));
    return table.Finish();
  });
}

jiceng_status jiceng_matter(const jiceng_snapshot* snapshot, const char* matter, const char* at, int32_t lang,
                            jiceng_table** out_table, jiceng_error** out_error) {
  return TellOfMatter(snapshot, matter, at, lang, out_table, out_error, [&](const Asked& asked) {
    const Procedure& p = *asked.kept.procedure;
    capi::TableBuilder table({{"what", JICENG_COLUMN_TEXT},
                              {"id", JICENG_COLUMN_TEXT},
                              {"title", JICENG_COLUMN_TEXT},
                              {"value", JICENG_COLUMN_TEXT},
                              {"value_title", JICENG_COLUMN_TEXT}});
    const auto add = [&](std::string_view what, const std::string& id, const Text& title, const std::string& value,
                         const Text* called = nullptr) {
      table.Text(what);
      table.Text(id);
      table.Text(capi::In(asked.language, title));
      table.TextOrNull(value);
      table.TextOrNull(called == nullptr ? std::string() : capi::In(asked.language, *called));
    };
    add("procedure", p.id, p.title, std::to_string(p.version));
    const procedures::State& state = p.states[static_cast<size_t>(asked.view->state())];
    add("state", state.id, state.title, procedures::MomentText(asked.view->entered()));
    for (size_t i = 0; i < p.subjects.size(); ++i) {
      const NodeNumber node = asked.view->subjects()[i];
      if (node) add("subject", p.subjects[i].id, p.subjects[i].title, NodeText(*snapshot, node));
    }
    for (const auto& [field, value] : asked.view->values()) {
      const std::string text = procedures::ValueText(value, snapshot->graph());
      const Text *title = nullptr, *called = nullptr;
      ForEachField(p, [&, &name = field](const procedures::Field& one) {
        if (one.id != name) return;
        title = &one.title;
        called = one.TitleOf(text);
      });
      add("field", field, title == nullptr ? Text{field, field} : *title, text, called);
    }
    const std::shared_ptr<const procedures::Docket> docket = snapshot->engine->DocketOf(snapshot->version);
    for (const procedures::Tally& tally : p.tallies) {
      const std::optional<uint32_t> number = docket->Find(asked.kept.matter.id);
      if (number.has_value())
        add("tally", tally.id, tally.title, std::to_string(docket->Count(tally, *number, asked.at)));
    }
    const procedures::Step* last = nullptr;
    for (const procedures::Step& step : asked.kept.matter.steps) {
      if (step.at <= asked.at) last = &step;
    }
    for (const rules::Parameter& parameter : p.parameters) {
      const std::optional<int64_t> figure = procedures::FigureOf(p, *last, parameter.name);
      if (figure.has_value()) add("figure", parameter.name, parameter.title, std::to_string(*figure));
    }
    for (const procedures::Transition& transition : p.transitions) {
      if (!asked.view->over() && transition.LeadsFrom(asked.view->state()))
        add("step", transition.id, transition.title, transition.to);
    }
    return table.Finish();
  });
}

jiceng_status jiceng_matter_steps(const jiceng_snapshot* snapshot, const char* matter, const char* at, int32_t lang,
                                  jiceng_table** out_table, jiceng_error** out_error) {
  return TellOfMatter(snapshot, matter, at, lang, out_table, out_error, [&](const Asked& asked) {
    const Procedure& p = *asked.kept.procedure;
    capi::TableBuilder table({{"number", JICENG_COLUMN_INT64},
                              {"at", JICENG_COLUMN_TEXT},
                              {"step", JICENG_COLUMN_TEXT},
                              {"title", JICENG_COLUMN_TEXT},
                              {"actor", JICENG_COLUMN_TEXT},
                              {"state", JICENG_COLUMN_TEXT},
                              {"told", JICENG_COLUMN_TEXT_LIST}});
    int state = 0;
    for (size_t i = 0; i < asked.kept.matter.steps.size(); ++i) {
      const procedures::Step& step = asked.kept.matter.steps[i];
      if (asked.at < step.at) break;
      const procedures::Transition* transition =
          i == 0 ? nullptr : &p.transitions[static_cast<size_t>(p.FindTransition(step.transition))];
      if (transition != nullptr && transition->to_state >= 0) state = transition->to_state;
      table.Int64(static_cast<int64_t>(i));
      table.Text(procedures::MomentText(step.at));
      table.Text(i == 0 ? procedures::kOpening : std::string_view(step.transition));
      table.Text(capi::In(asked.language, i == 0 ? p.title : transition->title));
      table.TextOrNull(NodeText(*snapshot, step.actor));
      table.Text(p.states[static_cast<size_t>(state)].id);
      table.TextList(capi::Texts(step.evidence, [&](const auto& told) {
        return base::StrCat(told.first, "=", procedures::ValueText(told.second, snapshot->graph()));
      }));
    }
    return table.Finish();
  });
}

jiceng_status jiceng_matter_clocks(const jiceng_snapshot* snapshot, const char* matter, const char* at, int32_t lang,
                                   jiceng_table** out_table, jiceng_error** out_error) {
  return TellOfMatter(snapshot, matter, at, lang, out_table, out_error, [&](const Asked& asked) {
    const Procedure& p = *asked.kept.procedure;
    capi::TableBuilder table({{"clock", JICENG_COLUMN_TEXT},
                              {"title", JICENG_COLUMN_TEXT},
                              {"begun", JICENG_COLUMN_TEXT},
                              {"since", JICENG_COLUMN_TEXT},
                              {"until", JICENG_COLUMN_TEXT},
                              {"due", JICENG_COLUMN_TEXT},
                              {"status", JICENG_COLUMN_TEXT},
                              {"reason", JICENG_COLUMN_TEXT}});
    for (const Stretch& stretch : asked.view->stretches()) {
      const procedures::Clock& clock = p.clocks[static_cast<size_t>(stretch.clock)];
      const bool goes_on = stretch.until == procedures::kNever;
      const bool late = stretch.due < (goes_on ? asked.at : stretch.until);
      table.Text(clock.id);
      table.Text(capi::In(asked.language, clock.title));
      table.Text(procedures::MomentText(stretch.begun));
      table.Text(procedures::MomentText(stretch.since));
      AddMoment(stretch.until, &table);
      AddMoment(stretch.due, &table);
      table.Text(stretch.why == Stretch::kPaused       ? "paused"
                 : stretch.why == Stretch::kNoSchedule ? "no_schedule"
                 : stretch.why == Stretch::kNoDay      ? "no_day"
                 : goes_on                             ? (late ? "late" : "runs")
                                                       : (late ? "stopped_late" : "stopped"));
      if (stretch.why == Stretch::kPaused) {
        table.Text(capi::In(asked.language, clock.PausedIn(stretch.paused_in)->reason));
      } else {
        table.Null();
      }
    }
    return table.Finish();
  });
}
