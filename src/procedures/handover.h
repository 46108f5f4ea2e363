// Hand-downs (层层转派): a part of a matter that whoever plays it passes on to somebody else.
#ifndef JICENG_PROCEDURES_HANDOVER_H_
#define JICENG_PROCEDURES_HANDOVER_H_

#include <string>
#include <vector>

#include "procedures/matter.h"

namespace jiceng::procedures {

struct Handover {
  int step = 0;   // of the matter
  int part = -1;  // of the template
  int depth = 1;  // how many times the part has been passed on since somebody else gave it out
  Moment at;
  model::NodeNumber from, to;
  std::vector<std::string> withheld;  // flags told as false with it: 权随责走, 费随事转
  bool only_relayed = false;          // `from` had told of nothing since the part came to it
};

// Those up to a moment, in order.  A step hands a part over when it gives the part to a node told with it, while another
// node plays it, and whoever plays it may take the step.  What is told in other steps that the part may take is work;
// one that tells nothing (签收) is not.  The steps are taken as the template allows them; see Replay().
std::vector<Handover> HandoversOf(const Procedure& procedure, const Matter& matter, Moment until);

}  // namespace jiceng::procedures

#endif  // JICENG_PROCEDURES_HANDOVER_H_
