// Posts, filled and vacant: of every node of a class who holds a role there.
#ifndef JICENG_RULES_POSTS_H_
#define JICENG_RULES_POSTS_H_

#include <cstdint>
#include <vector>

#include "graph/snapshot.h"
#include "model/catalogue.h"
#include "rules/lists.h"

namespace jiceng::rules {

enum class PostState : uint8_t {
  kVacant = 1,   // nobody holds it
  kOwn = 2,      // its holder holds no other post of the class, or this one was the first
  kAlso = 3,     // its holder has held another one for longer
  kSeveral = 4,  // several people hold it at once
};
const char* PostStateName(PostState state);  // "vacant", "own", "also", "several"

struct Post {
  model::NodeNumber node;
  PostState state = PostState::kVacant;
  int32_t holders = 0;
  model::NodeNumber holder;  // of several the one in it for longest, of one day the bytewise first
  int32_t held = 0;          // how many nodes of the class this person holds the role in
  model::NodeNumber first;   // of these the one held for longest, of one day the bytewise first
};

// One row for every node of the class that exists on the day at or below the root, ordered bytewise.  What else a holder
// holds is looked for in the whole store, so that a post does not look different from below another root.  With h people
// each in at least one of n posts and never two in one, exactly n − h rows are vacant or `also`.
std::vector<Post> Posts(const graph::Snapshot& snapshot, Root root, PostClass post_class, model::RoleNumber role,
                        base::Date date);

}  // namespace jiceng::rules

#endif  // JICENG_RULES_POSTS_H_
