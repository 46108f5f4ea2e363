#include "wire/procedures.h"

#include <string>
#include <utility>

#include "base/status.h"
#include "wire/record_fields.h"
#include "wire/rules.h"

namespace jiceng::wire {
namespace {

using procedures::LimitUnit;

// The room's enums have the schema's numbers.
static_assert(static_cast<int>(procedures::FieldType::kMatter) == pb::ProcedureFieldType_MAX);
static_assert(static_cast<int>(procedures::EffectKind::kEnd) == pb::ProcedureEffectKind_MAX);
static_assert(static_cast<int>(LimitUnit::kYears) == pb::ProcedureUnit_MAX);

// A list of records, each read by `read(message, place)`.
template <typename Messages, typename Record, typename Read>
absl::Status ReadList(const Messages& messages, const Place& parent, const char* name, std::vector<Record>* records,
                      Read read) {
  for (int i = 0; i < messages.size(); ++i) {
    ASSIGN_OR_RETURN(Record record, read(messages.Get(i), parent.In(name, i)));
    records->push_back(std::move(record));
  }
  return absl::OkStatus();
}

absl::StatusOr<procedures::Subject> ReadSubject(const pb::ProcedureSubject& message, const Place& place) {
  procedures::Subject subject;
  ASSIGN_OR_RETURN(subject.id, ReadFilled(message.id(), place.In("id")));
  ASSIGN_OR_RETURN(subject.title, ReadBoth(message.title(), place.In("title")));
  ASSIGN_OR_RETURN(subject.node_kind, ReadFilled(message.node_kind(), place.In("node_kind")));
  ASSIGN_OR_RETURN(subject.org_kinds, ReadWords(message.org_kinds(), place, "org_kinds"));
  ASSIGN_OR_RETURN(subject.unit_levels, ReadWords(message.unit_levels(), place, "unit_levels"));
  subject.optional = message.optional();
  return subject;
}

absl::StatusOr<procedures::State> ReadState(const pb::ProcedureState& message, const Place& place) {
  procedures::State state;
  ASSIGN_OR_RETURN(state.id, ReadFilled(message.id(), place.In("id")));
  ASSIGN_OR_RETURN(state.title, ReadBoth(message.title(), place.In("title")));
  state.final = message.final();
  state.untimed = message.untimed();
  return state;
}

absl::StatusOr<procedures::Field> ReadField(const pb::ProcedureField& message, const Place& place) {
  procedures::Field field;
  ASSIGN_OR_RETURN(field.id, ReadFilled(message.id(), place.In("id")));
  ASSIGN_OR_RETURN(field.title, ReadBoth(message.title(), place.In("title")));
  ASSIGN_OR_RETURN(field.type,
                   ReadChoice<procedures::FieldType>(message.type(), 1, pb::ProcedureFieldType_MAX, place.In("type")));
  field.optional = message.optional();
  ASSIGN_OR_RETURN(field.choices, ReadWords(message.choices(), place, "choices"));
  for (int i = 0; i < message.choice_titles_size(); ++i) {
    field.choice_titles.emplace_back();
    ASSIGN_OR_RETURN(field.choice_titles.back(), ReadBoth(message.choice_titles(i), place.In("choice_titles", i)));
  }
  ASSIGN_OR_RETURN(field.node_kind, ReadString(message.node_kind(), place.In("node_kind")));
  ASSIGN_OR_RETURN(field.procedures, ReadWords(message.procedures(), place, "procedures"));
  return field;
}

absl::StatusOr<procedures::Actor> ReadActor(const pb::ProcedureActor& message, const Place& place) {
  procedures::Actor actor;
  ASSIGN_OR_RETURN(actor.subject, ReadString(message.subject(), place.In("subject")));
  ASSIGN_OR_RETURN(actor.roles, ReadWords(message.roles(), place, "roles"));
  return actor;
}

absl::StatusOr<procedures::Amount> ReadAmount(const pb::ProcedureAmount& message, const Place& place) {
  procedures::Amount amount;
  switch (message.amount_case()) {
    case pb::ProcedureAmount::kNumber:
      amount.number = message.number();
      if (amount.number < 0 || amount.number > 1000000000)
        return place.In("number").Error("BAD_CATALOGUE", "a figure is not in 0..1,000,000,000");
      return amount;
    case pb::ProcedureAmount::kField: {
      ASSIGN_OR_RETURN(amount.field, ReadFilled(message.field(), place.In("field")));
      return amount;
    }
    case pb::ProcedureAmount::kParameter: {
      ASSIGN_OR_RETURN(amount.parameter, ReadFilled(message.parameter(), place.In("parameter")));
      return amount;
    }
    case pb::ProcedureAmount::AMOUNT_NOT_SET:
      break;
  }
  return place.Error("BAD_CATALOGUE", "there is no figure");
}

absl::StatusOr<procedures::Comparator> ReadComparator(int comparator, const Place& place) {
  // ODD compares with nothing.
  return ReadChoice<procedures::Comparator>(comparator, 1, pb::RULE_COMPARATOR_LESS_THAN, place);
}

absl::StatusOr<procedures::OneOf> ReadOneOf(const pb::ProcedureOneOf& message, const Place& place) {
  procedures::OneOf one_of;
  ASSIGN_OR_RETURN(one_of.field, ReadFilled(message.field(), place.In("field")));
  ASSIGN_OR_RETURN(one_of.words, ReadWords(message.words(), place, "words"));
  return one_of;
}

absl::StatusOr<procedures::Guard> ReadGuard(const pb::ProcedureGuard& message, const Place& place) {
  procedures::Guard guard;
  ASSIGN_OR_RETURN(guard.id, ReadFilled(message.id(), place.In("id")));
  ASSIGN_OR_RETURN(guard.refusal, ReadBoth(message.refusal(), place.In("refusal")));
  if (message.has_when()) {
    ASSIGN_OR_RETURN(guard.when.emplace(), ReadOneOf(message.when(), place.In("when")));
  }
  switch (message.test_case()) {
    case pb::ProcedureGuard::kShare: {
      const Place at = place.In("share");
      procedures::Share share;
      ASSIGN_OR_RETURN(share.part, ReadWords(message.share().part(), at, "part"));
      ASSIGN_OR_RETURN(share.whole, ReadWords(message.share().whole(), at, "whole"));
      ASSIGN_OR_RETURN(share.comparator, ReadComparator(message.share().comparator(), at.In("comparator")));
      share.numerator = message.share().numerator();
      share.denominator = message.share().denominator();
      if (message.share().has_percent()) {
        ASSIGN_OR_RETURN(share.percent.emplace(), ReadAmount(message.share().percent(), at.In("percent")));
      }
      guard.test = std::move(share);
      return guard;
    }
    case pb::ProcedureGuard::kCount: {
      const Place at = place.In("count");
      procedures::Count count;
      ASSIGN_OR_RETURN(count.fields, ReadWords(message.count().fields(), at, "fields"));
      ASSIGN_OR_RETURN(count.comparator, ReadComparator(message.count().comparator(), at.In("comparator")));
      ASSIGN_OR_RETURN(count.amount, ReadAmount(message.count().amount(), at.In("amount")));
      count.ever = message.count().ever();
      guard.test = std::move(count);
      return guard;
    }
    case pb::ProcedureGuard::kInterval: {
      const Place at = place.In("interval");
      procedures::Interval interval;
      ASSIGN_OR_RETURN(interval.since, ReadFilled(message.interval().since(), at.In("since")));
      ASSIGN_OR_RETURN(interval.until_field, ReadString(message.interval().until_field(), at.In("until_field")));
      ASSIGN_OR_RETURN(interval.at_least, ReadAmount(message.interval().at_least(), at.In("at_least")));
      interval.working_days = message.interval().working_days();
      guard.test = std::move(interval);
      return guard;
    }
    case pb::ProcedureGuard::kTie: {
      const Place at = place.In("tie");
      procedures::TieTest tie;
      ASSIGN_OR_RETURN(tie.tie_kind, ReadFilled(message.tie().tie_kind(), at.In("tie_kind")));
      ASSIGN_OR_RETURN(tie.from, ReadFilled(message.tie().from(), at.In("from")));
      ASSIGN_OR_RETURN(tie.to, ReadString(message.tie().to(), at.In("to")));
      ASSIGN_OR_RETURN(tie.roles, ReadWords(message.tie().roles(), at, "roles"));
      tie.absent = message.tie().absent();
      guard.test = std::move(tie);
      return guard;
    }
    case pb::ProcedureGuard::kTimes: {
      const Place at = place.In("times");
      procedures::Times times;
      ASSIGN_OR_RETURN(times.transition, ReadFilled(message.times().transition(), at.In("transition")));
      ASSIGN_OR_RETURN(times.comparator, ReadComparator(message.times().comparator(), at.In("comparator")));
      ASSIGN_OR_RETURN(times.amount, ReadAmount(message.times().amount(), at.In("amount")));
      guard.test = std::move(times);
      return guard;
    }
    case pb::ProcedureGuard::kOneOf: {
      ASSIGN_OR_RETURN(guard.test, ReadOneOf(message.one_of(), place.In("one_of")));
      return guard;
    }
    case pb::ProcedureGuard::kTold: {
      const Place at = place.In("told");
      procedures::Told told;
      ASSIGN_OR_RETURN(told.fields, ReadWords(message.told().fields(), at, "fields"));
      ASSIGN_OR_RETURN(told.at_least, ReadAmount(message.told().at_least(), at.In("at_least")));
      guard.test = std::move(told);
      return guard;
    }
    case pb::ProcedureGuard::kSame: {
      const Place at = place.In("same");
      procedures::Same same;
      ASSIGN_OR_RETURN(same.one, ReadFilled(message.same().one(), at.In("one")));
      ASSIGN_OR_RETURN(same.other, ReadFilled(message.same().other(), at.In("other")));
      guard.test = std::move(same);
      return guard;
    }
    case pb::ProcedureGuard::TEST_NOT_SET:
      break;
  }
  return place.Error("BAD_CATALOGUE", "it asks for nothing");
}

absl::StatusOr<procedures::Effect> ReadEffect(const pb::ProcedureEffect& message, const Place& place) {
  procedures::Effect effect;
  ASSIGN_OR_RETURN(effect.kind, ReadChoice<procedures::EffectKind>(message.kind(), 1, pb::ProcedureEffectKind_MAX,
                                                                   place.In("kind")));
  ASSIGN_OR_RETURN(effect.tie_kind, ReadFilled(message.tie_kind(), place.In("tie_kind")));
  ASSIGN_OR_RETURN(effect.from, ReadFilled(message.from(), place.In("from")));
  ASSIGN_OR_RETURN(effect.to, ReadFilled(message.to(), place.In("to")));
  ASSIGN_OR_RETURN(effect.role, ReadString(message.role(), place.In("role")));
  ASSIGN_OR_RETURN(effect.manner, ReadString(message.manner(), place.In("manner")));
  ASSIGN_OR_RETURN(effect.on_field, ReadString(message.on_field(), place.In("on_field")));
  return effect;
}

absl::StatusOr<procedures::Binding> ReadBinding(const pb::ProcedureBinding& message, const Place& place) {
  procedures::Binding binding;
  ASSIGN_OR_RETURN(binding.subject, ReadFilled(message.subject(), place.In("subject")));
  ASSIGN_OR_RETURN(binding.field, ReadFilled(message.field(), place.In("field")));
  return binding;
}

absl::StatusOr<procedures::Transition> ReadTransition(const pb::ProcedureTransition& message, const Place& place) {
  procedures::Transition transition;
  ASSIGN_OR_RETURN(transition.id, ReadFilled(message.id(), place.In("id")));
  ASSIGN_OR_RETURN(transition.title, ReadBoth(message.title(), place.In("title")));
  ASSIGN_OR_RETURN(transition.from, ReadWords(message.from(), place, "from"));
  ASSIGN_OR_RETURN(transition.to, ReadString(message.to(), place.In("to")));
  RETURN_IF_ERROR(ReadList(message.actors(), place, "actors", &transition.actors, ReadActor));
  RETURN_IF_ERROR(ReadList(message.evidence(), place, "evidence", &transition.evidence, ReadField));
  RETURN_IF_ERROR(ReadList(message.guards(), place, "guards", &transition.guards, ReadGuard));
  RETURN_IF_ERROR(ReadList(message.effects(), place, "effects", &transition.effects, ReadEffect));
  RETURN_IF_ERROR(ReadList(message.bindings(), place, "bindings", &transition.bindings, ReadBinding));
  return transition;
}

absl::StatusOr<procedures::Pause> ReadPause(const pb::ProcedurePause& message, const Place& place) {
  procedures::Pause pause;
  ASSIGN_OR_RETURN(pause.state, ReadFilled(message.state(), place.In("state")));
  ASSIGN_OR_RETURN(pause.reason, ReadBoth(message.reason(), place.In("reason")));
  return pause;
}

absl::StatusOr<procedures::Clock> ReadClock(const pb::ProcedureClock& message, const Place& place) {
  procedures::Clock clock;
  ASSIGN_OR_RETURN(clock.id, ReadFilled(message.id(), place.In("id")));
  ASSIGN_OR_RETURN(clock.title, ReadBoth(message.title(), place.In("title")));
  clock.amount = message.amount();
  ASSIGN_OR_RETURN(clock.unit, ReadChoice<LimitUnit>(message.unit(), 1, pb::ProcedureUnit_MAX, place.In("unit")));
  clock.rolls_over = message.rolls_over();
  ASSIGN_OR_RETURN(clock.until_field, ReadString(message.until_field(), place.In("until_field")));
  ASSIGN_OR_RETURN(clock.begins_with, ReadWords(message.begins_with(), place, "begins_with"));
  ASSIGN_OR_RETURN(clock.stops_with, ReadWords(message.stops_with(), place, "stops_with"));
  RETURN_IF_ERROR(ReadList(message.pauses(), place, "pauses", &clock.pauses, ReadPause));
  ASSIGN_OR_RETURN(clock.parameter, ReadString(message.parameter(), place.In("parameter")));
  ASSIGN_OR_RETURN(clock.responsible, ReadString(message.responsible(), place.In("responsible")));
  return clock;
}

absl::StatusOr<procedures::Tally> ReadTally(const pb::ProcedureTally& message, const Place& place) {
  procedures::Tally tally;
  ASSIGN_OR_RETURN(tally.id, ReadFilled(message.id(), place.In("id")));
  ASSIGN_OR_RETURN(tally.title, ReadBoth(message.title(), place.In("title")));
  ASSIGN_OR_RETURN(tally.procedure, ReadFilled(message.procedure(), place.In("procedure")));
  ASSIGN_OR_RETURN(tally.field, ReadFilled(message.field(), place.In("field")));
  ASSIGN_OR_RETURN(tally.states, ReadWords(message.states(), place, "states"));
  return tally;
}

absl::StatusOr<procedures::Procedure> ReadProcedure(const pb::Procedure& message, const Place& place) {
  procedures::Procedure procedure;
  ASSIGN_OR_RETURN(procedure.id, ReadFilled(message.id(), place.In("id")));
  procedure.version = message.version();
  ASSIGN_OR_RETURN(procedure.title, ReadBoth(message.title(), place.In("title")));
  RETURN_IF_ERROR(ReadList(message.citations(), place, "citations", &procedure.citations, ReadCitation));
  RETURN_IF_ERROR(ReadList(message.subjects(), place, "subjects", &procedure.subjects, ReadSubject));
  RETURN_IF_ERROR(ReadList(message.opening(), place, "opening", &procedure.opening, ReadField));
  RETURN_IF_ERROR(ReadList(message.openers(), place, "openers", &procedure.openers, ReadActor));
  RETURN_IF_ERROR(ReadList(message.states(), place, "states", &procedure.states, ReadState));
  RETURN_IF_ERROR(ReadList(message.transitions(), place, "transitions", &procedure.transitions, ReadTransition));
  RETURN_IF_ERROR(ReadList(message.clocks(), place, "clocks", &procedure.clocks, ReadClock));
  RETURN_IF_ERROR(ReadList(message.parameters(), place, "parameters", &procedure.parameters, ReadParameter));
  ASSIGN_OR_RETURN(procedure.place, ReadString(message.place(), place.In("place")));
  RETURN_IF_ERROR(ReadList(message.tallies(), place, "tallies", &procedure.tallies, ReadTally));
  return procedure;
}

}  // namespace

absl::StatusOr<std::vector<procedures::Procedure>> ReadProcedures(const pb::Catalogue& catalogue) {
  std::vector<procedures::Procedure> procedures;
  for (int i = 0; i < catalogue.procedures_size(); ++i) {
    const Place place("procedures", i);
    ASSIGN_OR_RETURN(procedures::Procedure procedure, ReadProcedure(catalogue.procedures(i), place));
    procedures.push_back(std::move(procedure));
  }
  return procedures;
}

}  // namespace jiceng::wire
