#include "wire/rules.h"

#include <string>
#include <utility>

#include "base/status.h"
#include "wire/dates.h"
#include "wire/record_fields.h"

namespace jiceng::wire {
namespace {

// The room's enums have the schema's numbers.
static_assert(static_cast<int>(rules::Level::kMetric) == pb::RuleLevel_MAX);
static_assert(static_cast<int>(rules::Confidence::kHouse) == pb::RuleConfidence_MAX);
static_assert(static_cast<int>(rules::ParameterType::kCount) == pb::RuleParameterType_MAX);
static_assert(static_cast<int>(rules::Override::kLocked) == pb::RuleParameterOverride_MAX);
static_assert(static_cast<int>(rules::Comparator::kOdd) == pb::RuleComparator_MAX);
static_assert(static_cast<int>(rules::TieEnd::kFrom) == pb::RuleTieEnd_MAX);
static_assert(static_cast<int>(rules::TermPlace::kCommunityUnderParty) == pb::TermPlace_MAX);
static_assert(static_cast<int>(rules::GoverningDay::kElection) == pb::RuleGoverningDay_MAX);
static_assert(static_cast<int>(rules::Period::kYears) == pb::RulePeriod_MAX);
static_assert(static_cast<int>(rules::PairRelation::kRequires) == pb::RulePairRelation_MAX);
static_assert(static_cast<int>(rules::PairPlace::kSameCommunity) == pb::RulePairPlace_MAX);
static_assert(static_cast<int>(rules::ResolutionParent::kParty) == pb::ResolutionParent_MAX);
static_assert(static_cast<int>(rules::TermShiftKind::kLateElection) == pb::TermShiftKind_MAX);
static_assert(static_cast<int>(rules::MessageCase::kUnmetNone) == pb::RuleMessageCase_MAX);

absl::StatusOr<rules::Domain> ReadDomain(const pb::RuleDomain& message, const Place& place) {
  rules::Domain domain;
  ASSIGN_OR_RETURN(domain.node_kinds, ReadWords(message.node_kinds(), place, "node_kinds"));
  ASSIGN_OR_RETURN(domain.org_kinds, ReadWords(message.org_kinds(), place, "org_kinds"));
  ASSIGN_OR_RETURN(domain.unit_levels, ReadWords(message.unit_levels(), place, "unit_levels"));
  domain.live = message.live();
  ASSIGN_OR_RETURN(domain.party_statuses, ReadWords(message.party_statuses(), place, "party_statuses"));
  domain.in_service = message.in_service();
  domain.gone = message.gone();
  return domain;
}

absl::StatusOr<rules::Amount> ReadAmount(const pb::RuleAmount& message, const Place& place) {
  rules::Amount amount;
  switch (message.amount_case()) {
    case pb::RuleAmount::kNumber:
      if (message.number() < 0) return place.In("number").Error("BAD_CATALOGUE", "a figure is not negative");
      amount.number = message.number();
      return amount;
    case pb::RuleAmount::kParameter: {
      ASSIGN_OR_RETURN(amount.parameter, ReadFilled(message.parameter(), place.In("parameter")));
      return amount;
    }
    case pb::RuleAmount::AMOUNT_NOT_SET:
      break;
  }
  return place.Error("BAD_CATALOGUE", "neither a number nor a parameter is given");
}

absl::StatusOr<rules::Bound> ReadBound(const pb::RuleBound& message, const Place& place) {
  rules::Bound bound;
  ASSIGN_OR_RETURN(bound.comparator, ReadChoice<rules::Comparator>(message.comparator(), 1, pb::RuleComparator_MAX,
                                                                   place.In("comparator")));
  if (bound.comparator == rules::Comparator::kOdd) return bound;
  ASSIGN_OR_RETURN(bound.amount, ReadAmount(message.amount(), place.In("amount")));
  return bound;
}

absl::StatusOr<rules::Measure> ReadMeasure(const pb::RuleMeasure& message, const Place& place) {
  rules::Measure measure;
  if (!message.fact().empty()) {
    if (!message.tie_kind().empty()) return place.Error("BAD_CATALOGUE", "a fact and a kind of tie are given");
    ASSIGN_OR_RETURN(measure.fact, ReadFilled(message.fact(), place.In("fact")));
    return measure;
  }
  ASSIGN_OR_RETURN(measure.tie_kind, ReadFilled(message.tie_kind(), place.In("tie_kind")));
  ASSIGN_OR_RETURN(measure.end, ReadChoice<rules::TieEnd>(message.end(), 1, pb::RuleTieEnd_MAX, place.In("end")));
  ASSIGN_OR_RETURN(measure.roles, ReadWords(message.roles(), place, "roles"));
  ASSIGN_OR_RETURN(measure.manners, ReadWords(message.manners(), place, "manners"));
  ASSIGN_OR_RETURN(measure.party_statuses, ReadWords(message.party_statuses(), place, "party_statuses"));
  ASSIGN_OR_RETURN(measure.org_kinds, ReadWords(message.org_kinds(), place, "org_kinds"));
  ASSIGN_OR_RETURN(measure.unit_levels, ReadWords(message.unit_levels(), place, "unit_levels"));
  ASSIGN_OR_RETURN(measure.sexes, ReadWords(message.sexes(), place, "sexes"));
  measure.distinct = message.distinct();
  measure.ever = message.ever();
  if (message.has_below()) {
    const Place below = place.In("below");
    measure.below.emplace();
    ASSIGN_OR_RETURN(measure.below->org_kinds, ReadWords(message.below().org_kinds(), below, "org_kinds"));
    ASSIGN_OR_RETURN(measure.below->unit_levels, ReadWords(message.below().unit_levels(), below, "unit_levels"));
  }
  return measure;
}

absl::StatusOr<rules::CountBounds> ReadCountBounds(const pb::CountBounds& message, const Place& place) {
  rules::CountBounds shape;
  ASSIGN_OR_RETURN(shape.measure, ReadMeasure(message.measure(), place.In("measure")));
  if (message.bounds_size() == 0)
    return place.In("bounds").Error("BAD_CATALOGUE", "a count without bounds says nothing");
  for (int i = 0; i < message.bounds_size(); ++i) {
    ASSIGN_OR_RETURN(rules::Bound bound, ReadBound(message.bounds(i), place.In("bounds", i)));
    shape.bounds.push_back(std::move(bound));
  }
  for (int i = 0; i < message.conditions_size(); ++i) {
    const Place condition = place.In("conditions", i);
    shape.conditions.emplace_back();
    ASSIGN_OR_RETURN(shape.conditions.back().measure,
                     ReadMeasure(message.conditions(i).measure(), condition.In("measure")));
    ASSIGN_OR_RETURN(shape.conditions.back().bound, ReadBound(message.conditions(i).bound(), condition.In("bound")));
  }
  for (int i = 0; i < message.plus_size(); ++i) {
    ASSIGN_OR_RETURN(rules::Measure measure, ReadMeasure(message.plus(i), place.In("plus", i)));
    shape.plus.push_back(std::move(measure));
  }
  if (message.has_per()) {
    const Place per = place.In("per");
    ASSIGN_OR_RETURN(shape.per, ReadMeasure(message.per().measure(), per.In("measure")));
    if (message.per().size() < 0) return per.In("size").Error("BAD_CATALOGUE", "a size is not negative");
    shape.per_size = message.per().size() == 0 ? 1 : message.per().size();
  }
  return shape;
}

absl::StatusOr<rules::TermLength> ReadTermLength(const pb::TermLength& message, const Place& place) {
  rules::TermLength shape;
  for (int i = 0; i < message.classes_size(); ++i) {
    const Place class_place = place.In("classes", i);
    rules::TermClass term_class;
    ASSIGN_OR_RETURN(term_class.org_kinds, ReadWords(message.classes(i).org_kinds(), class_place, "org_kinds"));
    ASSIGN_OR_RETURN(term_class.place, ReadChoice<rules::TermPlace>(message.classes(i).place(), 0, pb::TermPlace_MAX,
                                                                    class_place.In("place")));
    ASSIGN_OR_RETURN(term_class.years, ReadAmount(message.classes(i).years(), class_place.In("years")));
    shape.classes.push_back(std::move(term_class));
  }
  ASSIGN_OR_RETURN(shape.evidence_roles, ReadWords(message.evidence_roles(), place, "evidence_roles"));
  shape.posts_only = message.posts_only();
  return shape;
}

absl::StatusOr<rules::Deadline> ReadDeadline(const pb::Deadline& message, const Place& place) {
  rules::Deadline shape;
  ASSIGN_OR_RETURN(shape.start_tie_kind, ReadFilled(message.start_tie_kind(), place.In("start_tie_kind")));
  ASSIGN_OR_RETURN(shape.required_tie_kind, ReadFilled(message.required_tie_kind(), place.In("required_tie_kind")));
  ASSIGN_OR_RETURN(shape.days, ReadAmount(message.days(), place.In("days")));
  return shape;
}

absl::StatusOr<rules::Uniqueness> ReadUniqueness(const pb::Uniqueness& message, const Place& place) {
  rules::Uniqueness shape;
  ASSIGN_OR_RETURN(shape.tie_kind, ReadFilled(message.tie_kind(), place.In("tie_kind")));
  ASSIGN_OR_RETURN(shape.at_most, ReadAmount(message.at_most(), place.In("at_most")));
  return shape;
}

absl::StatusOr<rules::Duration> ReadDuration(const pb::Duration& message, const Place& place) {
  rules::Duration shape;
  ASSIGN_OR_RETURN(shape.start, ReadMeasure(message.start(), place.In("start")));
  ASSIGN_OR_RETURN(shape.at_most, ReadAmount(message.at_most(), place.In("at_most")));
  ASSIGN_OR_RETURN(shape.period,
                   ReadChoice<rules::Period>(message.period(), 1, pb::RulePeriod_MAX, place.In("period")));
  return shape;
}

absl::StatusOr<rules::TiePair> ReadTiePair(const pb::TiePair& message, const Place& place) {
  rules::TiePair shape;
  ASSIGN_OR_RETURN(shape.first, ReadMeasure(message.first(), place.In("first")));
  for (int i = 0; i < message.second_size(); ++i) {
    ASSIGN_OR_RETURN(rules::Measure measure, ReadMeasure(message.second(i), place.In("second", i)));
    shape.second.push_back(std::move(measure));
  }
  ASSIGN_OR_RETURN(shape.relation, ReadChoice<rules::PairRelation>(message.relation(), 1, pb::RulePairRelation_MAX,
                                                                   place.In("relation")));
  ASSIGN_OR_RETURN(shape.place,
                   ReadChoice<rules::PairPlace>(message.place(), 0, pb::RulePairPlace_MAX, place.In("place")));
  ASSIGN_OR_RETURN(shape.through, ReadString(message.through(), place.In("through")));
  return shape;
}

absl::StatusOr<rules::TermShift> ReadTermShift(const pb::TermShift& message, const Place& place) {
  rules::TermShift shape;
  ASSIGN_OR_RETURN(shape.kind,
                   ReadChoice<rules::TermShiftKind>(message.kind(), 1, pb::TermShiftKind_MAX, place.In("kind")));
  ASSIGN_OR_RETURN(shape.at_most_years, ReadAmount(message.at_most_years(), place.In("at_most_years")));
  return shape;
}

absl::StatusOr<rules::Resolution> ReadResolution(const pb::Resolution& message, const Place& place) {
  rules::Resolution shape;
  if (message.steps_size() == 0)
    return place.In("steps").Error("BAD_CATALOGUE", "a resolution without steps says nothing");
  for (int i = 0; i < message.steps_size(); ++i) {
    const Place step_place = place.In("steps", i);
    rules::ResolutionStep step;
    ASSIGN_OR_RETURN(step.title, ReadBoth(message.steps(i).title(), step_place.In("title")));
    ASSIGN_OR_RETURN(step.measure, ReadMeasure(message.steps(i).measure(), step_place.In("measure")));
    ASSIGN_OR_RETURN(step.parent, ReadChoice<rules::ResolutionParent>(
                                      message.steps(i).parent(), 0, pb::ResolutionParent_MAX, step_place.In("parent")));
    step.from_seat = message.steps(i).from_seat();
    shape.steps.push_back(std::move(step));
  }
  return shape;
}

absl::StatusOr<rules::Shape> ReadShape(const pb::Rule& message, const Place& place) {
  rules::Shape shape;
  switch (message.shape_case()) {
    case pb::Rule::kCountBounds: {
      ASSIGN_OR_RETURN(shape, ReadCountBounds(message.count_bounds(), place.In("count_bounds")));
      break;
    }
    case pb::Rule::kTermLength: {
      ASSIGN_OR_RETURN(shape, ReadTermLength(message.term_length(), place.In("term_length")));
      break;
    }
    case pb::Rule::kDeadline: {
      ASSIGN_OR_RETURN(shape, ReadDeadline(message.deadline(), place.In("deadline")));
      break;
    }
    case pb::Rule::kUniqueness: {
      ASSIGN_OR_RETURN(shape, ReadUniqueness(message.uniqueness(), place.In("uniqueness")));
      break;
    }
    case pb::Rule::kDuration: {
      ASSIGN_OR_RETURN(shape, ReadDuration(message.duration(), place.In("duration")));
      break;
    }
    case pb::Rule::kTiePair: {
      ASSIGN_OR_RETURN(shape, ReadTiePair(message.tie_pair(), place.In("tie_pair")));
      break;
    }
    case pb::Rule::kTermShift: {
      ASSIGN_OR_RETURN(shape, ReadTermShift(message.term_shift(), place.In("term_shift")));
      break;
    }
    case pb::Rule::kResolution: {
      ASSIGN_OR_RETURN(shape, ReadResolution(message.resolution(), place.In("resolution")));
      break;
    }
    case pb::Rule::SHAPE_NOT_SET:
      if (!message.not_evaluable())
        return place.In("shape").Error("BAD_CATALOGUE", "a rule that is evaluable has a shape");
      break;
  }
  return shape;
}

}  // namespace

absl::StatusOr<rules::Parameter> ReadParameter(const pb::RuleParameter& message, const Place& place) {
  rules::Parameter parameter;
  ASSIGN_OR_RETURN(parameter.name, ReadFilled(message.name(), place.In("name")));
  ASSIGN_OR_RETURN(parameter.type,
                   ReadChoice<rules::ParameterType>(message.type(), 1, pb::RuleParameterType_MAX, place.In("type")));
  ASSIGN_OR_RETURN(parameter.unit, ReadString(message.unit(), place.In("unit")));
  if (message.has_default_value()) {
    if (message.default_value() < 0) return place.In("default_value").Error("BAD_CATALOGUE", "a count is not negative");
    parameter.default_value = message.default_value();
  }
  ASSIGN_OR_RETURN(
      parameter.override_,
      ReadChoice<rules::Override>(message.override(), 1, pb::RuleParameterOverride_MAX, place.In("override")));
  ASSIGN_OR_RETURN(parameter.title, ReadBoth(message.title(), place.In("title")));
  return parameter;
}

absl::StatusOr<rules::Rule> ReadRule(const pb::Rule& message, const Place& place) {
  rules::Rule rule;
  ASSIGN_OR_RETURN(rule.id, ReadFilled(message.id(), place.In("id")));
  ASSIGN_OR_RETURN(rule.level, ReadChoice<rules::Level>(message.level(), 1, pb::RuleLevel_MAX, place.In("level")));
  ASSIGN_OR_RETURN(rule.title, ReadBoth(message.title(), place.In("title")));
  if (message.citations_size() == 0)
    return place.In("citations").Error("BAD_CATALOGUE", "a rule says where it is written");
  for (int i = 0; i < message.citations_size(); ++i) {
    ASSIGN_OR_RETURN(rules::Citation citation, ReadCitation(message.citations(i), place.In("citations", i)));
    rule.citations.push_back(std::move(citation));
  }
  for (int i = 0; i < message.parameters_size(); ++i) {
    ASSIGN_OR_RETURN(rules::Parameter parameter, ReadParameter(message.parameters(i), place.In("parameters", i)));
    rule.parameters.push_back(std::move(parameter));
  }
  ASSIGN_OR_RETURN(rule.domain, ReadDomain(message.domain(), place.In("domain")));
  ASSIGN_OR_RETURN(rule.shape, ReadShape(message, place));
  rule.not_evaluable = message.not_evaluable();
  rule.off = message.off();
  ASSIGN_OR_RETURN(rule.in_force.from,
                   ReadDay(message.in_force_from(), base::Date::Beginning(), place.In("in_force_from")));
  ASSIGN_OR_RETURN(rule.in_force.to, ReadDay(message.in_force_to(), base::Date::Forever(), place.In("in_force_to")));
  if (rule.in_force.IsEmpty())
    return place.In("in_force_to").Error("EMPTY_INTERVAL", "the rule ends before it is in force");
  ASSIGN_OR_RETURN(
      rule.governing_day,
      ReadChoice<rules::GoverningDay>(message.governing_day(), 0, pb::RuleGoverningDay_MAX, place.In("governing_day")));
  for (int i = 0; i < message.messages_size(); ++i) {
    const Place message_place = place.In("messages", i);
    rules::Message text;
    ASSIGN_OR_RETURN(text.when, ReadChoice<rules::MessageCase>(message.messages(i).case_(), 1, pb::RuleMessageCase_MAX,
                                                               message_place.In("case")));
    ASSIGN_OR_RETURN(text.text, ReadBoth(message.messages(i).text(), message_place.In("text")));
    rule.messages.push_back(std::move(text));
  }
  ASSIGN_OR_RETURN(rule.passing_example, ReadText(message.passing_example(), place.In("passing_example")));
  ASSIGN_OR_RETURN(rule.failing_example, ReadText(message.failing_example(), place.In("failing_example")));
  ASSIGN_OR_RETURN(rule.aliases, ReadWords(message.aliases(), place, "aliases"));
  return rule;
}

absl::StatusOr<std::vector<rules::Rule>> ReadRules(const pb::Catalogue& catalogue) {
  std::vector<rules::Rule> rules;
  for (int i = 0; i < catalogue.rules_size(); ++i) {
    ASSIGN_OR_RETURN(rules::Rule rule, ReadRule(catalogue.rules(i), Place("rules", i)));
    rules.push_back(std::move(rule));
  }
  return rules;
}

}  // namespace jiceng::wire
