// A rule with its words resolved to numbers; made once when the rules are loaded.
#ifndef JICENG_RULES_BOUND_RULE_H_
#define JICENG_RULES_BOUND_RULE_H_

#include <bitset>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "model/catalogue.h"
#include "model/tie.h"
#include "rules/matters.h"
#include "rules/rule.h"

namespace jiceng::rules {

// Numbers of organisation kinds or roles; `any` when the record leaves them open.
struct NumberSet {
  bool any = true;
  std::bitset<1024> members;
  bool Has(int32_t number) const {
    return any || (number >= 0 && number < 1024 && members[static_cast<size_t>(number)]);
  }
  friend bool operator==(const NumberSet& a, const NumberSet& b) { return a.any == b.any && a.members == b.members; }
};

// Bit n of a status mask stands for the status n; what is not said of a person has the bit kStatusUnsaid.
inline constexpr uint8_t kStatusUnsaid = 3;
inline constexpr uint8_t kAnyStatus = 0xff;
inline constexpr uint16_t kAnyLevel = 0xffff;
inline constexpr uint8_t kAnySex = 0xff;  // bit n for the sex n as the fact has it

struct BoundMeasure {
  model::TieKind kind = model::TieKind::kNone;  // kNone: the fact
  model::Fact fact{};
  TieEnd end = TieEnd::kTo;
  NumberSet roles;
  uint32_t manners = ~0u;
  uint8_t statuses = kAnyStatus;
  bool distinct = false;
  bool ever = false;
  // Of the node at the other end; beside its status, which is asked of most.
  bool filtered = false;
  uint8_t other_kinds = 0xff;  // bit mask 1 << NodeKind
  NumberSet org_kinds;
  uint16_t levels = kAnyLevel;
  uint8_t sexes = kAnySex;
  // Counted at every node at or below the subject that fits these; what only the subject itself is asked for is `any`.
  bool below = false;
  uint8_t below_kinds = 0xff;
  NumberSet below_org_kinds;
  uint16_t below_levels = kAnyLevel;

  bool IsFact() const { return kind == model::TieKind::kNone; }
  template <typename AnyTie>
  model::NodeNumber Subject(const AnyTie& tie) const {
    return end == TieEnd::kTo ? tie.to : tie.from;
  }
  template <typename AnyTie>
  model::NodeNumber Other(const AnyTie& tie) const {
    return end == TieEnd::kTo ? tie.from : tie.to;
  }
  friend bool operator==(const BoundMeasure& a, const BoundMeasure& b) {
    return a.kind == b.kind && a.end == b.end && a.roles == b.roles && a.manners == b.manners &&
           a.statuses == b.statuses && a.distinct == b.distinct && a.fact == b.fact && a.ever == b.ever &&
           a.filtered == b.filtered && a.other_kinds == b.other_kinds && a.org_kinds == b.org_kinds &&
           a.levels == b.levels && a.sexes == b.sexes && a.below == b.below && a.below_kinds == b.below_kinds &&
           a.below_org_kinds == b.below_org_kinds && a.below_levels == b.below_levels;
  }
};

struct BoundAmount {
  int32_t number = 0;
  int parameter = -1;  // index in Rule::parameters

  int64_t In(const std::vector<std::optional<int64_t>>& parameters) const {
    return parameter < 0 ? number : parameters[static_cast<size_t>(parameter)].value_or(0);
  }
};

struct BoundDomain {
  uint8_t node_kinds = 0;  // bit mask 1 << NodeKind
  NumberSet org_kinds;
  uint16_t levels = kAnyLevel;
  bool live = false;
  bool gone = false;
  uint8_t statuses = kAnyStatus;
  bool in_service = false;

  bool Has(model::NodeKind kind) const { return (node_kinds >> static_cast<int>(kind) & 1) != 0; }
};

struct BoundCountBounds {
  struct Bound {
    Comparator comparator;
    BoundAmount amount;
  };
  struct Condition {
    BoundMeasure measure;
    Bound bound;
  };
  std::vector<BoundMeasure> measures;  // added up; the first is the one the rule is named for
  std::vector<Bound> bounds;
  std::vector<Condition> conditions;
  std::optional<BoundMeasure> per;
  int64_t per_size = 1;
};

struct BoundTermLength {
  struct Class {
    NumberSet org_kinds;
    TermPlace place;
    BoundAmount years;
  };
  std::vector<Class> classes;
  NumberSet evidence_roles;
  bool posts_only = false;
};

struct BoundDeadline {
  model::TieKind start = model::TieKind::kNone, required = model::TieKind::kNone;
  BoundAmount days;
};

struct BoundUniqueness {
  model::TieKind kind = model::TieKind::kNone;
  BoundAmount at_most;
};

struct BoundDuration {
  BoundMeasure start;
  BoundAmount at_most;
  Period period = Period::kDays;
};

struct BoundTiePair {
  BoundMeasure first;
  std::vector<BoundMeasure> second;
  PairRelation relation = PairRelation::kExcludes;
  PairPlace place = PairPlace::kAnywhere;
  model::TieKind through = model::TieKind::kNone;
};

struct BoundTermShift {
  TermShiftKind kind = TermShiftKind::kExtension;
  BoundAmount at_most_years;
};

struct BoundResolution {
  struct Step {
    BoundMeasure measure;
    ResolutionParent parent;
    bool from_seat;
  };
  std::vector<Step> steps;
};

struct BoundMatterOverdue {
  std::string procedure;
  std::vector<std::string> clocks;  // sorted; empty: all

  bool Has(const MatterClock& clock) const {
    return clock.procedure == procedure &&
           (clocks.empty() || std::binary_search(clocks.begin(), clocks.end(), clock.clock));
  }
};

// Which way a figure asks for more.
enum class Stricter : uint8_t { kUnknown = 0, kGreater = 1, kSmaller = 2 };

struct BoundRule {
  BoundDomain domain;
  std::variant<std::monostate, BoundCountBounds, BoundTermLength, BoundDeadline, BoundUniqueness, BoundDuration,
               BoundTiePair, BoundTermShift, BoundResolution, BoundMatterOverdue>
      shape;
  std::vector<int> used_parameters;
  // Whether a verdict depends on more than the node, its ties and what is at their other ends.
  bool deep = false;
  std::vector<Stricter> stricter;  // by index in Rule::parameters; kUnknown where it is used both ways, or not at all
};

// `procedure`: the template whose clocks the rule is about; null where it is about none that is known.
// Errors: INVALID_ARGUMENT, reason BAD_RULE; see RuleSet::Create.
absl::StatusOr<BoundRule> Bind(const Rule& rule, const model::Catalogue& catalogue, const ProcedureWords* procedure);

}  // namespace jiceng::rules

#endif  // JICENG_RULES_BOUND_RULE_H_
