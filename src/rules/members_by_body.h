// Members counted by body, most of them without a look at the people.
#ifndef JICENG_RULES_MEMBERS_BY_BODY_H_
#define JICENG_RULES_MEMBERS_BY_BODY_H_

#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "graph/member_columns.h"
#include "graph/snapshot.h"
#include "model/node.h"

namespace jiceng::rules {

struct MemberSum {
  int64_t full = 0, probationary = 0;
};

// Counts open formal affiliations of a day as the base's MemberColumns tell them.  Who cannot be counted so is named and
// to be counted one by one: people who have to be asked, and those of whom a commit since the base has changed a fact or
// an affiliation.  The latter may have been counted already: ForEachCounted() says where, to take it out.
// Lives no longer than the snapshot.  One thread at a time.
class MembersByBody {
 public:
  MembersByBody(const graph::Snapshot& snapshot, base::Date date);

  const graph::MemberColumns& columns() const { return columns_; }
  // Whether counting so many affiliations in this way takes less time than looking at each.
  bool Pays(uint64_t affiliations) const { return changes_ * 16 <= affiliations; }

  // Adds the affiliations at some places; those whose people have to be asked are appended.
  void Add(uint32_t first, uint32_t last, MemberSum* sum, std::vector<uint32_t>* asked);
  // The people at such places, ascending, each once, without those of Changed().
  std::vector<model::NodeNumber> PeopleAt(std::vector<uint32_t> places, const std::vector<model::NodeNumber>& changed);
  // People with changes since the base, ascending.
  std::vector<model::NodeNumber> Changed() const;
  // Calls visit(body, is_full) for each affiliation of a person that Add() counts, or would.
  void ForEachCounted(model::NodeNumber person, absl::FunctionRef<void(model::NodeNumber, bool)> visit);

 private:
  const graph::MemberColumns::Open& Block(uint32_t block);

  const graph::Snapshot& snapshot_;
  const graph::MemberColumns columns_;
  const base::Date date_;
  uint64_t changes_ = 0;  // no fewer people than these have changed
  uint32_t block_ = UINT32_MAX;
  graph::MemberColumns::Open open_;  // of block_
};

}  // namespace jiceng::rules

#endif  // JICENG_RULES_MEMBERS_BY_BODY_H_
