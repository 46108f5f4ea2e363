// Rules as records: what proto/jiceng/v1/rule.proto says, as values.
#ifndef JICENG_RULES_RULE_H_
#define JICENG_RULES_RULE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "base/date.h"
#include "model/catalogue.h"

namespace jiceng::rules {

// Numbers equal those of the proto enums.  Words (kinds, roles, manners, levels, statuses) are kept as written;
// RuleSet::Create() resolves them.

struct Text {
  std::string zh, en;
};

enum class Level : uint8_t { kUnspecified = 0, kMust = 1, kMustNot = 2, kShould = 3, kMay = 4, kMetric = 5 };
const char* LevelName(Level level);  // "must", "must_not", "should", "may", "metric"

enum class Confidence : uint8_t {
  kUnspecified = 0,
  kVerified = 1,
  kVerifiedMirror = 2,
  kSecondary = 3,
  kKnown = 4,
  kHouse = 5
};
const char* ConfidenceName(Confidence confidence);  // "V", "V-", "S", "K", "house"

struct Citation {
  std::string document;
  std::optional<base::PartialDate> version;  // of year, month or day precision
  std::string article;
  base::Validity in_force;  // open ends where not known, or still in force
  Confidence confidence = Confidence::kUnspecified;
  Text note;
};

enum class ParameterType : uint8_t { kUnspecified = 0, kCount = 1 };
enum class Override : uint8_t { kUnspecified = 0, kReplace = 1, kTighten = 2, kLocked = 3 };
const char* ParameterTypeName(ParameterType type);  // "count"
const char* OverrideName(Override override_);       // "replace", "tighten", "locked"

struct Parameter {
  std::string name;
  ParameterType type = ParameterType::kUnspecified;
  std::string unit;
  std::optional<int64_t> default_value;
  Override override_ = Override::kUnspecified;
  Text title;
  int64_t most = 1000000000;  // what is counted comes nowhere near it, which keeps the arithmetic of days safe
};

// Which nodes a rule governs; an empty list does not restrict.
struct Domain {
  std::vector<std::string> node_kinds;  // "unit", "org", "person"; at least one
  std::vector<std::string> org_kinds;
  std::vector<std::string> unit_levels;
  bool live = false;
  std::vector<std::string> party_statuses;  // "none", "probationary", "full"
  bool in_service = false;
  bool gone = false;
};

// A fixed number, or a parameter's when `parameter` is not empty.
struct Amount {
  int32_t number = 0;
  std::string parameter;
};

// 以上/以内/以下 include the figure, 超过/不满 do not (民法典 Art. 1259).
enum class Comparator : uint8_t { kUnspecified = 0, kAtLeast = 1, kMoreThan = 2, kAtMost = 3, kLessThan = 4, kOdd = 5 };
const char* ComparatorName(Comparator comparator);  // "at_least", "more_than", "at_most", "less_than", "odd"
constexpr bool Satisfies(int64_t count, Comparator comparator, int64_t figure) {
  switch (comparator) {
    case Comparator::kAtLeast:
      return count >= figure;
    case Comparator::kMoreThan:
      return count > figure;
    case Comparator::kAtMost:
      return count <= figure;
    case Comparator::kLessThan:
      return count < figure;
    case Comparator::kOdd:
      return count % 2 != 0;
    case Comparator::kUnspecified:
      break;
  }
  return false;
}

// The count nearest to a figure for each of `per` (a `size` of them at a time) that satisfies the comparator; of kOdd none does.
constexpr int64_t Nearest(Comparator comparator, int64_t figure, int64_t per = 1, int64_t size = 1) {
  const auto whole = static_cast<int64_t>(__extension__ static_cast<__int128>(figure) * per / size);
  const bool exact = __extension__ static_cast<__int128>(figure) * per % size == 0;
  switch (comparator) {
    case Comparator::kAtLeast:
      return exact ? whole : whole + 1;
    case Comparator::kMoreThan:
      return whole + 1;
    case Comparator::kLessThan:
      return exact ? whole - 1 : whole;
    case Comparator::kAtMost:
    case Comparator::kOdd:
    case Comparator::kUnspecified:
      break;
  }
  return whole;
}

struct Bound {
  Comparator comparator = Comparator::kUnspecified;
  Amount amount;
};

enum class TieEnd : uint8_t { kUnspecified = 0, kTo = 1, kFrom = 2 };

// The nodes at or below the one that is judged; see RuleBelow in rule.proto.
struct Below {
  std::vector<std::string> org_kinds, unit_levels;
};

// Open ties of one kind at a node; with `distinct` the nodes at their other ends, each once.  Or a fact of the node.
struct Measure {
  std::string tie_kind;
  TieEnd end = TieEnd::kUnspecified;
  std::vector<std::string> roles, manners, party_statuses;
  bool distinct = false;
  std::string fact = {};
  std::vector<std::string> org_kinds = {}, unit_levels = {}, sexes = {};
  bool ever = false;
  std::optional<Below> below = {};
};

struct Condition {
  Measure measure;
  Bound bound;
};

// The shapes.
struct CountBounds {
  Measure measure;
  std::vector<Bound> bounds;
  std::vector<Condition> conditions;
  std::vector<Measure> plus = {};
  std::optional<Measure> per = {};
  int32_t per_size = 1;
};

enum class TermPlace : uint8_t { kAnywhere = 0, kCommunityUnderParty = 1 };
struct TermClass {
  std::vector<std::string> org_kinds;
  TermPlace place = TermPlace::kAnywhere;
  Amount years;
};
struct TermLength {
  std::vector<TermClass> classes;
  std::vector<std::string> evidence_roles;
  bool posts_only = false;
};

struct Deadline {
  std::string start_tie_kind;
  Amount days;
  std::string required_tie_kind;
};

struct Uniqueness {
  std::string tie_kind;
  Amount at_most;
};

enum class Period : uint8_t { kUnspecified = 0, kDays = 1, kMonths = 2, kYears = 3 };
const char* PeriodName(Period period);  // "days", "months", "years"
struct Duration {
  Measure start;
  Amount at_most;
  Period period = Period::kUnspecified;
};

enum class PairRelation : uint8_t { kUnspecified = 0, kExcludes = 1, kRequires = 2 };
enum class PairPlace : uint8_t { kAnywhere = 0, kSameNode = 1, kSameCommunity = 2 };
struct TiePair {
  Measure first;
  std::vector<Measure> second;
  PairRelation relation = PairRelation::kUnspecified;
  PairPlace place = PairPlace::kAnywhere;
  std::string through;
};

enum class TermShiftKind : uint8_t { kUnspecified = 0, kExtension = 1, kEarlyElection = 2, kLateElection = 3 };
struct TermShift {
  TermShiftKind kind = TermShiftKind::kUnspecified;
  Amount at_most_years;
};

enum class ResolutionParent : uint8_t { kAnybody = 0, kOwn = 1, kOtherBody = 2, kParty = 3 };
struct ResolutionStep {
  Text title;
  Measure measure;
  ResolutionParent parent = ResolutionParent::kAnybody;
  bool from_seat = false;
};
struct Resolution {
  std::vector<ResolutionStep> steps;
};

using Shape = std::variant<std::monostate, CountBounds, TermLength, Deadline, Uniqueness, Duration, TiePair, TermShift,
                           Resolution>;

enum class MessageCase : uint8_t {
  kUnspecified = 0,
  kUnmet = 1,
  kUnmetByTerm = 2,
  kUnmetStartUnknown = 3,
  kUnknown = 4,
  kMet = 5,
  kNotApplicable = 6,
  kUnmetNone = 7,
};
struct Message {
  MessageCase when = MessageCase::kUnspecified;
  Text text;
};

enum class GoverningDay : uint8_t { kAsked = 0, kElection = 1 };

struct Rule {
  std::string id;
  Level level = Level::kUnspecified;
  Text title;
  std::vector<Citation> citations;
  std::vector<Parameter> parameters;
  Domain domain;
  Shape shape;
  bool not_evaluable = false;  // a norm the library holds no data for
  base::Validity in_force;
  GoverningDay governing_day = GoverningDay::kAsked;
  bool off = false;  // judged only when named or when one of its parameters is set
  std::vector<Message> messages;
  Text passing_example, failing_example;
  std::vector<std::string> aliases;
  // Of a local rule, which is judged where the pack that carries it is attached: the pack, and the record as bytes.
  std::string pack, record;

  bool is_local() const { return !pack.empty(); }
  bool evaluable() const { return !not_evaluable; }
  // Whether any node may be judged by it on that day.
  bool MayGovern(base::Date day) const {
    return governing_day == GoverningDay::kAsked ? in_force.Holds(day) : in_force.from <= day;
  }
};

struct BoundRule;  // bound_rule.h: a rule with its words resolved

// The values of parameters, by name.
using Parameters = std::map<std::string, int64_t>;

// A checked list of rules.  Immutable, share freely; copies are cheap.
class RuleSet {
 public:
  RuleSet() = default;  // no rules
  // Resolves every word against the catalogue.  Errors: INVALID_ARGUMENT, reason BAD_RULE, with the rule and the place
  // in the message and the index of the rule as field (`rules[3]`): an id empty or given twice, a word not known, a
  // shape without what it needs, a parameter not declared.
  static absl::StatusOr<RuleSet> Create(std::vector<Rule> rules, const model::Catalogue& catalogue) {
    return RuleSet().With(std::move(rules), catalogue);
  }
  // These rules and, behind them, `more`.  Errors: those of Create(); the field counts from the first of `more`.
  absl::StatusOr<RuleSet> With(std::vector<Rule> more, const model::Catalogue& catalogue,
                               std::string_view field = "rules") const;

  const std::vector<Rule>& rules() const;
  int size() const { return static_cast<int>(rules().size()); }
  const Rule& operator[](int index) const { return rules()[index]; }
  // The index of the rule of that id or alias, or -1.
  int Find(std::string_view id) const;
  // The index that each rule has in another set, or -1, by its index here.
  std::vector<int> IndexesIn(const RuleSet& other) const;
  // The rules to judge by on a day, in the order of their ids: those `asked` for, else all that are not off, of each those
  // that are evaluable and may govern.  A rule that is off is on while one of its parameters is set; a local one is off
  // but where its pack is attached.
  std::vector<int> Select(const std::vector<int>& asked, const Parameters& parameters, base::Date day) const;
  // Takes `NAME=VALUE` apart and checks it against the rules' declarations.  Errors: INVALID_ARGUMENT, reason
  // UNKNOWN_PARAMETER (the message lists those there are), BAD_PARAMETER, or PARAMETER_LOCKED.
  absl::Status SetParameter(std::string_view name, std::string_view value, Parameters* parameters) const;
  // The place of each rule in the bytewise order of ids, and the resolved rules; for the evaluator.
  const std::vector<int>& rank() const;
  const BoundRule& bound(int index) const;

 private:
  struct Content;
  std::shared_ptr<const Content> content_;
};

}  // namespace jiceng::rules

#endif  // JICENG_RULES_RULE_H_
