#include "procedures/matter.h"

#include <algorithm>

#include "base/status.h"
#include "base/strings.h"

namespace jiceng::procedures {
namespace {

using base::Calendar;
using base::Date;

template <typename V>
auto LowerBound(V& values, std::string_view field) {
  return std::lower_bound(values.begin(), values.end(), field,
                          [](const auto& value, std::string_view f) { return value.first < f; });
}

bool Has(const std::vector<int>& steps, int step) { return std::find(steps.begin(), steps.end(), step) != steps.end(); }

// How much of a pause a clock would have counted.  The day a clock begins on does not count anyway (Art. 201), nor does
// the last day of the pause count as one.
absl::StatusOr<int64_t> Paused(const Clock& clock, Moment begun, Moment from, Moment to, const Calendar& calendar) {
  if (clock.unit == LimitUnit::kHours) return to.Minutes() - from.Minutes();
  const Date first = std::max(from.day, begun.day.AddDays(1));
  if (to.day <= first) return 0;
  if (clock.unit == LimitUnit::kWorkingDays) return calendar.CountWorkingDays(first, to.day);
  return int64_t{to.day.days()} - first.days();
}

// When a clock of that length that began at `begun` and stood still for `extra` is over.
absl::StatusOr<Moment> DueOf(const Clock& clock, int32_t amount, Moment begun, int64_t extra,
                             const Calendar& calendar) {
  const LastDayOff last = clock.rolls_over ? LastDayOff::kRollsOver : LastDayOff::kStays;
  if (clock.unit == LimitUnit::kHours) {
    ASSIGN_OR_RETURN(const Limit hours, Limit::Create(amount, clock.unit));
    const int64_t from = begun.Minutes() + extra;
    return Due(hours, {Date::FromDays(static_cast<int32_t>(from / 1440)), static_cast<int32_t>(from % 1440)}, calendar,
               last);
  }
  if (clock.unit == LimitUnit::kDays && amount + extra == 0) {  // the day itself
    if (!clock.rolls_over) return Moment{begun.day, kEndOfDay};
    Date day = begun.day;
    for (;; day = day.AddDays(1)) {
      ASSIGN_OR_RETURN(const bool working, calendar.IsWorkingDay(day));
      if (working) return Moment{day, kEndOfDay};
    }
  }
  if (clock.unit == LimitUnit::kDays || clock.unit == LimitUnit::kWorkingDays) {
    ASSIGN_OR_RETURN(const Limit limit,
                     Limit::Create(static_cast<int32_t>(std::min<int64_t>(amount + extra, 1 << 20)), clock.unit));
    return Due(limit, begun, calendar, last);
  }
  ASSIGN_OR_RETURN(const Limit limit, Limit::Create(amount, clock.unit));
  ASSIGN_OR_RETURN(Moment due, Due(limit, begun, calendar, extra == 0 ? last : LastDayOff::kStays));
  if (extra == 0) return due;
  ASSIGN_OR_RETURN(const Limit more,
                   Limit::Create(static_cast<int32_t>(std::min<int64_t>(extra, 1 << 20)), LimitUnit::kDays));
  return Due(more, {due.day, 0}, calendar, last);
}

}  // namespace

const Value* Find(const Values& values, std::string_view field) {
  const auto it = LowerBound(values, field);
  return it != values.end() && it->first == field ? &it->second : nullptr;
}

void Put(std::string field, Value value, Values* values) {
  const auto it = LowerBound(*values, field);
  if (it != values->end() && it->first == field) {
    it->second = std::move(value);
  } else {
    values->insert(it, {std::move(field), std::move(value)});
  }
}

std::optional<int64_t> FigureOf(const Procedure& procedure, const Step& step, std::string_view parameter) {
  for (const Figure& figure : step.figures) {
    if (figure.parameter == parameter) return figure.value;
  }
  const rules::Parameter* declared = procedure.FindParameter(parameter);
  return declared == nullptr ? std::nullopt : declared->default_value;
}

bool Counts(const Tally& tally, const Procedure& procedure, const Reference& reference) {
  if (procedure.id != tally.procedure || procedure.matter_fields[static_cast<size_t>(reference.field)] != tally.field)
    return false;
  const std::string& state = procedure.states[static_cast<size_t>(reference.state)].id;
  return tally.states.empty() || std::find(tally.states.begin(), tally.states.end(), state) != tally.states.end();
}

View View::Open(const Procedure& procedure, std::vector<model::NodeNumber> subjects, const Step& opening,
                const Calendar& calendar) {
  View view;
  view.procedure_ = &procedure;
  view.opened_ = view.entered_ = view.last_ = opening.at;
  view.subjects_ = std::move(subjects);
  view.times_.resize(procedure.transitions.size());
  view.last_times_.resize(procedure.transitions.size(), kNever);
  view.runs_.resize(procedure.clocks.size());
  view.Tell(opening.evidence);
  view.Refer(opening.at);
  for (size_t c = 0; c < procedure.clocks.size(); ++c) {
    if (procedure.clocks[c].begins_on_opening) view.Begin(c, opening, calendar);
  }
  return view;
}

void View::Tell(const Values& values) {
  for (const auto& [field, value] : values) {
    Put(field, value, &values_);
    if (value.type != FieldType::kCount) continue;
    const Value* before = Find(sums_, field);
    Value sum = value;
    if (before != nullptr) sum.number += before->number;
    Put(field, std::move(sum), &sums_);
  }
}

void View::Refer(Moment at) {
  for (size_t f = 0; f < procedure_->matter_fields.size(); ++f) {
    const Value* told = over() ? nullptr : Find(values_, procedure_->matter_fields[f]);
    const auto is_open = [&](const Reference& one) { return one.field == static_cast<int>(f) && one.until == kNever; };
    const auto open = std::find_if(references_.begin(), references_.end(), is_open);
    if (open != references_.end()) {
      if (told != nullptr && int64_t{open->to} == told->number && open->state == state_) continue;
      if (open->since == at) {  // of a minute the last step speaks
        references_.erase(open);
      } else {
        open->until = at;
      }
    }
    if (told != nullptr)
      references_.push_back({static_cast<int>(f), static_cast<uint32_t>(told->number), state_, at, kNever});
  }
}

void View::AddStretch(size_t clock, Moment begun, Moment at, const Calendar& calendar) {
  const Clock& c = procedure_->clocks[clock];
  Run& run = runs_[clock];
  Stretch stretch;
  stretch.clock = static_cast<int>(clock);
  stretch.begun = begun;
  stretch.since = at;
  stretch.until = stretch.due = kNever;
  if (!c.until_field.empty()) {
    const Value* day = Find(values_, c.until_field);
    stretch.why = day == nullptr ? Stretch::kNoDay : Stretch::kRuns;
    if (day != nullptr)
      stretch.due = {Date::FromDays(static_cast<int32_t>(day->number)).AddDays(-run.amount), kEndOfDay};
  } else if (c.PausedIn(state_) != nullptr) {
    stretch.why = Stretch::kPaused;
    stretch.paused_in = state_;
    run.paused = at;
  } else {
    const absl::StatusOr<Moment> due = DueOf(c, run.amount, begun, run.extra, calendar);
    if (due.ok()) {
      stretch.due = *due;
    } else {
      stretch.why = Stretch::kNoSchedule;
    }
  }
  run.stretch = static_cast<int>(stretches_.size());
  stretches_.push_back(stretch);
}

void View::Begin(size_t clock, const Step& step, const Calendar& calendar) {
  const Clock& c = procedure_->clocks[clock];
  Stop(clock, step.at);
  runs_[clock].amount = c.amount;
  if (!c.parameter.empty()) {
    const std::optional<int64_t> length = FigureOf(*procedure_, step, c.parameter);
    if (!length.has_value() || (*length == 0 && c.unit != LimitUnit::kDays)) return;
    runs_[clock].amount = static_cast<int32_t>(*length);  // packs are held to kMostUnits
  }
  AddStretch(clock, step.at, step.at, calendar);
}

void View::Stop(size_t clock, Moment at) {
  Run& run = runs_[clock];
  if (run.stretch >= 0) stretches_[static_cast<size_t>(run.stretch)].until = at;
  run = Run();
}

void View::Follow(size_t clock, Moment at, const Calendar& calendar) {
  const Clock& c = procedure_->clocks[clock];
  Run& run = runs_[clock];
  if (run.stretch < 0) return;
  Stretch& stretch = stretches_[static_cast<size_t>(run.stretch)];
  const Moment begun = stretch.begun;
  if (!c.until_field.empty()) {
    const Value* day = Find(values_, c.until_field);
    if (day == nullptr ||
        (stretch.why == Stretch::kRuns && stretch.due.day.days() + int64_t{run.amount} == day->number)) {
      return;
    }
  } else {
    const bool pauses = c.PausedIn(state_) != nullptr, paused = run.paused != kNever;
    if (pauses == paused) return;
    if (paused) {
      const absl::StatusOr<int64_t> extra = Paused(c, begun, run.paused, at, calendar);
      run.paused = kNever;
      if (!extra.ok()) {  // nobody can say how long it stood still
        stretch.until = at;
        run.stretch = static_cast<int>(stretches_.size());
        stretches_.push_back({static_cast<int>(clock), Stretch::kNoSchedule, begun, at, kNever, kNever, -1});
        return;
      }
      run.extra += *extra;
    }
  }
  stretch.until = at;
  AddStretch(clock, begun, at, calendar);
}

void View::Take(int transition, const Step& step, const Calendar& calendar) {
  const Transition& t = procedure_->transitions[static_cast<size_t>(transition)];
  ++times_[static_cast<size_t>(transition)];
  last_times_[static_cast<size_t>(transition)] = last_ = step.at;
  Tell(step.evidence);
  for (const Binding& binding : t.bindings) {
    const Value* node = Find(step.evidence, binding.field);
    if (node == nullptr) continue;
    const auto now = model::NodeNumber::FromInt64(node->number);
    model::NodeNumber& player = subjects_[static_cast<size_t>(binding.part)];
    if (player != now) former_.push_back({binding.part, player, step.at});
    player = now;
  }
  if (t.to_state >= 0 && t.to_state != state_) {
    state_ = t.to_state;
    entered_ = step.at;
  }
  Refer(step.at);
  for (size_t c = 0; c < procedure_->clocks.size(); ++c) {
    const Clock& clock = procedure_->clocks[c];
    if (over() || Has(clock.stoppers, transition)) Stop(c, step.at);
    if (!over() && Has(clock.beginners, transition)) {
      Begin(c, step, calendar);
    } else {
      Follow(c, step.at, calendar);
    }
  }
}

absl::StatusOr<View> Replay(const Procedure& procedure, const Matter& matter, Moment until, const Calendar& calendar) {
  const auto bad = [&](std::string_view what) {
    return base::Error(absl::StatusCode::kDataLoss, "BAD_MATTER", base::StrCat("matter ", matter.id, ": ", what));
  };
  if (matter.steps.empty() || matter.subjects.size() != procedure.subjects.size()) return bad("it was never opened");
  if (until < matter.steps[0].at) {
    return base::Error(absl::StatusCode::kNotFound, "NOT_OPEN_YET",
                       base::StrCat("matter ", matter.id, " was opened later, at ", MomentText(matter.steps[0].at)));
  }
  View view = View::Open(procedure, matter.subjects, matter.steps[0], calendar);
  for (size_t i = 1; i < matter.steps.size() && matter.steps[i].at <= until; ++i) {
    const Step& step = matter.steps[i];
    const int transition = procedure.FindTransition(step.transition);
    if (transition < 0 || step.at < view.last() || view.over() ||
        !procedure.transitions[static_cast<size_t>(transition)].LeadsFrom(view.state())) {
      return bad(base::StrCat("step ", i, " is none that its template allows"));
    }
    view.Take(transition, step, calendar);
  }
  return view;
}

}  // namespace jiceng::procedures
