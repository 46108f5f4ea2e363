// What the words of a template say while a step is judged: of the matter, with what the step tells, of the matters it names and
// of the organisation on that day.
#ifndef JICENG_PROCEDURES_READING_H_
#define JICENG_PROCEDURES_READING_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "procedures/matter.h"

namespace jiceng::procedures {

// One step, or an opening.  All that it is made of must outlive it.
class Reading {
 public:
  // `view` is null for an opening.
  Reading(const Procedure& procedure, const Step& step, std::vector<model::NodeNumber> subjects, const View* view,
          const Surroundings& surroundings);

  const std::vector<model::NodeNumber>& subjects() const { return subjects_; }
  bool Told(const std::string& field) const { return Find(values_, field) != nullptr; }

  // A field or a tally; with `ever` all that was told of a count.  None: nobody told it.
  std::optional<Value> ValueOf(std::string_view word, bool ever = false);
  // 0 where it was not told.
  int64_t NumberOf(std::string_view word, bool ever = false);
  // The node of a part or field, or who takes the step.
  model::NodeNumber NodeOf(std::string_view word);
  // A choice, a flag, a fact or where another matter stands, in the word of the template; none: not told, not known.
  std::optional<std::string> ChoiceOf(std::string_view word);
  // What a refusal calls it, "" where there is nothing to call.
  Text TextOf(std::string_view word);

 private:
  const View* MatterOf(std::string_view field);  // null where none was told or it cannot be read
  const Value* OwnValue(std::string_view field, bool ever) const;
  std::optional<Value> TallyOf(const Procedure& procedure, uint32_t matter, std::string_view word) const;
  std::optional<std::string> FactOf(model::NodeNumber node, std::string_view fact) const;

  const Procedure& p_;
  const Step& step_;
  std::vector<model::NodeNumber> subjects_;
  Values values_, sums_;  // with what the step tells
  const Surroundings& s_;
  std::map<uint32_t, std::optional<View>> others_;  // as they stood at the moment of the step
};

}  // namespace jiceng::procedures

#endif  // JICENG_PROCEDURES_READING_H_
