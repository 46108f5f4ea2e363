// Where organisations are seated on one day, in the order of the territory: what is seated at or below a unit is a range.
#ifndef JICENG_GRAPH_SEATING_H_
#define JICENG_GRAPH_SEATING_H_

#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "base/date.h"
#include "graph/territory.h"

namespace jiceng::graph {

class Base;
class MemberRuns;
class Snapshot;

// Built in one pass, O(organisations + seats + units); immutable.  It is the same on all days until an organisation, its
// kind, a seat or the territory turns.  Bodies are organisations by ordinal.
class Seating {
 public:
  // `territory` is that of the day.
  Seating(const Snapshot& snapshot, std::shared_ptr<const Territory> territory, base::Date day);

  base::Validity days() const { return days_; }  // those it is good for
  const Territory& territory() const { return *territory_; }

  // A place is one body's seat on one unit.  The places of a unit follow each other, ascending by body; units come in the
  // order of the territory, and those that do not exist on the day behind all others.
  using Range = std::pair<uint32_t, uint32_t>;  // [first, last) of places
  // What is seated at or below a unit; on it alone, when it does not exist.
  Range Below(uint32_t unit) const;
  absl::Span<const uint32_t> bodies() const { return bodies_; }  // by place
  std::vector<uint32_t> Units() const;                           // by place
  // Units in that order have slots from 0; one that is gone and has no seats the slot behind the last.
  uint32_t SlotOf(uint32_t unit) const;
  uint32_t slots() const { return static_cast<uint32_t>(first_of_.size() - 1); }
  Range InSlot(uint32_t slot) const { return {first_of_[slot], first_of_[slot + 1]}; }
  // Whether none of the places is one of several of its body.
  bool EachOnce(Range places) const;

  // Places by what their bodies are: of each kind those that exist on the day, and those that do not.
  struct Group {
    int32_t kind = 0;
    bool exists = false;
    uint32_t first = 0, last = 0;
  };
  const std::vector<Group>& groups() const { return groups_; }
  // The group's places in the range, ascending.
  absl::Span<const uint32_t> PlacesOf(const Group& group, Range places) const;
  // The bodies of some places, each once: those with one seat in the order of their places, then the others.  Appended.
  void AppendBodies(absl::Span<const uint32_t> places, std::vector<uint32_t>* bodies) const;
  void AppendBodies(Range places, std::vector<uint32_t>* bodies) const;
  // How many bodies that is.
  uint32_t CountBodies(absl::Span<const uint32_t> places) const;

  // Where the members of those in some groups lie in a base, which must be that of the snapshot.  What was asked for last
  // is kept; any thread.
  std::shared_ptr<const MemberRuns> MembersIn(const Base& base, const std::vector<bool>& is_asked) const;

 private:
  template <typename PlaceAt>
  void Append(uint32_t count, PlaceAt place_at, std::vector<uint32_t>* bodies) const;
  void FindGroups(const Snapshot& snapshot, base::Date day);

  std::shared_ptr<const Territory> territory_;
  base::Validity days_;
  std::vector<uint32_t> gone_;      // units with seats that do not exist, ascending
  std::vector<uint32_t> first_of_;  // by slot, and the end
  std::vector<uint32_t> bodies_;
  std::vector<uint32_t> several_;  // places of bodies with more than one, ascending
  std::vector<Group> groups_;
  std::vector<uint32_t> by_group_;  // places
  mutable std::mutex mutex_;
  mutable std::shared_ptr<const MemberRuns> members_;  // under mutex_
};

}  // namespace jiceng::graph

#endif  // JICENG_GRAPH_SEATING_H_
