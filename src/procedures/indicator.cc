#include "procedures/indicator.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/status.h"
#include "base/strings.h"
#include "rules/day.h"
#include "rules/party_line.h"
#include "rules/tree_count.h"

namespace jiceng::procedures {
namespace {

using base::Date;
using base::StrCat;

absl::Status Bad(const std::string& place, std::string_view message) {
  return base::Error(absl::StatusCode::kInvalidArgument, "BAD_INDICATOR", StrCat(place, ": ", message), place);
}

template <typename Record>
int IndexOf(const std::vector<Record>& records, std::string_view id) {
  for (size_t i = 0; i < records.size(); ++i) {
    if (records[i].id == id) return static_cast<int>(i);
  }
  return -1;
}

// The numbers of an indicator's words in one edition of its template.
struct Bound {
  struct Test {
    std::vector<bool> states, taken;  // empty: not asked
    int due = -1, in_time = -1;
  };
  int part = -1, line_part = -1;
  std::vector<Test> among, counted;
  std::vector<bool> steps;  // empty: matters are counted
};

class Binder {
 public:
  Binder(const Procedure& procedure, std::string place) : p_(procedure), place_(std::move(place)) {}

  absl::StatusOr<Bound> Run(const MatterIndicator& indicator) const {
    Bound bound;
    bound.part = p_.FindSubject(indicator.part);
    if (bound.part < 0 || p_.subjects[static_cast<size_t>(bound.part)].kind != model::NodeKind::kUnit)
      return Bad(place_ + ".part", StrCat("'", indicator.part, "' is no part that a unit plays"));
    bound.line_part = indicator.line_part.empty() ? bound.part : p_.FindSubject(indicator.line_part);
    if (bound.line_part < 0)
      return Bad(place_ + ".line_part", StrCat("'", p_.id, "' has no part '", indicator.line_part, "'"));
    RETURN_IF_ERROR(Tests(indicator.among, place_ + ".among", &bound.among));
    RETURN_IF_ERROR(Tests(indicator.counted, place_ + ".counted", &bound.counted));
    RETURN_IF_ERROR(Words(indicator.steps, p_.transitions, place_ + ".steps", &bound.steps));
    if (!indicator.steps.empty() && indicator.IsRatio()) return Bad(place_ + ".steps", "a ratio is of matters");
    if (indicator.field.empty()) return bound;
    if (indicator.steps.empty()) return Bad(place_ + ".steps", "a field is told at a step");
    for (size_t t = 0; t < p_.transitions.size(); ++t) {
      if (!bound.steps[t]) continue;
      const std::vector<Field>& told = p_.transitions[t].evidence;
      const int field = IndexOf(told, indicator.field);
      if (field < 0 || told[static_cast<size_t>(field)].type != FieldType::kCount)
        return Bad(place_ + ".field",
                   StrCat("'", indicator.field, "' is no count told at '", p_.transitions[t].id, "'"));
    }
    return bound;
  }

 private:
  template <typename Record>
  absl::Status Words(const std::vector<std::string>& words, const std::vector<Record>& known, const std::string& place,
                     std::vector<bool>* to) const {
    if (!words.empty()) to->assign(known.size(), false);
    for (size_t i = 0; i < words.size(); ++i) {
      const int index = IndexOf(known, words[i]);
      if (index < 0) return Bad(StrCat(place, "[", i, "]"), StrCat("'", p_.id, "' has no '", words[i], "'"));
      (*to)[static_cast<size_t>(index)] = true;
    }
    return absl::OkStatus();
  }

  absl::Status FindClock(const std::string& word, const std::string& place, int* clock) const {
    if (word.empty()) return absl::OkStatus();
    *clock = IndexOf(p_.clocks, word);
    return *clock >= 0 ? absl::OkStatus() : Bad(place, StrCat("'", p_.id, "' has no clock '", word, "'"));
  }

  absl::Status Tests(const std::vector<MatterTest>& tests, const std::string& parent,
                     std::vector<Bound::Test>* to) const {
    for (size_t i = 0; i < tests.size(); ++i) {
      const std::string place = StrCat(parent, "[", i, "]");
      Bound::Test test;
      RETURN_IF_ERROR(Words(tests[i].states, p_.states, place + ".states", &test.states));
      RETURN_IF_ERROR(Words(tests[i].taken, p_.transitions, place + ".taken", &test.taken));
      RETURN_IF_ERROR(FindClock(tests[i].due, place + ".due", &test.due));
      RETURN_IF_ERROR(FindClock(tests[i].in_time, place + ".in_time", &test.in_time));
      to->push_back(std::move(test));
    }
    return absl::OkStatus();
  }

  const Procedure& p_;
  const std::string place_;
};

// A matter when a day was over.
class Standing {
 public:
  Standing(const graph::Snapshot& graph, uint32_t matter, const Docket::Line& line, const Bound& bound,
           const std::string& field, Date day)
      : line_(line), p_(*line.procedure), end_{day, kEndOfDay}, taken_(p_.transitions.size(), false) {
    graph.ForEachStepOf(matter, [&](const model::StepRow& row) {
      if (row.number == 0 || day < row.day) return;
      const int transition = p_.FindTransition(row.word);
      if (transition < 0) return;
      const auto t = static_cast<size_t>(transition);
      taken_[t] = true;
      taken_at_.emplace_back(Moment{row.day, row.minute}, transition);
      if (p_.transitions[t].to_state >= 0) state_ = p_.transitions[t].to_state;
      if (bound.steps.empty() || !bound.steps[t]) return;
      sum_ += field.empty() ? 1 : NumberTold(row.content, field);
    });
  }

  int64_t sum() const { return sum_; }
  bool PassesAny(const std::vector<Bound::Test>& tests) const {
    return tests.empty() || std::any_of(tests.begin(), tests.end(), [&](const Bound::Test& t) { return Passes(t); });
  }

 private:
  static int64_t NumberTold(std::string_view content, const std::string& field) {
    const absl::StatusOr<Values> told = DecodeEvidence(content);
    const Value* value = told.ok() ? Find(*told, field) : nullptr;
    return value == nullptr ? 0 : value->number;
  }

  bool Passes(const Bound::Test& test) const {
    if (!test.states.empty() && !test.states[static_cast<size_t>(state_)]) return false;
    if (!test.taken.empty()) {
      bool any = false;
      for (size_t t = 0; t < taken_.size(); ++t) any = any || (taken_[t] && test.taken[t]);
      if (!any) return false;
    }
    return (test.due < 0 || IsDue(test.due)) && (test.in_time < 0 || !WasLate(test.in_time));
  }

  // A step at 00:00 of the next day belongs to that day.
  bool Came(Moment moment) const { return moment.day <= end_.day; }

  bool IsDue(int clock) const {
    const Stretch* last = nullptr;
    for (const Stretch& stretch : *line_.stretches) {
      if (stretch.clock == clock && Came(stretch.since)) last = &stretch;
    }
    if (last == nullptr || !(last->due <= end_)) return false;
    if (!Came(last->until) || last->due < last->until) return true;
    const std::vector<int>& stoppers = p_.clocks[static_cast<size_t>(clock)].stoppers;
    return std::any_of(taken_at_.begin(), taken_at_.end(), [&](const auto& step) {
      return step.first == last->until && std::find(stoppers.begin(), stoppers.end(), step.second) != stoppers.end();
    });
  }

  bool WasLate(int clock) const {
    return std::any_of(line_.stretches->begin(), line_.stretches->end(), [&](const Stretch& stretch) {
      return stretch.clock == clock && Came(stretch.since) &&
             stretch.due < (Came(stretch.until) ? stretch.until : end_);
    });
  }

  const Docket::Line& line_;
  const Procedure& p_;
  const Moment end_;
  int state_ = 0;
  std::vector<bool> taken_;
  std::vector<std::pair<Moment, int>> taken_at_;
  int64_t sum_ = 0;
};

}  // namespace

absl::StatusOr<IndicatorSet> IndicatorSet::Create(std::vector<MatterIndicator> indicators,
                                                  const ProcedureSet& procedures) {
  std::set<std::string_view> ids;
  for (size_t i = 0; i < indicators.size(); ++i) {
    const MatterIndicator& indicator = indicators[i];
    const std::string place = StrCat("matter_indicators[", i, "]");
    if (indicator.id.empty() || rules::FindIndicator(indicator.id) != nullptr || !ids.insert(indicator.id).second)
      return Bad(place + ".id", StrCat("'", indicator.id, "' is empty or taken"));
    if (procedures.Find(indicator.procedure) == nullptr)
      return Bad(place + ".procedure", StrCat("there is no procedure '", indicator.procedure, "'"));
    if (indicator.IsRatio() == indicator.denominator.en.empty())
      return Bad(place + ".denominator", "a ratio says of what it is one, and nothing else does");
    for (const Procedure& procedure : procedures.procedures()) {
      if (procedure.id == indicator.procedure) RETURN_IF_ERROR(Binder(procedure, place).Run(indicator).status());
    }
  }
  IndicatorSet set;
  set.indicators_ = std::make_shared<const std::vector<MatterIndicator>>(std::move(indicators));
  return set;
}

const std::vector<MatterIndicator>& IndicatorSet::indicators() const {
  static const std::vector<MatterIndicator>* const kNone = new std::vector<MatterIndicator>();
  return indicators_ == nullptr ? *kNone : *indicators_;
}

const MatterIndicator* IndicatorSet::Find(std::string_view id) const {
  const int index = IndexOf(indicators(), id);
  return index < 0 ? nullptr : &indicators()[static_cast<size_t>(index)];
}

namespace {

// Calls visit(place, counted) for every matter of the denominator: who plays the part, and what the matter adds to the
// numerator.
template <typename Visit>  // void(model::NodeNumber, int64_t)
void ForEachMeasured(const rules::Day& day, const Docket& docket, const MatterIndicator& indicator, int Bound::*part,
                     Visit visit) {
  const Date date = day.date();
  std::map<const Procedure*, Bound> editions;
  docket.ForEach([&](uint32_t matter, const Docket::Line& line) {
    if (line.procedure->id != indicator.procedure || date < line.opened.day) return;
    auto edition = editions.find(line.procedure);
    if (edition == editions.end()) {
      absl::StatusOr<Bound> bound = Binder(*line.procedure, "").Run(indicator);
      if (!bound.ok()) return;  // it was checked when it was loaded
      edition = editions.emplace(line.procedure, *std::move(bound)).first;
    }
    const Bound& bound = edition->second;
    const model::NodeNumber place = Docket::PlayerOf(line, bound.*part, date);
    if (!place) return;
    const Standing standing(day.snapshot(), matter, line, bound, indicator.field, date);
    if (!standing.PassesAny(bound.among)) return;
    const int64_t adds = bound.steps.empty() ? 1 : standing.sum();
    visit(place, standing.PassesAny(bound.counted) ? adds : 0);
  });
}

// A plain count stands among itself.
template <typename Count>
rules::NodeCounts Finish(const MatterIndicator& indicator, Count* counted, Count* among) {
  std::vector<int64_t> numbers = counted->Finish();
  std::vector<int64_t> all = indicator.IsRatio() ? among->Finish() : numbers;
  return {std::move(numbers), std::move(all)};
}

// Over each of the territories, in one pass over the matters.
std::vector<rules::NodeCounts> CountOver(const rules::Day& day, absl::Span<const graph::Territory* const> territories,
                                         const Docket& docket, const MatterIndicator& indicator) {
  std::vector<rules::TreeCount> counted, among;
  for (const graph::Territory* territory : territories) {
    counted.emplace_back(*territory);
    among.emplace_back(*territory);
  }
  ForEachMeasured(day, docket, indicator, &Bound::part, [&](model::NodeNumber place, int64_t adds) {
    if (place.kind() != model::NodeKind::kUnit) return;
    for (rules::TreeCount& count : among) count.AddTo(place.ordinal(), 1);
    for (rules::TreeCount& count : counted) count.AddTo(place.ordinal(), adds);
  });
  std::vector<rules::NodeCounts> counts;
  for (size_t i = 0; i < territories.size(); ++i) counts.push_back(Finish(indicator, &counted[i], &among[i]));
  return counts;
}

}  // namespace

std::vector<rules::RollupRow> Rollup(const graph::Snapshot& snapshot, const Docket& docket,
                                     const MatterIndicator& indicator, Date date, std::optional<model::Level> level) {
  const rules::Day day(snapshot, date);
  const graph::Territory* const only[] = {&day.territory()};
  return rules::RowsOf(day, CountOver(day, only, docket, indicator)[0], indicator.IsRatio(), level);
}

std::vector<rules::RollupRow> RollupOnLine(const graph::Snapshot& snapshot, const model::Catalogue& catalogue,
                                           const Docket& docket, const MatterIndicator& indicator, Date date) {
  const rules::Day day(snapshot, date);
  const rules::PartyLine line(day, catalogue);
  rules::LineCount counted(line), among(line);
  std::vector<uint32_t> orgs;
  ForEachMeasured(day, docket, indicator, &Bound::line_part, [&](model::NodeNumber player, int64_t adds) {
    orgs.clear();
    line.AppendOf(player, &orgs);
    among.Add(orgs);
    counted.Add(orgs, adds);
  });
  return rules::RowsOf(snapshot, model::NodeKind::kOrganization, Finish(indicator, &counted, &among),
                       indicator.IsRatio());
}

std::vector<rules::RollupAcrossRow> RollupAcross(const graph::Snapshot& snapshot, const Docket& docket,
                                                 const MatterIndicator& indicator, Date date, Date territory_of,
                                                 std::optional<model::Level> level) {
  const rules::Day day(snapshot, date);
  const std::shared_ptr<const graph::Territory> is = snapshot.TerritoryOn(territory_of);
  const graph::Territory* const both[] = {&day.territory(), is.get()};
  const std::vector<rules::NodeCounts> counts = CountOver(day, both, docket, indicator);
  return rules::RowsAcross(day, *is, counts[0], counts[1], indicator.IsRatio(), level);
}

}  // namespace jiceng::procedures
