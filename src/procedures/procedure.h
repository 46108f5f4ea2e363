// Procedures as records: what proto/jiceng/v1/procedure.proto says, as values, checked and with its words resolved.
#ifndef JICENG_PROCEDURES_PROCEDURE_H_
#define JICENG_PROCEDURES_PROCEDURE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "model/catalogue.h"
#include "model/tie.h"
#include "procedures/clock.h"
#include "rules/rule.h"

namespace jiceng::procedures {

using rules::Comparator;
using rules::Text;

// Numbers equal those of the proto enums.  What is named by a word in the record has an index beside it, which
// ProcedureSet::Create() fills in; -1 is "none".

struct Subject {
  std::string id;
  Text title;
  std::string node_kind;
  std::vector<std::string> org_kinds, unit_levels;
  bool optional = false;

  model::NodeKind kind = model::NodeKind::kNone;
  std::vector<int32_t> kind_numbers, level_numbers;
};

struct State {
  std::string id;
  Text title;
  bool final = false;
  bool untimed = false;
};

enum class FieldType : uint8_t {
  kUnspecified = 0,
  kCount = 1,
  kDate = 2,
  kChoice = 3,
  kNode = 4,
  kText = 5,
  kFlag = 6,
  kMatter = 7,
};
const char* FieldTypeName(FieldType type);  // "count", "date", "choice", "node", "text", "flag", "matter"

struct Field {
  std::string id;
  Text title;
  FieldType type = FieldType::kUnspecified;
  bool optional = false;
  std::vector<std::string> choices;
  std::vector<Text> choice_titles;  // parallel to them, or none
  std::string node_kind;
  std::vector<std::string> procedures;

  // What one of the choices is called; nullptr for what is none, or has no title.
  const Text* TitleOf(std::string_view choice) const;

  model::NodeKind kind = model::NodeKind::kNone;
};

// Whoever plays the part, or holds one of the roles there; no part: anybody.
struct Actor {
  std::string subject;
  std::vector<std::string> roles;

  int part = -1;
  std::vector<model::RoleNumber> role_numbers;
};

struct Amount {
  int64_t number = 0;
  std::string field;      // a field of counts instead, when not empty
  std::string parameter;  // or a parameter of the template
};

struct Share {
  std::vector<std::string> part, whole;
  Comparator comparator = Comparator::kUnspecified;
  int32_t numerator = 0, denominator = 0;
  std::optional<Amount> percent;  // instead of both
};

struct Count {
  std::vector<std::string> fields;
  Comparator comparator = Comparator::kUnspecified;
  Amount amount;
  bool ever = false;
};

struct Interval {
  std::string since, until_field;
  Amount at_least;
  bool working_days = false;
};

struct TieTest {
  std::string tie_kind, from, to;  // no `to`: any
  std::vector<std::string> roles;
  bool absent = false;

  model::TieKind kind = model::TieKind::kNone;
  std::vector<model::RoleNumber> role_numbers;
};

struct Times {
  std::string transition;
  Comparator comparator = Comparator::kUnspecified;
  Amount amount;
};

struct OneOf {
  std::string field;
  std::vector<std::string> words;
};

struct Told {
  std::vector<std::string> fields;
  Amount at_least;
};

struct Same {
  std::string one, other;
};

struct Guard {
  std::string id;
  Text refusal;
  std::variant<std::monostate, Share, Count, Interval, TieTest, Times, OneOf, Told, Same> test;
  std::optional<OneOf> when;  // asked only where this holds
};

enum class EffectKind : uint8_t { kUnspecified = 0, kOpen = 1, kEnd = 2 };

struct Effect {
  EffectKind kind = EffectKind::kUnspecified;
  std::string tie_kind, from, to, role, manner, on_field;

  model::TieKind tie = model::TieKind::kNone;
  model::RoleNumber role_number = 0;
  uint8_t manner_number = 0;
};

struct Binding {
  std::string subject, field;

  int part = -1;
};

struct Transition {
  std::string id;
  Text title;
  std::vector<std::string> from;
  std::string to;  // "": it stays where it is
  std::vector<Actor> actors;
  std::vector<Field> evidence;
  std::vector<Guard> guards;
  std::vector<Effect> effects;
  std::vector<Binding> bindings;

  std::vector<int> from_states;
  int to_state = -1;

  bool LeadsFrom(int state) const {
    for (const int from_state : from_states) {
      if (from_state == state) return true;
    }
    return false;
  }
};

struct Pause {
  std::string state;
  Text reason;

  int in = -1;
};

struct Clock {
  std::string id;
  Text title;
  int32_t amount = 0;  // 0 of days: the day itself
  LimitUnit unit{};
  bool rolls_over = false;
  std::string until_field;  // the period ends `amount` days before the day told there
  std::vector<std::string> begins_with, stops_with;
  std::vector<Pause> pauses;
  std::string parameter;    // instead of `amount`, when not empty
  std::string responsible;  // the part that has to act, or ""

  int responsible_part = -1;
  bool begins_on_opening = false;
  std::vector<int> beginners, stoppers;  // transitions

  const Pause* PausedIn(int state) const {
    for (const Pause& pause : pauses) {
      if (pause.in == state) return &pause;
    }
    return nullptr;
  }
};

struct Tally {
  std::string id;
  Text title;
  std::string procedure, field;
  std::vector<std::string> states;  // empty: all that are not final
};

struct Procedure {
  std::string id;
  int32_t version = 0;
  Text title;
  std::vector<rules::Citation> citations;
  std::vector<Subject> subjects;
  std::vector<Field> opening;
  std::vector<Actor> openers;
  std::vector<State> states;  // the first is where a matter begins
  std::vector<Transition> transitions;
  std::vector<Clock> clocks;
  std::vector<rules::Parameter> parameters;
  std::string place;
  std::vector<Tally> tallies;

  int place_part = 0;
  std::vector<std::string> matter_fields;  // those told anywhere, each once

  int FindSubject(std::string_view subject) const;
  int FindState(std::string_view state) const;
  int FindTransition(std::string_view transition) const;
  const rules::Parameter* FindParameter(std::string_view name) const;
  const Tally* FindTally(std::string_view tally) const;
};

inline constexpr std::string_view kOpening = "open";     // the opening of a matter, where a step is named
inline constexpr std::string_view kActor = "actor";      // who takes the step, where a node is named
inline constexpr std::string_view kStateWord = "state";  // where another matter stands, where a choice is named

// A checked list of templates.  Immutable, share freely; copies are cheap.
class ProcedureSet {
 public:
  ProcedureSet() = default;  // none
  // Resolves every word against the catalogue and checks that every template can be run: every state is reached from
  // the first, every one that is not final leads to a final one, and in every one that is not `untimed` a clock runs,
  // whatever way led there.
  // Errors: INVALID_ARGUMENT, reason BAD_PROCEDURE, with the place as field: `procedures[2].transitions[3].to`.
  static absl::StatusOr<ProcedureSet> Create(std::vector<Procedure> procedures, const model::Catalogue& catalogue);

  const std::vector<Procedure>& procedures() const;
  // The latest edition, or the one asked for; nullptr where there is none.
  const Procedure* Find(std::string_view id) const;
  const Procedure* Find(std::string_view id, int32_t version) const;
  // What rules may say of them.
  std::vector<rules::ProcedureWords> Words() const;
  // The latest edition.  Errors: NOT_FOUND, reason UNKNOWN_PROCEDURE, with those there are.
  absl::StatusOr<const Procedure*> Get(std::string_view id) const;
  // For policy packs: a rule of that id for each template with parameters, which has those of all its editions (of the
  // latest, where they have one in common) and governs nothing.
  const rules::RuleSet& figures() const { return figures_; }

 private:
  std::shared_ptr<const std::vector<Procedure>> procedures_;
  rules::RuleSet figures_;
};

}  // namespace jiceng::procedures

#endif  // JICENG_PROCEDURES_PROCEDURE_H_
