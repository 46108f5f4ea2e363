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
  Binder(const Rule& rule, const model::Catalogue& catalogue) : rule_(rule), catalogue_(catalogue) {}

  absl::StatusOr<BoundRule> Run() {
    RETURN_IF_ERROR(CheckRecord());
    if (rule_.not_evaluable) return std::move(bound_);
    RETURN_IF_ERROR(BindDomain());
    if (const auto* s = std::get_if<CountBounds>(&rule_.shape)) RETURN_IF_ERROR(BindShape(*s));
    if (const auto* s = std::get_if<TermLength>(&rule_.shape)) RETURN_IF_ERROR(BindShape(*s));
    if (const auto* s = std::get_if<Deadline>(&rule_.shape)) RETURN_IF_ERROR(BindShape(*s));
    if (const auto* s = std::get_if<Uniqueness>(&rule_.shape)) RETURN_IF_ERROR(BindShape(*s));
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
    if (!domain.unit_levels.empty()) to.levels = 0;
    for (const std::string& word : domain.unit_levels) {
      const model::Level level = model::LevelFromName(word);
      if (level == model::Level::kNone) return Unknown("domain", word);
      to.levels = static_cast<uint16_t>(to.levels | 1 << static_cast<int>(level));
    }
    to.live = domain.live;
    to.in_service = domain.in_service;
    return Statuses("domain", domain.party_statuses, &to.statuses);
  }

  absl::Status BindShape(const CountBounds& shape) {
    BoundCountBounds to;
    RETURN_IF_ERROR(BindMeasure(shape.measure, &to.measure));
    if (shape.bounds.empty()) return Bad(rule_, "bounds", "none");
    for (const Bound& bound : shape.bounds) {
      to.bounds.emplace_back();
      RETURN_IF_ERROR(BindBound(bound, &to.bounds.back()));
    }
    if (shape.condition.has_value()) {
      to.condition.emplace();
      RETURN_IF_ERROR(BindMeasure(shape.condition->measure, &*to.condition));
      RETURN_IF_ERROR(BindBound(shape.condition->bound, &to.condition_bound));
    }
    bound_.shape = std::move(to);
    return absl::OkStatus();
  }

  absl::Status BindShape(const TermLength& shape) {
    if (bound_.domain.node_kinds != 1 << static_cast<int>(NodeKind::kOrganization)) {
      return Bad(rule_, "term_length", "only organisations have terms");
    }
    BoundTermLength to;
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

  absl::Status BindMeasure(const Measure& measure, BoundMeasure* to) {
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
    if ((bound_.domain.node_kinds & ~own) != 0)
      return Bad(rule_, measure.tie_kind, "does not have every kind of node in the domain at that end");
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
    return Statuses("measure", measure.party_statuses, &to->statuses);
  }

  absl::Status BindBound(const Bound& bound, BoundCountBounds::Bound* to) {
    if (bound.comparator == Comparator::kUnspecified) return Bad(rule_, "bound", "the comparator is not said");
    to->comparator = bound.comparator;
    return BindAmount(bound.amount, &to->amount);
  }

  absl::Status BindAmount(const Amount& amount, BoundAmount* to) {
    to->number = amount.number;
    if (amount.parameter.empty()) return absl::OkStatus();
    for (size_t i = 0; i < rule_.parameters.size(); ++i) {
      if (rule_.parameters[i].name != amount.parameter) continue;
      to->parameter = static_cast<int>(i);
      auto& used = bound_.used_parameters;
      if (std::find(used.begin(), used.end(), to->parameter) == used.end()) used.push_back(to->parameter);
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
      model::PartyStatus status;
      if (word == "none") {
        status = model::PartyStatus::kNone;
      } else if (word == "probationary") {
        status = model::PartyStatus::kProbationary;
      } else if (word == "full") {
        status = model::PartyStatus::kFull;
      } else {
        return Unknown(place, word);
      }
      *to = static_cast<uint8_t>(*to | 1 << static_cast<int>(status));
    }
    return absl::OkStatus();
  }

  static int FindKind(std::string_view word) {
    for (int k = 1; k < model::kNodeKinds; ++k) {
      if (word == model::NodeKindName(static_cast<NodeKind>(k))) return k;
    }
    return 0;
  }

  absl::Status Unknown(std::string_view place, std::string_view word) const {
    return Bad(rule_, place, base::StrCat("'", word, "' is not a word of the catalogue"));
  }

  const Rule& rule_;
  const model::Catalogue& catalogue_;
  BoundRule bound_;
};

}  // namespace

absl::StatusOr<BoundRule> Bind(const Rule& rule, const model::Catalogue& catalogue) {
  return Binder(rule, catalogue).Run();
}

}  // namespace jiceng::rules
