// The rows of the log about matters (事项): runs of a procedure.
#ifndef JICENG_MODEL_STEP_ROW_H_
#define JICENG_MODEL_STEP_ROW_H_

#include <cstdint>
#include <string>
#include <tuple>
#include <utility>

#include "base/date.h"
#include "model/node.h"

namespace jiceng::model {

// A step of a matter, the first of which is its opening.  Key: matter and number.
struct StepRow {
  uint32_t matter = 0;  // its number in the store, from 1, never given twice
  int32_t number = 0;   // of the step in its matter; 0: the opening
  NodeNumber about;     // the node the matter is found by; what is told is erased with it
  base::Date day;       // when the step was taken, finite
  int32_t minute = 0;   // of the day, 0..1439
  NodeNumber actor;     // who took it; none: nobody named
  std::string word;     // of the opening the template and its edition, else the step's name in the template
  std::string content;  // what was told, as bytes that are opaque to whoever keeps them
  bool withdrawn = false;

  using Key = std::pair<uint32_t, int32_t>;
  Key key() const { return {matter, number}; }
  friend bool operator==(const StepRow& a, const StepRow& b) {
    return std::tie(a.matter, a.number, a.about, a.day, a.minute, a.actor, a.word, a.content, a.withdrawn) ==
           std::tie(b.matter, b.number, b.about, b.day, b.minute, b.actor, b.word, b.content, b.withdrawn);
  }
};

}  // namespace jiceng::model

#endif  // JICENG_MODEL_STEP_ROW_H_
