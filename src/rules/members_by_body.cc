#include "rules/members_by_body.h"

#include <algorithm>
#include <iterator>

#include "base/sorted.h"

namespace jiceng::rules {

using graph::MemberColumns;
using model::NodeKind;
using model::NodeNumber;
using model::TieKind;

MembersByBody::MembersByBody(const graph::Snapshot& snapshot, base::Date date)
    : snapshot_(snapshot), columns_(snapshot.base()), date_(date) {
  if (snapshot.delta() != nullptr) changes_ += snapshot.delta()->nodes.size();
  if (const graph::DeltaTies* changed = snapshot.Changed(TieKind::kAffiliation)) changes_ += changed->by_from.size();
}

const MemberColumns::Open& MembersByBody::Block(uint32_t block) {
  if (block != block_) {  // bodies next to each other share one
    open_ = columns_.At(block, date_);
    block_ = block;
  }
  return open_;
}

void MembersByBody::Add(uint32_t first, uint32_t last, MemberSum* sum, std::vector<uint32_t>* asked) {
  constexpr uint32_t kPlaces = MemberColumns::kPlaces;
  while (first < last) {
    const uint32_t block = first / kPlaces, begin = block * kPlaces, end = std::min(last - begin, kPlaces);
    const uint64_t wanted = ~uint64_t{0} << (first - begin) & ~uint64_t{0} >> (kPlaces - end);
    const MemberColumns::Open& open = Block(block);
    sum->full += graph::CountBits(open.full & wanted);
    sum->probationary += graph::CountBits(open.probationary & wanted);
    for (uint64_t bits = open.asked & wanted; bits != 0; bits &= bits - 1)
      asked->push_back(begin + static_cast<uint32_t>(__builtin_ctzll(bits)));
    first = begin + end;
  }
}

std::vector<NodeNumber> MembersByBody::PeopleAt(std::vector<uint32_t> places, const std::vector<NodeNumber>& changed) {
  // One column after the other: loads that do not wait for each other overlap.
  for (uint32_t& place : places) place = columns_.TieAt(place);
  std::vector<NodeNumber> people;
  people.reserve(places.size());
  for (const uint32_t tie : places) {
    const NodeNumber person = NodeNumber::FromBits(tie < columns_.size() ? columns_.ties().from[tie] : 0);
    if (person.kind() == NodeKind::kPerson && snapshot_.In(person)) people.push_back(person);
  }
  base::SortUnique(&people);
  if (changed.empty()) return people;
  std::vector<NodeNumber> others;
  std::set_difference(people.begin(), people.end(), changed.begin(), changed.end(), std::back_inserter(others));
  return others;
}

std::vector<NodeNumber> MembersByBody::Changed() const {
  std::vector<NodeNumber> people;
  if (changes_ == 0) return people;
  people.reserve(changes_);
  snapshot_.delta()->nodes.ForEach([&](NodeNumber node, const auto&) {
    if (node.kind() == NodeKind::kPerson) people.push_back(node);
  });
  if (const graph::DeltaTies* changed = snapshot_.Changed(TieKind::kAffiliation))
    changed->by_from.ForEach([&](const model::TieKey& key, const model::Tie&) { people.push_back(key.from); });
  base::SortUnique(&people);
  return people;
}

void MembersByBody::ForEachCounted(NodeNumber person, absl::FunctionRef<void(NodeNumber, bool)> visit) {
  const graph::TieColumns& ties = columns_.ties();
  const auto [first, last] = ties.Range(ties.forward[static_cast<int>(NodeKind::kPerson)], person.ordinal());
  for (uint32_t i = first; i < last; ++i) {
    const NodeNumber body = NodeNumber::FromBits(ties.to[i]);
    const auto [begin, end] = columns_.PlacesOf(body.ordinal());
    for (uint32_t place = begin; place < end; ++place) {
      if (columns_.TieAt(place) != i) continue;
      const MemberColumns::Open open = columns_.At(place / MemberColumns::kPlaces, date_);
      const uint64_t bit = uint64_t{1} << place % MemberColumns::kPlaces;
      if (((open.full | open.probationary) & bit) != 0) visit(body, (open.full & bit) != 0);
    }
  }
}

}  // namespace jiceng::rules
