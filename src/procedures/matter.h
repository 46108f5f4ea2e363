// Matters (事项): dated runs of a procedure.  Pure functions of the template, the steps and the calendar.
#ifndef JICENG_PROCEDURES_MATTER_H_
#define JICENG_PROCEDURES_MATTER_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "base/calendar.h"
#include "graph/snapshot.h"
#include "model/catalogue.h"
#include "procedures/clock.h"
#include "procedures/procedure.h"

namespace jiceng::procedures {

// Later than every step.
inline constexpr Moment kNever{base::Date::Forever(), 0};

// What was told in a field.
struct Value {
  FieldType type = FieldType::kUnspecified;
  int64_t number = 0;  // of a count; of a date its days; of a node or matter its number; of a flag 0 or 1
  std::string text;    // of a choice or a text

  friend bool operator==(const Value& a, const Value& b) {
    return a.type == b.type && a.number == b.number && a.text == b.text;
  }
};
using Values = std::vector<std::pair<std::string, Value>>;  // by field, in their order
const Value* Find(const Values& values, std::string_view field);
void Put(std::string field, Value value, Values* values);

// What a policy pack made of a parameter of the template.
struct Figure {
  std::string parameter;
  int64_t value = 0;

  friend bool operator==(const Figure& a, const Figure& b) { return a.parameter == b.parameter && a.value == b.value; }
};

// One step as it was taken; the first of a matter is its opening, which has no transition.
struct Step {
  Moment at;
  std::string transition;
  model::NodeNumber actor;  // none: nobody named
  Values evidence;
  std::vector<Figure> figures =
      {};  // where the matter's place lay on that day; kept with the step, as what was told is
};

// What held of a parameter when the step was taken: what a pack said, else the template's default; none: no figure.
std::optional<int64_t> FigureOf(const Procedure& procedure, const Step& step, std::string_view parameter);

// A stretch of time in which a clock's end did not change.  What runs is over at `due`; it is late from then on until the
// stretch ends.
struct Stretch {
  enum Why : uint8_t {
    kRuns,
    kPaused,      // due is kNever, likewise below
    kNoSchedule,  // the calendar does not reach that far
    kNoDay,       // the day it depends on has not been told
  };
  int clock = 0;
  Why why = kRuns;
  Moment begun;        // when the clock began
  Moment since;        // when the stretch did
  Moment until;        // kNever while it lasts
  Moment due;          // the end of the period
  int paused_in = -1;  // the state

  // Whether the period was over at a moment and still ran.
  bool Late(Moment at) const { return since <= at && at < until && due < at; }
};

// A stretch of time in which a matter stood in a state and had last told another in a field.
struct Reference {
  int field = 0;    // of the template's matter_fields
  uint32_t to = 0;  // the other matter
  int state = 0;
  Moment since;
  Moment until;  // kNever while it lasts

  bool Holds(Moment at) const { return since <= at && at < until; }
};

// Whether a reference of a matter of that template is one that the tally counts, whenever it holds.
bool Counts(const Tally& tally, const Procedure& procedure, const Reference& reference);

// Somebody who played a part for a while; no node: nobody did.
struct Played {
  int part = 0;
  model::NodeNumber node;
  Moment until;
};

// A matter at a moment.  A value; what it says follows from the template, the calendar and the steps.
class View {
 public:
  // Of a matter opened by that step.  `procedure` must outlive the view.
  static View Open(const Procedure& procedure, std::vector<model::NodeNumber> subjects, const Step& opening,
                   const base::Calendar& calendar);
  // Takes a step that was allowed.
  void Take(int transition, const Step& step, const base::Calendar& calendar);

  const Procedure& procedure() const { return *procedure_; }
  int state() const { return state_; }
  Moment entered() const { return entered_; }  // the state
  Moment last() const { return last_; }        // step
  bool over() const { return procedure_->states[static_cast<size_t>(state_)].final; }
  const std::vector<model::NodeNumber>& subjects() const { return subjects_; }  // parallel to the template's
  const std::vector<Played>& former() const { return former_; }  // who played parts that others have since
  const Values& values() const { return values_; }               // the last told of each field
  const Values& sums() const { return sums_; }                   // of counts: all that was told
  int times(int transition) const { return times_[static_cast<size_t>(transition)]; }
  // When a step was last taken; kNever: never.
  Moment last_time(int transition) const { return last_times_[static_cast<size_t>(transition)]; }
  Moment opened() const { return opened_; }
  const std::vector<Stretch>& stretches() const {
    return stretches_;
  }  // of all clocks, in the order of their beginnings
  const std::vector<Reference>& references() const { return references_; }  // to other matters, likewise

 private:
  struct Run {
    int stretch = -1;        // of stretches_; -1: it does not run
    int32_t amount = 0;      // how long it is
    int64_t extra = 0;       // minutes, days or working days of pauses that are over
    Moment paused = kNever;  // since when; kNever: it is not
  };

  void Tell(const Values& values);
  void Refer(Moment at);
  void Begin(size_t clock, const Step& step, const base::Calendar& calendar);
  void Stop(size_t clock, Moment at);
  void Follow(size_t clock, Moment at, const base::Calendar& calendar);  // pauses, and days told anew
  void AddStretch(size_t clock, Moment begun, Moment at, const base::Calendar& calendar);

  const Procedure* procedure_ = nullptr;
  int state_ = 0;
  Moment opened_, entered_, last_;
  std::vector<model::NodeNumber> subjects_;
  std::vector<Played> former_;
  Values values_, sums_;
  std::vector<int> times_;
  std::vector<Moment> last_times_;
  std::vector<Run> runs_;
  std::vector<Stretch> stretches_;
  std::vector<Reference> references_;
};

// A matter as it is kept.
struct Matter {
  std::string id;
  std::vector<model::NodeNumber> subjects;  // as it was opened, parallel to the template's; none: not given
  std::vector<Step> steps;                  // the first is the opening
};

// The matter as it stood at a moment, the steps of that minute taken.
// Errors: NOT_FOUND, reason NOT_OPEN_YET; DATA_LOSS, reason BAD_MATTER, for steps the template does not allow.
absl::StatusOr<View> Replay(const Procedure& procedure, const Matter& matter, Moment until,
                            const base::Calendar& calendar);

// Why a step may not be taken.
struct Refusal {
  std::string
      code;  // MATTER_OVER, BEFORE_LAST_STEP, UNKNOWN_STEP, WRONG_STATE, WRONG_SUBJECT, MISSING_FIELD, BAD_FIELD,
             // WRONG_ACTOR, GUARD
  std::string place;  // the guard, field or part it is about, or ""
  Text text;
};

// A tie that a step begins or ends.
struct TieChange {
  model::Tie tie;
  bool withdraw = false;  // it would end on the day it began
};

// What steps have begun and ended that the snapshot does not have yet; a later word on the same tie wins.
class TieChanges {
 public:
  void Put(const TieChange& change);
  // Of the ties of a kind that leave a node; in no order that means something.
  absl::Span<const TieChange> From(model::TieKind kind, model::NodeNumber from) const;

 private:
  std::map<std::pair<model::TieKind, model::NodeNumber>, std::vector<TieChange>> changes_;
};

// The other matters there are, those included that are kept together with the step being judged.
class OtherMatters {
 public:
  virtual ~OtherMatters() = default;
  // By its id; none where there is none of that id.
  virtual std::optional<uint32_t> Find(std::string_view id) const = 0;
  virtual std::string IdOf(uint32_t matter) const = 0;
  // As it stood at a moment; none where it was not open by then, or cannot be read (any more).
  virtual std::optional<View> At(uint32_t matter, Moment at) const = 0;
  // A tally of a matter at a moment; `except` does not count, 0 for none.
  virtual int64_t Count(const Tally& tally, uint32_t matter, Moment at, uint32_t except) const = 0;
};

// What is to be judged by: the organisation, and the words for what is in it.
struct Surroundings {
  const graph::Snapshot& graph;
  const model::Catalogue& catalogue;
  const base::Calendar& calendar;
  const TieChanges* pending = nullptr;    // by steps that are kept together with this one; null: none
  const OtherMatters* matters = nullptr;  // null: there are none
  uint32_t matter = 0;                    // the number of the one whose step is judged; 0: it has none yet
};

// Why the step may not be taken, in order; empty when it may.
std::vector<Refusal> JudgeStep(const View& view, const Step& step, const Surroundings& surroundings);
std::vector<Refusal> JudgeOpening(const Procedure& procedure, const std::vector<model::NodeNumber>& subjects,
                                  const Step& opening, const Surroundings& surroundings);
// What a step that may be taken changes in the organisation.
std::vector<TieChange> EffectsOf(const View& view, const Step& step, const Surroundings& surroundings);

// What was told of a field as text, as hosts write and read it: 20, 2026-03-01, not_prepared, org:17, true, and the id of a
// matter.
absl::StatusOr<Value> ParseValue(const Field& field, std::string_view text, const graph::Snapshot& graph,
                                 const OtherMatters* matters = nullptr);
// Of a matter that is gone, or only about to come, "".
std::string ValueText(const Value& value, const graph::Snapshot& graph);

// The bytes in which a step is kept.  Nodes are numbers, so a host id is in no row.
std::string EncodeOpening(const Procedure& procedure, const Matter& matter);
std::string EncodeFigures(const std::vector<Figure>& figures);  // before the evidence
std::string EncodeEvidence(const Values& evidence);
// Errors: DATA_LOSS, reason BAD_MATTER, for bytes that were never written.
absl::StatusOr<Matter> DecodeOpening(const Procedure& procedure, std::string_view content);
absl::StatusOr<std::vector<Figure>> DecodeFigures(std::string_view* content);  // takes them off
absl::StatusOr<Values> DecodeEvidence(std::string_view content);
// Of a row, an opening (0) or a step, what was told alone.
absl::StatusOr<Values> DecodeEvidenceOf(int32_t number, std::string_view content);
// The id alone.
std::string_view OpeningId(std::string_view content);

// A template and its edition as an opening names them, `report.member/1`.
std::string EditionName(const Procedure& procedure);
const Procedure* FindEdition(const ProcedureSet& set, std::string_view name);

// "2026-03-01 09:30"; the end of a day is 24:00.
std::string MomentText(Moment moment);
// A day, its beginning, or a day and a minute with a space or a T between.  Errors: INVALID_ARGUMENT, reason BAD_MOMENT.
absl::StatusOr<Moment> ParseMoment(std::string_view text);

}  // namespace jiceng::procedures

#endif  // JICENG_PROCEDURES_MATTER_H_
