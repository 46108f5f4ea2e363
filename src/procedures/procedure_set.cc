// Templates checked: every word known.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/status.h"
#include "base/strings.h"
#include "procedures/meaning.h"
#include "procedures/procedure.h"
#include "procedures/ways.h"

namespace jiceng::procedures {
namespace {

using base::StrCat;
using model::NodeKind;

bool IsWord(std::string_view id) {
  if (id.empty() || id.size() > 64) return false;
  return std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
  });
}

template <typename Record>
int IndexOf(const std::vector<Record>& records, std::string_view id) {
  for (size_t i = 0; i < records.size(); ++i) {
    if (records[i].id == id) return static_cast<int>(i);
  }
  return -1;
}

// One template.
class Resolver {
 public:
  Resolver(Procedure* procedure, const Meanings& meanings, const model::Catalogue& catalogue, std::string place)
      : p_(*procedure), meanings_(meanings), catalogue_(catalogue), place_(std::move(place)) {}

  absl::Status Resolve() {
    if (!IsWord(p_.id)) return Bad(place_ + ".id", "an id is 1 to 64 small letters, digits, '.', '-' and '_'");
    if (p_.version < 1) return Bad(place_ + ".version", "editions count from 1");
    if (p_.subjects.empty()) return Bad(place_ + ".subjects", "a matter is about something");
    if (p_.subjects[0].optional)
      return Bad(At(place_, "subjects", 0), "a matter is found by it: it cannot be left out");
    if (p_.states.empty()) return Bad(place_ + ".states", "there are none");
    RETURN_IF_ERROR(Plain(p_.subjects, place_, "subjects"));
    RETURN_IF_ERROR(Unlike(p_.states, place_, "states"));
    RETURN_IF_ERROR(Unlike(p_.transitions, place_, "transitions"));
    RETURN_IF_ERROR(Unlike(p_.clocks, place_, "clocks"));
    RETURN_IF_ERROR(ResolveParameters());
    for (size_t i = 0; i < p_.subjects.size(); ++i) {
      RETURN_IF_ERROR(ResolveSubject(&p_.subjects[i], At(place_, "subjects", i)));
    }
    RETURN_IF_ERROR(ResolveFields(&p_.opening, place_, "opening"));
    for (size_t i = 0; i < p_.transitions.size(); ++i) {
      RETURN_IF_ERROR(ResolveFields(&p_.transitions[i].evidence, At(place_, "transitions", i), "evidence"));
    }
    RETURN_IF_ERROR(CheckTallies());
    RETURN_IF_ERROR(ResolveActors(&p_.openers, place_, "openers"));
    for (size_t i = 0; i < p_.transitions.size(); ++i) {
      RETURN_IF_ERROR(ResolveTransition(&p_.transitions[i], At(place_, "transitions", i)));
    }
    for (size_t i = 0; i < p_.clocks.size(); ++i) RETURN_IF_ERROR(ResolveClock(&p_.clocks[i], At(place_, "clocks", i)));
    return CheckWays(p_, place_);
  }

 private:
  // Each id a word of its own.
  template <typename Record>
  static absl::Status Unlike(const std::vector<Record>& records, const std::string& parent, const char* name) {
    std::set<std::string_view> ids;
    for (size_t i = 0; i < records.size(); ++i) {
      const std::string place = At(parent, name, i) + ".id";
      if (!IsWord(records[i].id) || records[i].id == kOpening || records[i].id == kActor)
        return Bad(place, StrCat("'", records[i].id, "' is no word, or one that has a meaning of its own"));
      if (!ids.insert(records[i].id).second) return Bad(place, StrCat("'", records[i].id, "' is given twice"));
    }
    return absl::OkStatus();
  }

  // What guards name: a dot would lead to something else, and the state of a matter is what `state` says of it.
  template <typename Record>
  static absl::Status Plain(const std::vector<Record>& records, const std::string& parent, const char* name) {
    for (size_t i = 0; i < records.size(); ++i) {
      if (records[i].id == kStateWord || records[i].id.find('.') != std::string::npos)
        return Bad(At(parent, name, i) + ".id", StrCat("'", records[i].id, "' has a meaning of its own in guards"));
    }
    return Unlike(records, parent, name);
  }

  absl::Status CheckTallies() const {
    RETURN_IF_ERROR(Plain(p_.tallies, place_, "tallies"));
    for (size_t i = 0; i < p_.tallies.size(); ++i) {
      const Tally& tally = p_.tallies[i];
      const std::string at = At(place_, "tallies", i);
      if (FindSubject(tally.id) >= 0 || fields_.count(tally.id) > 0)
        return Bad(at + ".id", StrCat("'", tally.id, "' is a part or told"));
      std::string place;
      const absl::Status checked = meanings_.CheckTally(p_, tally, &place);
      if (!checked.ok()) return Bad(StrCat(at, ".", place), std::string(checked.message()));
    }
    return absl::OkStatus();
  }

  absl::Status ResolveParameters() {
    if (!p_.place.empty()) p_.place_part = FindSubject(p_.place);
    if (p_.place_part < 0) return Bad(place_ + ".place", StrCat("there is no part '", p_.place, "'"));
    std::set<std::string_view> names;
    for (size_t i = 0; i < p_.parameters.size(); ++i) {
      rules::Parameter& parameter = p_.parameters[i];
      const std::string place = At(place_, "parameters", i);
      if (!IsWord(parameter.name) || !names.insert(parameter.name).second)
        return Bad(place + ".name", StrCat("'", parameter.name, "' is no word, or given twice"));
      if (parameter.override_ == rules::Override::kTighten)
        return Bad(place + ".override", "which way is tighter is not known here");
      const auto times = [&](const Clock& clock) { return clock.parameter == parameter.name; };
      if (std::any_of(p_.clocks.begin(), p_.clocks.end(), times)) parameter.most = kMostUnits;
      if (parameter.default_value.value_or(0) > parameter.most)
        return Bad(place + ".default_value", StrCat("at most ", parameter.most));
    }
    return absl::OkStatus();
  }

  absl::Status ResolveSubject(Subject* subject, const std::string& place) const {
    subject->kind = model::NodeKindFromName(subject->node_kind);
    if (subject->kind == NodeKind::kNone)
      return Bad(place + ".node_kind", StrCat("'", subject->node_kind, "' is no kind of node"));
    for (size_t i = 0; i < subject->org_kinds.size(); ++i) {
      const model::OrgKind* kind = catalogue_.FindOrgKind(subject->org_kinds[i]);
      if (kind == nullptr || subject->kind != NodeKind::kOrganization)
        return Bad(At(place, "org_kinds", i), StrCat("'", subject->org_kinds[i], "' is no kind of organisation"));
      subject->kind_numbers.push_back(kind->number);
    }
    for (size_t i = 0; i < subject->unit_levels.size(); ++i) {
      const model::Level level = model::LevelFromName(subject->unit_levels[i]);
      if (level == model::Level::kNone || subject->kind != NodeKind::kUnit)
        return Bad(At(place, "unit_levels", i), StrCat("'", subject->unit_levels[i], "' is no level of units"));
      subject->level_numbers.push_back(static_cast<int32_t>(level));
    }
    return absl::OkStatus();
  }

  // A field of one id is of one type wherever it is told.
  absl::Status ResolveFields(std::vector<Field>* fields, const std::string& parent, const char* name) {
    RETURN_IF_ERROR(Plain(*fields, parent, name));
    for (size_t i = 0; i < fields->size(); ++i) {
      Field& field = (*fields)[i];
      const std::string place = At(parent, name, i);
      if (FindSubject(field.id) >= 0) return Bad(place + ".id", StrCat("'", field.id, "' is a part"));
      if ((field.type == FieldType::kChoice) != !field.choices.empty())
        return Bad(place + ".choices", "a choice, and nothing else, has words to choose from");
      for (const std::string& word : field.choices) {
        if (!IsWord(word)) return Bad(place + ".choices", StrCat("'", word, "' is no word"));
      }
      if (!field.choice_titles.empty() && field.choice_titles.size() != field.choices.size())
        return Bad(place + ".choice_titles", "every word has one, or none has");
      if (field.type == FieldType::kNode) {
        field.kind = model::NodeKindFromName(field.node_kind);
        if (field.kind == NodeKind::kNone)
          return Bad(place + ".node_kind", StrCat("'", field.node_kind, "' is no kind of node"));
      } else if (!field.node_kind.empty()) {
        return Bad(place + ".node_kind", "only a node has one");
      }
      if ((field.type == FieldType::kMatter) != !field.procedures.empty())
        return Bad(place + ".procedures", "a matter, and nothing else, is of templates");
      for (size_t j = 0; j < field.procedures.size(); ++j) {
        if (!meanings_.HasProcedure(field.procedures[j]))
          return Bad(At(place, "procedures", j), StrCat("there is no template '", field.procedures[j], "'"));
      }
      const auto [known, fresh] = fields_.emplace(field.id, field);
      if (!fresh && known->second.type != field.type)
        return Bad(place + ".type", StrCat("'", field.id, "' is a ", FieldTypeName(known->second.type), " elsewhere"));
      if (!fresh && known->second.procedures != field.procedures)
        return Bad(place + ".procedures", StrCat("'", field.id, "' is of other templates elsewhere"));
      if (fresh && field.type == FieldType::kMatter) p_.matter_fields.push_back(field.id);
    }
    return absl::OkStatus();
  }

  absl::Status ResolveRoles(const std::vector<std::string>& roles, const std::string& place,
                            std::vector<model::RoleNumber>* numbers) const {
    for (size_t i = 0; i < roles.size(); ++i) {
      const model::Role* role = catalogue_.FindRole(roles[i]);
      if (role == nullptr) return Bad(At(place, "roles", i), StrCat("the catalogue has no role '", roles[i], "'"));
      numbers->push_back(static_cast<model::RoleNumber>(role->number));
    }
    return absl::OkStatus();
  }

  absl::Status ResolveActors(std::vector<Actor>* actors, const std::string& parent, const char* name) const {
    if (actors->empty()) return Bad(StrCat(parent, ".", name), "nobody may act");
    for (size_t i = 0; i < actors->size(); ++i) {
      Actor& actor = (*actors)[i];
      const std::string place = At(parent, name, i);
      if (actor.subject.empty()) {
        if (!actor.roles.empty()) return Bad(place + ".roles", "roles are held at a part");
        continue;
      }
      actor.part = FindSubject(actor.subject);
      if (actor.part < 0) return Bad(place + ".subject", StrCat("there is no part '", actor.subject, "'"));
      if (!actor.roles.empty() && p_.subjects[static_cast<size_t>(actor.part)].kind == NodeKind::kPerson)
        return Bad(place + ".roles", "nobody holds a role at a person");
      RETURN_IF_ERROR(ResolveRoles(actor.roles, place, &actor.role_numbers));
    }
    return absl::OkStatus();
  }

  int FindSubject(std::string_view id) const { return IndexOf(p_.subjects, id); }

  absl::StatusOr<Meaning> MeaningOf(const std::string& word, const std::string& place) const {
    absl::StatusOr<Meaning> meaning = meanings_.Of(p_, word);
    if (!meaning.ok()) return Bad(place, std::string(meaning.status().message()));
    return meaning;
  }
  absl::Status Need(const std::string& word, FieldType type, const std::string& place) const {
    ASSIGN_OR_RETURN(const Meaning meaning, MeaningOf(word, place));
    if (meaning.type == type) return absl::OkStatus();
    return Bad(place, StrCat("'", word, "' is a ", FieldTypeName(meaning.type), ", not a ", FieldTypeName(type)));
  }
  // Of the matter itself, and told.
  absl::Status NeedField(const std::string& id, FieldType type, const std::string& place) const {
    if (fields_.count(id) == 0) return Bad(place, StrCat("no step tells of '", id, "'"));
    return Need(id, type, place);
  }
  absl::Status NeedCounts(const std::vector<std::string>& words, const std::string& place) const {
    if (words.empty()) return Bad(place, "there are none");
    for (const std::string& word : words) RETURN_IF_ERROR(Need(word, FieldType::kCount, place));
    return absl::OkStatus();
  }
  absl::Status NeedAmount(const Amount& amount, const std::string& place) const {
    if (!amount.parameter.empty()) return NeedParameter(amount.parameter, place + ".parameter");
    return amount.field.empty() ? absl::OkStatus() : Need(amount.field, FieldType::kCount, place + ".field");
  }
  absl::Status NeedParameter(const std::string& name, const std::string& place) const {
    if (p_.FindParameter(name) != nullptr) return absl::OkStatus();
    return Bad(place, StrCat("the template has no parameter '", name, "'"));
  }
  absl::Status NeedWords(const OneOf& one_of, const std::string& place) const {
    ASSIGN_OR_RETURN(const Meaning meaning, MeaningOf(one_of.field, place + ".field"));
    if (one_of.words.empty()) return Bad(place + ".words", "there are none");
    for (const std::string& word : one_of.words) {
      if (std::find(meaning.words.begin(), meaning.words.end(), word) == meaning.words.end())
        return Bad(place + ".words", StrCat("'", word, "' is not among the words of '", one_of.field, "'"));
    }
    return absl::OkStatus();
  }
  // What a refusal names in braces beside what its test found.
  absl::Status NeedNames(const std::string& text, const std::string& place) const {
    for (size_t open = text.find('{'); open != std::string::npos; open = text.find('{', open + 1)) {
      const size_t close = text.find('}', open);
      if (close == std::string::npos) return Bad(place, "a brace is not closed");
      const std::string word = text.substr(open + 1, close - open - 1);
      if (word != "value" && word != "figure" && word != "of") RETURN_IF_ERROR(MeaningOf(word, place).status());
    }
    return absl::OkStatus();
  }
  // A part or a field that is a node, and its kind.
  absl::StatusOr<NodeKind> NodeOf(const std::string& name, bool in_guard, const std::string& place) const {
    if (in_guard && name == kActor) return NodeKind::kPerson;
    ASSIGN_OR_RETURN(const Meaning meaning, MeaningOf(name, place));
    RETURN_IF_ERROR(Need(name, FieldType::kNode, place));
    if (!in_guard && !meaning.own) return Bad(place, "it changes nothing at the nodes of another matter");
    return meaning.kind;
  }
  absl::StatusOr<model::TieKind> TieBetween(const std::string& kind, const std::string& from, const std::string& to,
                                            bool in_guard, const std::string& place) const {
    const model::TieKind tie = model::TieKindFromName(kind);
    if (tie == model::TieKind::kNone) return Bad(place + ".tie_kind", StrCat("'", kind, "' is no kind of tie"));
    ASSIGN_OR_RETURN(const NodeKind from_kind, NodeOf(from, in_guard, place + ".from"));
    const model::TieLaw& law = model::LawOf(tie);
    if ((law.from_kinds >> static_cast<int>(from_kind) & 1) == 0)
      return Bad(place + ".from", "no such tie leads from it");
    if (in_guard && to.empty() && law.shape != model::TieLaw::kSymmetric) return tie;  // any
    ASSIGN_OR_RETURN(const NodeKind to_kind, NodeOf(to, in_guard, place + ".to"));
    if ((law.to_kinds >> static_cast<int>(to_kind) & 1) == 0) return Bad(place + ".to", "no such tie leads to it");
    return tie;
  }

  absl::Status ResolveGuard(Guard* guard, const std::string& place) const {
    RETURN_IF_ERROR(NeedNames(guard->refusal.zh, place + ".refusal.zh"));
    RETURN_IF_ERROR(NeedNames(guard->refusal.en, place + ".refusal.en"));
    if (guard->when.has_value()) RETURN_IF_ERROR(NeedWords(*guard->when, place + ".when"));
    if (auto* share = std::get_if<Share>(&guard->test)) {
      RETURN_IF_ERROR(NeedCounts(share->part, place + ".share.part"));
      RETURN_IF_ERROR(NeedCounts(share->whole, place + ".share.whole"));
      if (share->percent.has_value()) return NeedAmount(*share->percent, place + ".share.percent");
      if (share->numerator < 1 || share->denominator < share->numerator)
        return Bad(place + ".share.numerator", "a share is more than nothing and no more than the whole");
      return absl::OkStatus();
    }
    if (auto* count = std::get_if<Count>(&guard->test)) {
      RETURN_IF_ERROR(NeedCounts(count->fields, place + ".count.fields"));
      return NeedAmount(count->amount, place + ".count.amount");
    }
    if (auto* interval = std::get_if<Interval>(&guard->test)) {
      if (interval->since != kOpening && IndexOf(p_.transitions, interval->since) < 0)
        return Bad(place + ".interval.since", StrCat("there is no step '", interval->since, "'"));
      if (!interval->until_field.empty())
        RETURN_IF_ERROR(Need(interval->until_field, FieldType::kDate, place + ".interval.until_field"));
      return NeedAmount(interval->at_least, place + ".interval.at_least");
    }
    if (auto* tie = std::get_if<TieTest>(&guard->test)) {
      ASSIGN_OR_RETURN(tie->kind, TieBetween(tie->tie_kind, tie->from, tie->to, true, place + ".tie"));
      if (!tie->roles.empty() && !model::LawOf(tie->kind).with_role)
        return Bad(place + ".tie.roles", "such a tie has no role");
      return ResolveRoles(tie->roles, place + ".tie", &tie->role_numbers);
    }
    if (auto* times = std::get_if<Times>(&guard->test)) {
      if (IndexOf(p_.transitions, times->transition) < 0)
        return Bad(place + ".times.transition", StrCat("there is no step '", times->transition, "'"));
      return NeedAmount(times->amount, place + ".times.amount");
    }
    if (auto* one_of = std::get_if<OneOf>(&guard->test)) return NeedWords(*one_of, place + ".one_of");
    if (auto* told = std::get_if<Told>(&guard->test)) {
      if (told->fields.empty()) return Bad(place + ".told.fields", "there are none");
      for (const std::string& field : told->fields) {
        if (fields_.count(field) == 0) return Bad(place + ".told.fields", StrCat("no step tells of '", field, "'"));
      }
      return NeedAmount(told->at_least, place + ".told.at_least");
    }
    if (auto* same = std::get_if<Same>(&guard->test)) {
      ASSIGN_OR_RETURN(const NodeKind one, NodeOf(same->one, true, place + ".same.one"));
      ASSIGN_OR_RETURN(const NodeKind other, NodeOf(same->other, true, place + ".same.other"));
      return one == other ? absl::OkStatus() : Bad(place + ".same.other", "it is another kind of node");
    }
    return Bad(place, "it asks for nothing");
  }

  absl::Status ResolveEffect(Effect* effect, const std::string& place) const {
    ASSIGN_OR_RETURN(effect->tie, TieBetween(effect->tie_kind, effect->from, effect->to, false, place));
    const model::TieLaw& law = model::LawOf(effect->tie);
    if (law.with_role != !effect->role.empty())
      return Bad(place + ".role", "appointments, and nothing else, have a role");
    if (law.with_role) {
      const model::Role* role = catalogue_.FindRole(effect->role);
      if (role == nullptr) return Bad(place + ".role", StrCat("the catalogue has no role '", effect->role, "'"));
      effect->role_number = static_cast<model::RoleNumber>(role->number);
    }
    if (!effect->manner.empty() && !model::MannerFromName(effect->tie, effect->manner, &effect->manner_number))
      return Bad(place + ".manner", StrCat("'", effect->manner, "' is no manner of such a tie"));
    if (!effect->on_field.empty()) return NeedField(effect->on_field, FieldType::kDate, place + ".on_field");
    return absl::OkStatus();
  }

  absl::Status ResolveTransition(Transition* transition, const std::string& place) const {
    if (transition->from.empty()) return Bad(place + ".from", "it leads from nowhere");
    for (size_t i = 0; i < transition->from.size(); ++i) {
      const int state = IndexOf(p_.states, transition->from[i]);
      const std::string at = At(place, "from", i);
      if (state < 0) return Bad(at, StrCat("there is no state '", transition->from[i], "'"));
      if (p_.states[static_cast<size_t>(state)].final) return Bad(at, "the matter is over there");
      transition->from_states.push_back(state);
    }
    if (!transition->to.empty()) {
      transition->to_state = IndexOf(p_.states, transition->to);
      if (transition->to_state < 0) return Bad(place + ".to", StrCat("there is no state '", transition->to, "'"));
    }
    RETURN_IF_ERROR(ResolveActors(&transition->actors, place, "actors"));
    RETURN_IF_ERROR(Unlike(transition->guards, place, "guards"));
    for (size_t i = 0; i < transition->guards.size(); ++i)
      RETURN_IF_ERROR(ResolveGuard(&transition->guards[i], At(place, "guards", i)));
    for (size_t i = 0; i < transition->effects.size(); ++i)
      RETURN_IF_ERROR(ResolveEffect(&transition->effects[i], At(place, "effects", i)));
    for (size_t i = 0; i < transition->bindings.size(); ++i) {
      Binding& binding = transition->bindings[i];
      const std::string at = At(place, "bindings", i);
      binding.part = FindSubject(binding.subject);
      if (binding.part < 1)  // the first is what the matter is found by
        return Bad(at + ".subject", StrCat("no part '", binding.subject, "' can be given anew"));
      RETURN_IF_ERROR(NeedField(binding.field, FieldType::kNode, at + ".field"));
      if (fields_.at(binding.field).kind != p_.subjects[static_cast<size_t>(binding.part)].kind)
        return Bad(at + ".field", "it is another kind of node");
    }
    return absl::OkStatus();
  }

  absl::Status ResolveClock(Clock* clock, const std::string& place) const {
    const auto steps = [&](const std::vector<std::string>& words, const char* name, bool* opening,
                           std::vector<int>* indexes) -> absl::Status {
      for (size_t i = 0; i < words.size(); ++i) {
        if (opening != nullptr && words[i] == kOpening) {
          *opening = true;
          continue;
        }
        const int step = IndexOf(p_.transitions, words[i]);
        if (step < 0) return Bad(At(place, name, i), StrCat("there is no step '", words[i], "'"));
        indexes->push_back(step);
      }
      return absl::OkStatus();
    };
    RETURN_IF_ERROR(steps(clock->begins_with, "begins_with", &clock->begins_on_opening, &clock->beginners));
    RETURN_IF_ERROR(steps(clock->stops_with, "stops_with", nullptr, &clock->stoppers));
    if (clock->begins_with.empty()) return Bad(place + ".begins_with", "nothing begins it");
    for (size_t i = 0; i < clock->pauses.size(); ++i) {
      Pause& pause = clock->pauses[i];
      pause.in = IndexOf(p_.states, pause.state);
      if (pause.in < 0) return Bad(At(place, "pauses", i) + ".state", StrCat("there is no state '", pause.state, "'"));
    }
    if (!clock->parameter.empty()) {
      RETURN_IF_ERROR(NeedParameter(clock->parameter, place + ".parameter"));
      if (clock->amount != 0) return Bad(place + ".amount", "the parameter stands instead of it");
    }
    if (!clock->responsible.empty()) {
      clock->responsible_part = FindSubject(clock->responsible);
      if (clock->responsible_part < 0)
        return Bad(place + ".responsible", StrCat("there is no part '", clock->responsible, "'"));
    }
    if (!clock->until_field.empty()) {
      if (clock->unit != LimitUnit::kDays || clock->amount < 0 || clock->amount > 10000 || !clock->pauses.empty())
        return Bad(place + ".until_field", "such a period ends so many days before a day, whatever happens");
      return NeedField(clock->until_field, FieldType::kDate, place + ".until_field");
    }
    if (!clock->parameter.empty() || (clock->unit == LimitUnit::kDays && clock->amount == 0)) return absl::OkStatus();
    const absl::Status limit = Limit::Create(clock->amount, clock->unit).status();
    return limit.ok() ? limit : Bad(place + ".amount", std::string(limit.message()));
  }

  Procedure& p_;
  const Meanings& meanings_;
  const model::Catalogue& catalogue_;
  std::string place_;
  std::map<std::string, Field> fields_;  // all that are told anywhere
};

std::vector<rules::Rule> Figures(const ProcedureSet& set) {
  std::vector<rules::Rule> figures;
  for (const Procedure& latest : set.procedures()) {
    if (set.Find(latest.id) != &latest) continue;
    rules::Rule rule;
    rule.id = latest.id;
    rule.title = latest.title;
    rule.citations = latest.citations;
    rule.parameters = latest.parameters;
    rule.level = rules::Level::kMust;
    rule.not_evaluable = true;
    for (const Procedure& other : set.procedures()) {
      if (other.id != latest.id) continue;
      for (const rules::Parameter& parameter : other.parameters) {
        const auto same = [&](const rules::Parameter& known) { return known.name == parameter.name; };
        if (std::none_of(rule.parameters.begin(), rule.parameters.end(), same)) rule.parameters.push_back(parameter);
      }
    }
    if (!rule.parameters.empty()) figures.push_back(std::move(rule));
  }
  return figures;
}

}  // namespace

const Text* Field::TitleOf(std::string_view choice) const {
  for (size_t i = 0; i < choice_titles.size(); ++i) {
    if (choices[i] == choice) return &choice_titles[i];
  }
  return nullptr;
}

const char* FieldTypeName(FieldType type) {
  static constexpr const char* kNames[] = {"", "count", "date", "choice", "node", "text", "flag", "matter"};
  return kNames[static_cast<int>(type)];
}

int Procedure::FindSubject(std::string_view subject) const { return IndexOf(subjects, subject); }
int Procedure::FindState(std::string_view state) const { return IndexOf(states, state); }
int Procedure::FindTransition(std::string_view transition) const { return IndexOf(transitions, transition); }

const rules::Parameter* Procedure::FindParameter(std::string_view name) const {
  for (const rules::Parameter& parameter : parameters) {
    if (parameter.name == name) return &parameter;
  }
  return nullptr;
}

const Tally* Procedure::FindTally(std::string_view tally) const {
  const int found = IndexOf(tallies, tally);
  return found < 0 ? nullptr : &tallies[static_cast<size_t>(found)];
}

absl::StatusOr<ProcedureSet> ProcedureSet::Create(std::vector<Procedure> procedures,
                                                  const model::Catalogue& catalogue) {
  const Meanings meanings(procedures, catalogue);
  for (size_t i = 0; i < procedures.size(); ++i) {
    const std::string place = At("", "procedures", i);
    for (size_t j = 0; j < i; ++j) {
      if (procedures[j].id == procedures[i].id && procedures[j].version == procedures[i].version)
        return Bad(place, StrCat("'", procedures[i].id, "' ", procedures[i].version, " is given twice"));
    }
    RETURN_IF_ERROR(Resolver(&procedures[i], meanings, catalogue, place).Resolve());
  }
  ProcedureSet set;
  set.procedures_ = std::make_shared<const std::vector<Procedure>>(std::move(procedures));
  ASSIGN_OR_RETURN(set.figures_, rules::RuleSet::Create(Figures(set), catalogue));
  return set;
}

const std::vector<Procedure>& ProcedureSet::procedures() const {
  static const auto* const kNone = new std::vector<Procedure>();
  return procedures_ == nullptr ? *kNone : *procedures_;
}

const Procedure* ProcedureSet::Find(std::string_view id) const {
  const Procedure* found = nullptr;
  for (const Procedure& procedure : procedures()) {
    if (procedure.id == id && (found == nullptr || found->version < procedure.version)) found = &procedure;
  }
  return found;
}

std::vector<rules::ProcedureWords> ProcedureSet::Words() const {
  std::vector<rules::ProcedureWords> all;
  for (const Procedure& procedure : procedures()) {
    const bool latest = Find(procedure.id) == &procedure;
    auto words = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.id == procedure.id; });
    if (words == all.end()) words = all.insert(all.end(), {procedure.id, procedure.subjects[0].node_kind, {}, {}});
    if (latest) words->citations = procedure.citations;
    for (const Clock& clock : procedure.clocks) {
      if (std::find(words->clocks.begin(), words->clocks.end(), clock.id) == words->clocks.end())
        words->clocks.push_back(clock.id);
    }
  }
  return all;
}

absl::StatusOr<const Procedure*> ProcedureSet::Get(std::string_view id) const {
  if (const Procedure* found = Find(id)) return found;
  std::string known;
  for (const Procedure& one : procedures()) absl::StrAppend(&known, known.empty() ? "" : ", ", one.id);
  return base::Error(absl::StatusCode::kNotFound, "UNKNOWN_PROCEDURE",
                     base::StrCat("no procedure '", id, "'; there are: ", known));
}

const Procedure* ProcedureSet::Find(std::string_view id, int32_t version) const {
  for (const Procedure& procedure : procedures()) {
    if (procedure.id == id && procedure.version == version) return &procedure;
  }
  return nullptr;
}

}  // namespace jiceng::procedures
