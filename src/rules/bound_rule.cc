#include "rules/bound_rule.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "base/status.h"
#include "base/strings.h"

namespace jiceng::rules {
namespace {

using model::NodeKind;
using model::TieKind;

absl::Status Bad(const Rule& rule, std::string_view place, std::string_view what) {
  return base::Error(absl::StatusCode::kInvalidArgument, "BAD_RULE",
                     base::StrCat("rule '", rule.id, "', ", place, ": ", what));
}

// Resolves one rule; the methods share the rule for their messages.
class Binder {
 public:
  Binder(const Rule& rule, const model::Catalogue& catalogue, const ProcedureWords* procedure)
      : rule_(rule), catalogue_(catalogue), procedure_(procedure) {}

  absl::StatusOr<BoundRule> Run() {
    const auto* matters = std::get_if<MatterOverdue>(&rule_.shape);
    if (matters != nullptr && procedure_ == nullptr) return Unknown("procedure", matters->procedure);
    RETURN_IF_ERROR(CheckRecord());
    bound_.stricter.assign(rule_.parameters.size(), Stricter::kUnknown);
    if (rule_.not_evaluable) return std::move(bound_);
    RETURN_IF_ERROR(BindDomain());
    if (const auto* s = std::get_if<CountBounds>(&rule_.shape)) RETURN_IF_ERROR(BindShape(*s));
    if (const auto* s = std::get_if<TermLength>(&rule_.shape)) RETURN_IF_ERROR(BindShape(*s));
    if (const auto* s = std::get_if<Deadline>(&rule_.shape)) RETURN_IF_ERROR(BindShape(*s));
    if (const auto* s = std::get_if<Uniqueness>(&rule_.shape)) RETURN_IF_ERROR(BindShape(*s));
    if (const auto* s = std::get_if<Duration>(&rule_.shape)) RETURN_IF_ERROR(BindShape(*s));
    if (const auto* s = std::get_if<TiePair>(&rule_.shape)) RETURN_IF_ERROR(BindShape(*s));
    if (const auto* s = std::get_if<TermShift>(&rule_.shape)) RETURN_IF_ERROR(BindShape(*s));
    if (const auto* s = std::get_if<Resolution>(&rule_.shape)) RETURN_IF_ERROR(BindShape(*s));
    if (const auto* s = std::get_if<MatterOverdue>(&rule_.shape)) RETURN_IF_ERROR(BindShape(*s));
    if (std::holds_alternative<std::monostate>(rule_.shape)) return Bad(rule_, "shape", "an evaluable rule needs one");
    std::sort(bound_.used_parameters.begin(), bound_.used_parameters.end());
    return std::move(bound_);
  }

 private:
  absl::Status CheckRecord() {
    if (rule_.id.empty()) return Bad(rule_, "id", "is empty");
    if (rule_.level == Level::kUnspecified) return Bad(rule_, "level", "is not said");
    if (rule_.citations.empty()) return Bad(rule_, "citations", "none; a rule without source is not one");
    for (const Citation& citation : rule_.citations) {
      if (citation.document.empty() || citation.confidence == Confidence::kUnspecified) {
        return Bad(rule_, "citations", "one has no document or no confidence");
      }
    }
    if (rule_.in_force.IsEmpty()) return Bad(rule_, "in_force_to", "the rule ends before it is in force");
    for (const Parameter& parameter : rule_.parameters) {
      if (parameter.name.empty() || parameter.type == ParameterType::kUnspecified ||
          parameter.override_ == Override::kUnspecified) {
        return Bad(rule_, "parameters", "one has no name, type or override");
      }
      if (parameter.default_value.value_or(0) < 0) return Bad(rule_, parameter.name, "its default is negative");
    }
    return absl::OkStatus();
  }

  absl::Status BindDomain() {
    const Domain& domain = rule_.domain;
    BoundDomain& to = bound_.domain;
    if (domain.node_kinds.empty()) return Bad(rule_, "domain", "no node kinds");
    for (const std::string& word : domain.node_kinds) {
      const int kind = FindKind(word);
      if (kind == 0) return Unknown("domain", word);
      to.node_kinds = static_cast<uint8_t>(to.node_kinds | 1 << kind);
    }
    RETURN_IF_ERROR(Kinds("domain", domain.org_kinds, &to.org_kinds));
    RETURN_IF_ERROR(Levels("domain", domain.unit_levels, &to.levels));
    to.live = domain.live;
    to.gone = domain.gone;
    if (to.live && to.gone) return Bad(rule_, "domain", "no node is both live and gone");
    to.in_service = domain.in_service;
    if (rule_.governing_day == GoverningDay::kElection &&
        to.node_kinds != 1 << static_cast<int>(NodeKind::kOrganization))
      return Bad(rule_, "governing_day", "only organisations are elected");
    return Statuses("domain", domain.party_statuses, &to.statuses);
  }

  absl::Status BindShape(const CountBounds& shape) {
    BoundCountBounds to;
    to.measures.emplace_back();
    RETURN_IF_ERROR(BindMeasure(shape.measure, &to.measures.back()));
    for (const Measure& measure : shape.plus) {
      to.measures.emplace_back();
      RETURN_IF_ERROR(BindMeasure(measure, &to.measures.back()));
    }
    if (shape.bounds.empty()) return Bad(rule_, "bounds", "none");
    for (const Bound& bound : shape.bounds) {
      to.bounds.emplace_back();
      RETURN_IF_ERROR(BindBound(bound, false, &to.bounds.back()));
    }
    for (const Condition& condition : shape.conditions) {
      to.conditions.emplace_back();
      RETURN_IF_ERROR(BindMeasure(condition.measure, &to.conditions.back().measure));
      RETURN_IF_ERROR(BindBound(condition.bound, true, &to.conditions.back().bound));
    }
    if (shape.per.has_value()) {
      to.per.emplace();
      RETURN_IF_ERROR(BindMeasure(*shape.per, &*to.per));
      to.per_size = shape.per_size;
      const auto is_odd = [](const Bound& bound) { return bound.comparator == Comparator::kOdd; };
      if (shape.per_size < 1) return Bad(rule_, "per", "the size is not positive");
      if (std::any_of(shape.bounds.begin(), shape.bounds.end(), is_odd)) return Bad(rule_, "per", "no share is odd");
    }
    bound_.shape = std::move(to);
    return absl::OkStatus();
  }

  absl::Status BindShape(const Resolution& shape) {
    BoundResolution to;
    if (shape.steps.empty()) return Bad(rule_, "steps", "none");
    const uint8_t org = 1 << static_cast<int>(NodeKind::kOrganization), unit = 1 << static_cast<int>(NodeKind::kUnit);
    for (const ResolutionStep& step : shape.steps) {
      BoundResolution::Step bound{{}, step.parent, step.from_seat};
      if (step.from_seat && bound_.domain.node_kinds != org)
        return Bad(rule_, "steps", "only organisations have a seat");
      RETURN_IF_ERROR(BindMeasure(step.measure, &bound.measure, step.from_seat ? unit : bound_.domain.node_kinds));
      const model::TieLaw& law = model::LawOf(bound.measure.kind);
      const uint8_t other = bound.measure.end == TieEnd::kTo ? law.from_kinds : law.to_kinds;
      if (bound.measure.IsFact() || bound.measure.below) return Bad(rule_, "steps", "a step is answered by ties");
      if (step.parent != ResolutionParent::kAnybody && other != org)
        return Bad(rule_, step.measure.tie_kind, "does not always lead to an organisation, which alone has a parent");
      bound_.deep = bound_.deep || step.from_seat || step.parent != ResolutionParent::kAnybody;
      to.steps.push_back(bound);
    }
    bound_.shape = std::move(to);
    return absl::OkStatus();
  }

  absl::Status BindShape(const TermLength& shape) {
    if (bound_.domain.node_kinds != 1 << static_cast<int>(NodeKind::kOrganization)) {
      return Bad(rule_, "term_length", "only organisations have terms");
    }
    BoundTermLength to;
    to.posts_only = shape.posts_only;
    for (const TermClass& from : shape.classes) {
      BoundTermLength::Class c{};
      c.place = from.place;
      RETURN_IF_ERROR(Kinds("classes", from.org_kinds, &c.org_kinds));
      RETURN_IF_ERROR(BindAmount(from.years, &c.years));
      to.classes.push_back(c);
    }
    if (shape.evidence_roles.empty()) return Bad(rule_, "evidence_roles", "none");
    RETURN_IF_ERROR(Roles(shape.evidence_roles, &to.evidence_roles));
    bound_.shape = std::move(to);
    return absl::OkStatus();
  }

  absl::Status BindShape(const Deadline& shape) {
    BoundDeadline to;
    RETURN_IF_ERROR(TieFrom(shape.start_tie_kind, NodeKind::kUnit, &to.start));
    RETURN_IF_ERROR(TieFrom(shape.required_tie_kind, NodeKind::kUnit, &to.required));
    RETURN_IF_ERROR(BindAmount(shape.days, &to.days));
    bound_.shape = to;
    return absl::OkStatus();
  }

  absl::Status BindShape(const Uniqueness& shape) {
    BoundUniqueness to;
    RETURN_IF_ERROR(TieFrom(shape.tie_kind, NodeKind::kNone, &to.kind));
    RETURN_IF_ERROR(BindAmount(shape.at_most, &to.at_most));
    bound_.shape = to;
    return absl::OkStatus();
  }

  absl::Status BindShape(const Duration& shape) {
    BoundDuration to;
    RETURN_IF_ERROR(BindMeasure(shape.start, &to.start));
    if (shape.start.ever) return Bad(rule_, "start", "what is over does not go on");
    if (to.start.below) return Bad(rule_, "start", "what goes on is the node's own");
    if (to.start.IsFact() && !IsDate(to.start.fact)) return Bad(rule_, shape.start.fact, "is not a date");
    if (shape.period == Period::kUnspecified) return Bad(rule_, "period", "is not said");
    to.period = shape.period;
    RETURN_IF_ERROR(BindAmount(shape.at_most, &to.at_most));
    bound_.shape = to;
    return absl::OkStatus();
  }

  absl::Status BindShape(const TiePair& shape) {
    BoundTiePair to;
    RETURN_IF_ERROR(BindOutgoing(shape.first, &to.first));
    if (shape.second.empty()) return Bad(rule_, "second", "none");
    for (const Measure& measure : shape.second) {
      to.second.emplace_back();
      RETURN_IF_ERROR(BindOutgoing(measure, &to.second.back()));
    }
    if (shape.relation == PairRelation::kUnspecified) return Bad(rule_, "relation", "is not said");
    to.relation = shape.relation;
    to.place = shape.place;
    if (!shape.through.empty()) {
      to.through = model::TieKindFromName(shape.through);
      if (to.through == TieKind::kNone) return Unknown("through", shape.through);
      if (model::LawOf(to.through).shape != model::TieLaw::kSymmetric)
        return Bad(rule_, shape.through, "is not symmetric");
      if ((bound_.domain.node_kinds & ~model::LawOf(to.through).from_kinds) != 0)
        return Bad(rule_, shape.through, "does not link every kind of node in the domain");
    }
    bound_.shape = std::move(to);
    return absl::OkStatus();
  }

  absl::Status BindShape(const TermShift& shape) {
    if (bound_.domain.node_kinds != 1 << static_cast<int>(NodeKind::kOrganization))
      return Bad(rule_, "term_shift", "only organisations have terms");
    if (shape.kind == TermShiftKind::kUnspecified) return Bad(rule_, "term_shift", "the kind is not said");
    BoundTermShift to;
    to.kind = shape.kind;
    RETURN_IF_ERROR(BindAmount(shape.at_most_years, &to.at_most_years));
    bound_.shape = to;
    return absl::OkStatus();
  }

  absl::Status BindShape(const MatterOverdue& shape) {
    const int about = FindKind(procedure_->about);
    if (bound_.domain.node_kinds != 1 << about)
      return Bad(rule_, "domain",
                 base::StrCat("matters of '", shape.procedure, "' are about nodes of the kind ", procedure_->about));
    for (const std::string& clock : shape.clocks) {
      const auto& known = procedure_->clocks;
      if (std::find(known.begin(), known.end(), clock) == known.end()) return Unknown("clocks", clock);
    }
    if (procedure_->clocks.empty()) return Bad(rule_, "procedure", "has no clocks");
    BoundMatterOverdue to{shape.procedure, shape.clocks};
    std::sort(to.clocks.begin(), to.clocks.end());
    bound_.shape = std::move(to);
    return absl::OkStatus();
  }

  // Open ties that leave the node.
  absl::Status BindOutgoing(const Measure& measure, BoundMeasure* to) {
    RETURN_IF_ERROR(BindMeasure(measure, to));
    if (to->IsFact() || to->end != TieEnd::kFrom || to->ever || to->distinct || to->below)
      return Bad(rule_, "tie_pair", "pairs open ties that leave the node, each by itself");
    return absl::OkStatus();
  }

  bool IsDate(model::Fact fact) const {
    return bound_.domain.node_kinds == 1 << static_cast<int>(NodeKind::kPerson) &&
           (fact == model::Fact::kJoinedOn || fact == model::Fact::kFullOn);
  }

  // A kind of tie that every governed node may have going out, and that may lead to a node of kind `to` (kNone: any).
  absl::Status TieFrom(const std::string& word, NodeKind to, TieKind* kind) {
    *kind = model::TieKindFromName(word);
    if (*kind == TieKind::kNone) return Unknown("tie_kind", word);
    const model::TieLaw& law = model::LawOf(*kind);
    if (law.shape == model::TieLaw::kSymmetric) return Bad(rule_, word, "is symmetric: it has no leaving end");
    if ((bound_.domain.node_kinds & ~law.from_kinds) != 0)
      return Bad(rule_, word, "does not leave every kind of node in the domain");
    if (to != NodeKind::kNone && (law.to_kinds >> static_cast<int>(to) & 1) == 0)
      return Bad(rule_, word, "does not lead to units");
    return absl::OkStatus();
  }

  // The fact of that name, of every kind of node in the domain.
  absl::Status BindFact(const Measure& measure, BoundMeasure* to) {
    if (!measure.tie_kind.empty()) return Bad(rule_, measure.fact, "is a fact, and a kind of tie is given too");
    for (int k = 1; k < model::kNodeKinds; ++k) {
      if (!bound_.domain.Has(static_cast<NodeKind>(k))) continue;
      model::Fact fact{};
      if (!model::FactFromName(static_cast<NodeKind>(k), measure.fact, &fact)) return Unknown("fact", measure.fact);
      to->fact = fact;
    }
    return absl::OkStatus();
  }

  absl::Status BindMeasure(const Measure& measure, BoundMeasure* to) {
    return BindMeasure(measure, to, bound_.domain.node_kinds);
  }

  // Of nodes of the kinds `subjects`.
  absl::Status BindMeasure(const Measure& measure, BoundMeasure* to, uint8_t subjects) {
    if (!measure.fact.empty()) return BindFact(measure, to);
    to->kind = model::TieKindFromName(measure.tie_kind);
    if (to->kind == TieKind::kNone) return Unknown("tie_kind", measure.tie_kind);
    const model::TieLaw& law = model::LawOf(to->kind);
    if (law.shape == model::TieLaw::kSymmetric)
      return Bad(rule_, measure.tie_kind, "is symmetric: it cannot be counted at one end");
    if (measure.end == TieEnd::kUnspecified) return Bad(rule_, measure.tie_kind, "the end is not said");
    to->end = measure.end;
    to->distinct = measure.distinct;
    const uint8_t own = to->end == TieEnd::kTo ? law.to_kinds : law.from_kinds;
    const uint8_t other = to->end == TieEnd::kTo ? law.from_kinds : law.to_kinds;
    if (measure.below.has_value()) {
      RETURN_IF_ERROR(BindBelow(measure, own, to));
    } else if ((subjects & ~own) != 0) {
      return Bad(rule_, measure.tie_kind, "does not have every kind of node in the domain at that end");
    }
    if (!measure.roles.empty() && !law.with_role) return Bad(rule_, measure.tie_kind, "has no roles");
    RETURN_IF_ERROR(Roles(measure.roles, &to->roles));
    if (!measure.manners.empty()) to->manners = 0;
    for (const std::string& word : measure.manners) {
      uint8_t manner = 0;
      if (!model::MannerFromName(to->kind, word, &manner)) return Unknown("manners", word);
      to->manners |= 1u << manner;
    }
    const uint8_t person = 1 << static_cast<int>(NodeKind::kPerson);
    if (!measure.party_statuses.empty() && other != person)
      return Bad(rule_, "party_statuses", "the other end is not always a person");
    to->ever = measure.ever;
    RETURN_IF_ERROR(Kinds("measure", measure.org_kinds, &to->org_kinds));
    RETURN_IF_ERROR(Levels("measure", measure.unit_levels, &to->levels));
    RETURN_IF_ERROR(Sexes(measure.sexes, &to->sexes));
    // What is asked of an organisation rules out units and people, and so on; asked of two kinds, both may stay.
    uint8_t asked = 0;
    if (!measure.org_kinds.empty()) asked |= 1 << static_cast<int>(NodeKind::kOrganization);
    if (!measure.unit_levels.empty()) asked |= 1 << static_cast<int>(NodeKind::kUnit);
    if (!measure.sexes.empty()) asked |= person;
    if ((asked & ~other) != 0) return Bad(rule_, measure.tie_kind, "has no such node at the other end");
    to->filtered = asked != 0;
    if (asked != 0) to->other_kinds = asked;
    return Statuses("measure", measure.party_statuses, &to->statuses);
  }

  // Where below the node the ties are: at nodes that can have them, of the kinds asked for.
  absl::Status BindBelow(const Measure& measure, uint8_t own, BoundMeasure* to) {
    const uint8_t org = 1 << static_cast<int>(NodeKind::kOrganization), unit = 1 << static_cast<int>(NodeKind::kUnit);
    to->below = bound_.deep = true;
    RETURN_IF_ERROR(Kinds("below", measure.below->org_kinds, &to->below_org_kinds));
    RETURN_IF_ERROR(Levels("below", measure.below->unit_levels, &to->below_levels));
    uint8_t asked = 0;
    if (!measure.below->org_kinds.empty()) asked |= org;
    if (!measure.below->unit_levels.empty()) asked |= unit;
    to->below_kinds = static_cast<uint8_t>(own & (asked != 0 ? asked : org | unit));
    if ((bound_.domain.node_kinds & ~(org | unit)) != 0) return Bad(rule_, "below", "nothing lies below a person");
    if (bound_.domain.node_kinds == org && (to->below_kinds & org) == 0)
      return Bad(rule_, "below", "no unit lies below an organisation");
    if (to->below_kinds == 0) return Bad(rule_, measure.tie_kind, "does not have such a node at that end");
    return absl::OkStatus();
  }

  // A condition that more nodes meet asks more.
  absl::Status BindBound(const Bound& bound, bool is_condition, BoundCountBounds::Bound* to) {
    if (bound.comparator == Comparator::kUnspecified) return Bad(rule_, "bound", "the comparator is not said");
    to->comparator = bound.comparator;
    if (bound.comparator == Comparator::kOdd) return absl::OkStatus();
    const bool least = bound.comparator == Comparator::kAtLeast || bound.comparator == Comparator::kMoreThan;
    return BindAmount(bound.amount, &to->amount, least != is_condition ? Stricter::kGreater : Stricter::kSmaller);
  }

  absl::Status BindAmount(const Amount& amount, BoundAmount* to, Stricter stricter = Stricter::kSmaller) {
    to->number = amount.number;
    if (amount.parameter.empty()) return absl::OkStatus();
    for (size_t i = 0; i < rule_.parameters.size(); ++i) {
      if (rule_.parameters[i].name != amount.parameter) continue;
      to->parameter = static_cast<int>(i);
      auto& used = bound_.used_parameters;
      const bool first = std::find(used.begin(), used.end(), to->parameter) == used.end();
      if (first) used.push_back(to->parameter);
      Stricter& known = bound_.stricter[i];
      known = first || known == stricter ? stricter : Stricter::kUnknown;
      return absl::OkStatus();
    }
    return Bad(rule_, amount.parameter, "is not among the rule's parameters");
  }

  absl::Status Kinds(std::string_view place, const std::vector<std::string>& words, NumberSet* to) {
    to->any = words.empty();
    for (const std::string& word : words) {
      const model::OrgKind* kind = catalogue_.FindOrgKind(word);
      if (kind == nullptr) return Unknown(place, word);
      to->members.set(static_cast<size_t>(kind->number));
    }
    return absl::OkStatus();
  }

  absl::Status Roles(const std::vector<std::string>& words, NumberSet* to) {
    to->any = words.empty();
    for (const std::string& word : words) {
      const model::Role* role = catalogue_.FindRole(word);
      if (role == nullptr) return Unknown("roles", word);
      to->members.set(static_cast<size_t>(role->number));
    }
    return absl::OkStatus();
  }

  absl::Status Statuses(std::string_view place, const std::vector<std::string>& words, uint8_t* to) {
    if (!words.empty()) *to = 0;
    for (const std::string& word : words) {
      model::PartyStatus status{};
      if (!model::PartyStatusFromName(word, &status)) return Unknown(place, word);
      *to = static_cast<uint8_t>(*to | 1 << static_cast<int>(status));
    }
    return absl::OkStatus();
  }

  absl::Status Levels(std::string_view place, const std::vector<std::string>& words, uint16_t* to) {
    if (!words.empty()) *to = 0;
    for (const std::string& word : words) {
      const model::Level level = model::LevelFromName(word);
      if (level == model::Level::kNone) return Unknown(place, word);
      *to = static_cast<uint16_t>(*to | 1 << static_cast<int>(level));
    }
    return absl::OkStatus();
  }

  absl::Status Sexes(const std::vector<std::string>& words, uint8_t* to) {
    if (!words.empty()) *to = 0;
    for (const std::string& word : words) {
      const int sex = word == "male" ? 1 : word == "female" ? 2 : 0;  // as people.csv has them
      if (sex == 0) return Unknown("sexes", word);
      *to = static_cast<uint8_t>(*to | 1 << sex);
    }
    return absl::OkStatus();
  }

  static int FindKind(std::string_view word) { return static_cast<int>(model::NodeKindFromName(word)); }

  absl::Status Unknown(std::string_view place, std::string_view word) const {
    return Bad(rule_, place, base::StrCat("'", word, "' is not a word of the catalogue"));
  }

  const Rule& rule_;
  const model::Catalogue& catalogue_;
  const ProcedureWords* const procedure_;
  BoundRule bound_;
};

}  // namespace

absl::StatusOr<BoundRule> Bind(const Rule& rule, const model::Catalogue& catalogue, const ProcedureWords* procedure) {
  return Binder(rule, catalogue, procedure).Run();
}

}  // namespace jiceng::rules
