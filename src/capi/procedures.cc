// Templates of procedures.
#include <jiceng/matters.h>

#include <algorithm>

#include "base/status.h"
#include "base/strings.h"
#include "capi/arguments.h"
#include "capi/builtin.h"
#include "capi/guard.h"
#include "capi/table.h"
#include "capi/words.h"
#include "procedures/procedure.h"
#include "rules/message.h"

namespace capi = jiceng::capi;
namespace base = jiceng::base;
namespace procedures = jiceng::procedures;
namespace rules = jiceng::rules;
namespace wire = jiceng::wire;

namespace {

using procedures::Procedure;

// "host (secretary, deputy_secretary)", "anybody"
std::string ActorText(const procedures::Actor& actor) {
  if (actor.subject.empty()) return "*";
  std::string roles;
  for (const std::string& role : actor.roles) absl::StrAppend(&roles, roles.empty() ? "" : ", ", role);
  return roles.empty() ? actor.subject : base::StrCat(actor.subject, " (", roles, ")");
}

// "claimed: report.member.post (serving)"
std::string TallyText(const procedures::Tally& tally) {
  std::string states;
  for (const std::string& state : tally.states) absl::StrAppend(&states, states.empty() ? " (" : ", ", state);
  return base::StrCat(tally.id, ": ", tally.procedure, ".", tally.field, states, states.empty() ? "" : ")");
}

// "post (choice: policy explaining policy, patrol neighbourhood watch)"
std::string FieldText(const procedures::Field& field, rules::Language language) {
  std::string choices;
  for (const std::string& word : field.choices) {
    absl::StrAppend(&choices, choices.empty() ? ": " : ", ", word);
    const procedures::Text* title = field.TitleOf(word);
    if (title != nullptr && capi::In(language, *title) != word)
      absl::StrAppend(&choices, " ", capi::In(language, *title));
  }
  for (const std::string& id : field.procedures) absl::StrAppend(&choices, choices.empty() ? ": " : ", ", id);
  return base::StrCat(field.id, " (", field.optional ? "optional, " : "", procedures::FieldTypeName(field.type),
                      choices, ")");
}

}  // namespace

jiceng_status jiceng_procedures(int32_t lang, jiceng_table** out_table, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    ASSIGN_OR_RETURN(const rules::Language language, capi::ReadLanguage(lang));
    ASSIGN_OR_RETURN(const wire::Catalogue* catalogue, capi::Builtin());
    capi::TableBuilder table({{"id", JICENG_COLUMN_TEXT},
                              {"version", JICENG_COLUMN_INT64},
                              {"title", JICENG_COLUMN_TEXT},
                              {"subjects", JICENG_COLUMN_TEXT_LIST},
                              {"states", JICENG_COLUMN_TEXT_LIST},
                              {"steps", JICENG_COLUMN_TEXT_LIST},
                              {"clocks", JICENG_COLUMN_TEXT_LIST},
                              {"citations", JICENG_COLUMN_TEXT_LIST},
                              {"parameters", JICENG_COLUMN_TEXT_LIST},
                              {"tallies", JICENG_COLUMN_TEXT_LIST}});
    for (const Procedure& procedure : catalogue->procedures.procedures()) {
      table.Text(procedure.id);
      table.Int64(procedure.version);
      table.Text(capi::In(language, procedure.title));
      table.TextList(capi::Ids(procedure.subjects));
      table.TextList(capi::Ids(procedure.states));
      table.TextList(capi::Ids(procedure.transitions));
      table.TextList(capi::Ids(procedure.clocks));
      table.TextList(capi::Texts(procedure.citations, rules::RenderCitation));
      table.TextList(capi::Texts(procedure.parameters, capi::ParameterText));
      table.TextList(capi::Texts(procedure.tallies, TallyText));
    }
    *out_table = table.Finish().release();
    return absl::OkStatus();
  });
}

jiceng_status jiceng_procedure(const char* id, int32_t lang, jiceng_table** out_table, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    ASSIGN_OR_RETURN(const std::string_view wanted, capi::ReadNeededText(id, "id"));
    ASSIGN_OR_RETURN(const rules::Language language, capi::ReadLanguage(lang));
    ASSIGN_OR_RETURN(const wire::Catalogue* catalogue, capi::Builtin());
    const absl::StatusOr<const Procedure*> found = catalogue->procedures.Get(wanted);
    if (!found.ok()) return base::AtField(found.status(), "id");
    const Procedure* procedure = *found;
    capi::TableBuilder table({{"step", JICENG_COLUMN_TEXT},
                              {"title", JICENG_COLUMN_TEXT},
                              {"from", JICENG_COLUMN_TEXT_LIST},
                              {"to", JICENG_COLUMN_TEXT},
                              {"actors", JICENG_COLUMN_TEXT_LIST},
                              {"fields", JICENG_COLUMN_TEXT_LIST},
                              {"guards", JICENG_COLUMN_TEXT_LIST},
                              {"ties", JICENG_COLUMN_TEXT_LIST}});
    table.Text(procedures::kOpening);
    table.Text(capi::In(language, procedure->title));
    table.TextList({});
    table.Text(procedure->states[0].id);
    table.TextList(capi::Texts(procedure->openers, ActorText));
    const auto field_text = [&](const procedures::Field& field) { return FieldText(field, language); };
    table.TextList(capi::Texts(procedure->opening, field_text));
    table.TextList({});
    table.TextList({});
    for (const procedures::Transition& transition : procedure->transitions) {
      table.Text(transition.id);
      table.Text(capi::In(language, transition.title));
      table.TextList(transition.from);
      table.TextOrNull(transition.to);
      table.TextList(capi::Texts(transition.actors, ActorText));
      table.TextList(capi::Texts(transition.evidence, field_text));
      table.TextList(capi::Ids(transition.guards));
      table.TextList(capi::Texts(transition.effects, [](const procedures::Effect& effect) {
        return base::StrCat(effect.kind == procedures::EffectKind::kOpen ? "+" : "-", effect.tie_kind, " ", effect.from,
                            " → ", effect.to);
      }));
    }
    *out_table = table.Finish().release();
    return absl::OkStatus();
  });
}
