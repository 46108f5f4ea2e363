#include "procedures/meaning.h"

#include <algorithm>

#include "base/status.h"
#include "base/strings.h"

namespace jiceng::procedures {
namespace {

using base::StrCat;
using model::Fact;
using model::NodeKind;

absl::Status Wrong(const std::string& what) { return absl::InvalidArgumentError(what); }

// The field of that id, of the opening or of the first step that tells it.
const Field* FindField(const Procedure& procedure, std::string_view id) {
  const auto among = [&](const std::vector<Field>& fields) -> const Field* {
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field& field) { return field.id == id; });
    return found == fields.end() ? nullptr : &*found;
  };
  if (const Field* field = among(procedure.opening)) return field;
  for (const Transition& transition : procedure.transitions) {
    if (const Field* field = among(transition.evidence)) return field;
  }
  return nullptr;
}

bool Has(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

std::pair<std::string_view, std::optional<std::string_view>> SplitWord(std::string_view word) {
  const size_t dot = word.find('.');
  if (dot == std::string_view::npos) return {word, std::nullopt};
  return {word.substr(0, dot), word.substr(dot + 1)};
}

std::optional<Fact> FactOfWord(NodeKind kind, std::string_view word) {
  Fact fact{};
  if (kind == NodeKind::kNone || !model::FactFromName(kind, word, &fact)) return std::nullopt;
  const bool closed = kind == NodeKind::kPerson ? fact == Fact::kPartyStatus || fact == Fact::kInService
                      : kind == NodeKind::kUnit ? fact == Fact::kLevel
                                                : fact == Fact::kOrgKind;
  return closed ? std::optional(fact) : std::nullopt;
}

bool Meanings::HasProcedure(std::string_view id) const {
  return std::any_of(procedures_.begin(), procedures_.end(), [&](const Procedure& one) { return one.id == id; });
}

absl::StatusOr<Meaning> Meanings::Of(const Procedure& procedure, std::string_view word) const {
  const auto [head, tail] = SplitWord(word);
  Meaning meaning;
  for (const Subject& subject : procedure.subjects) {
    if (subject.id != head) continue;
    meaning.type = FieldType::kNode;
    meaning.kind = model::NodeKindFromName(subject.node_kind);
  }
  if (const Field* field = FindField(procedure, head)) {
    meaning.type = field->type;
    meaning.kind = model::NodeKindFromName(field->node_kind);
    meaning.words = field->type == FieldType::kFlag ? std::vector<std::string>{"true", "false"} : field->choices;
    meaning.procedures = field->procedures;
  }
  if (procedure.FindTally(head) != nullptr) meaning.type = FieldType::kCount;
  if (meaning.type == FieldType::kUnspecified) return Wrong(StrCat("no step tells of '", head, "'"));
  if (!tail.has_value()) return meaning;
  if (meaning.type == FieldType::kMatter) return OfMatter(meaning, *tail);
  if (meaning.type == FieldType::kNode) return OfNode(meaning.kind, *tail);
  return Wrong(StrCat("'", head, "' is neither a matter nor a node: it has no '", *tail, "'"));
}

absl::StatusOr<Meaning> Meanings::OfMatter(const Meaning& matter, std::string_view word) const {
  std::optional<Meaning> all;
  for (const Procedure& procedure : procedures_) {
    if (!Has(matter.procedures, procedure.id)) continue;
    Meaning meaning;
    if (word == kStateWord) {
      meaning.type = FieldType::kChoice;
      for (const State& state : procedure.states) meaning.words.push_back(state.id);
    } else {
      absl::StatusOr<Meaning> found = Of(procedure, word);
      const auto [head, tail] = SplitWord(word);
      const Field* through = FindField(procedure, head);
      if (tail.has_value() && through != nullptr && through->type == FieldType::kMatter)
        found = Wrong("a word looks at one other matter, not at one behind it");
      if (!found.ok())
        return Wrong(
            StrCat("of '", procedure.id, "' ", procedure.version, ": ", std::string(found.status().message())));
      meaning = *std::move(found);
    }
    meaning.own = false;
    if (!all.has_value()) {
      all = std::move(meaning);
      continue;
    }
    if (all->type != meaning.type || all->kind != meaning.kind)
      return Wrong(StrCat("'", word, "' is not one thing in all the templates that it may be of"));
    const auto strange = [&](const std::string& known) { return !Has(meaning.words, known); };
    all->words.erase(std::remove_if(all->words.begin(), all->words.end(), strange), all->words.end());
  }
  if (!all.has_value()) return Wrong("there is no such template");
  return *std::move(all);
}

absl::StatusOr<Meaning> Meanings::OfNode(NodeKind kind, std::string_view word) const {
  const std::optional<Fact> fact = FactOfWord(kind, word);
  if (!fact.has_value()) return Wrong(StrCat("'", word, "' is no fact that may be asked of a ", NodeKindName(kind)));
  Meaning meaning;
  meaning.type = FieldType::kChoice;
  meaning.own = false;
  if (kind == NodeKind::kUnit) {
    for (int32_t level = 1; level <= static_cast<int32_t>(model::Level::kMicroGrid); ++level)
      meaning.words.push_back(FactWord(catalogue_, kind, *fact, level));
  } else if (kind == NodeKind::kOrganization) {
    for (const model::OrgKind& record : catalogue_.org_kinds()) meaning.words.push_back(record.id);
  } else {
    const int32_t values = *fact == Fact::kPartyStatus ? model::kPartyStatuses : 2;
    for (int32_t value = 0; value < values; ++value) meaning.words.push_back(FactWord(catalogue_, kind, *fact, value));
  }
  return meaning;
}

absl::Status Meanings::CheckTally(const Procedure& procedure, const Tally& tally, std::string* place) const {
  *place = "procedure";
  if (!HasProcedure(tally.procedure)) return Wrong(StrCat("there is no template '", tally.procedure, "'"));
  for (const Procedure& counted : procedures_) {
    if (counted.id != tally.procedure) continue;
    *place = "field";
    const Field* field = FindField(counted, tally.field);
    if (field == nullptr || field->type != FieldType::kMatter || !Has(field->procedures, procedure.id))
      return Wrong(
          StrCat("'", tally.field, "' of '", counted.id, "' ", counted.version, " is no '", procedure.id, "'"));
    for (size_t i = 0; i < tally.states.size(); ++i) {
      *place = StrCat("states[", i, "]");
      const int state = counted.FindState(tally.states[i]);
      if (state < 0) return Wrong(StrCat("'", counted.id, "' has no state '", tally.states[i], "'"));
      if (counted.states[static_cast<size_t>(state)].final)
        return Wrong(StrCat("a matter in '", tally.states[i], "' is over and refers to nothing"));
    }
  }
  return absl::OkStatus();
}

}  // namespace jiceng::procedures
