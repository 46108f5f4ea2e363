#include "rules/seats.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "base/sorted.h"

namespace jiceng::rules {
namespace {

using graph::Snapshot;
using graph::Touched;
using model::NodeKind;
using model::NodeNumber;
using model::Tie;
using model::TieKind;

using Seat = std::tuple<NodeNumber, model::RoleNumber, NodeNumber, uint8_t>;  // body, role, person, manner

// The seats held on the day, ascending, each once: those at or of the nodes, or all.
std::vector<Seat> SeatsOn(const Snapshot& snapshot, base::Date date, const std::set<NodeNumber>* of) {
  std::vector<Seat> seats;
  const auto take = [&](const Tie& tie) {
    if (tie.valid.Holds(date)) seats.emplace_back(tie.to, tie.role, tie.from, tie.manner);
  };
  if (of == nullptr) {
    snapshot.ForEachTie(TieKind::kAppointment, take);
  } else {
    for (const NodeNumber node : *of) {
      if (!snapshot.In(node)) continue;
      if (node.kind() == NodeKind::kPerson) {
        snapshot.ForEachFrom(TieKind::kAppointment, node, take);
      } else {
        snapshot.ForEachTo(TieKind::kAppointment, node, take);
      }
    }
  }
  base::SortUnique(&seats);
  return seats;
}

int32_t PostsOf(const Snapshot& snapshot, NodeNumber person, base::Date date) {
  int32_t posts = 0;
  if (!snapshot.In(person)) return posts;
  snapshot.ForEachFrom(TieKind::kAppointment, person, [&](const Tie& tie) { posts += tie.valid.Holds(date) ? 1 : 0; });
  return posts;
}

int32_t HoldersOf(const Snapshot& snapshot, NodeNumber body, model::RoleNumber role, base::Date date) {
  std::set<NodeNumber> holders;
  if (!snapshot.In(body)) return 0;
  snapshot.ForEachTo(TieKind::kAppointment, body, [&](const Tie& tie) {
    if (tie.role == role && tie.valid.Holds(date)) holders.insert(tie.from);
  });
  return static_cast<int32_t>(holders.size());
}

}  // namespace

const char* SeatChangeName(SeatChangeKind kind) {
  constexpr const char* kNames[] = {"", "begins", "ends", "vacant", "filled"};
  return kNames[static_cast<int>(kind)];
}

std::vector<SeatChange> SeatChanges(const Snapshot& before, const Snapshot& after, base::Date date) {
  const bool near = after.SharesBase(before) && after.touches() >= before.touches();
  std::set<NodeNumber> touched;
  if (near) {
    after.ForEachTouched(before.touches(), [&](const Touched& one) {
      if (one.what == Touched::kTie && one.which == static_cast<uint8_t>(TieKind::kAppointment))
        touched.insert(one.node);
      return true;
    });
  }
  const std::vector<Seat> then = SeatsOn(before, date, near ? &touched : nullptr),
                          now = SeatsOn(after, date, near ? &touched : nullptr);
  std::vector<Seat> ended, begun;
  std::set_difference(then.begin(), then.end(), now.begin(), now.end(), std::back_inserter(ended));
  std::set_difference(now.begin(), now.end(), then.begin(), then.end(), std::back_inserter(begun));

  std::vector<SeatChange> changes;
  std::set<std::pair<NodeNumber, model::RoleNumber>> posts;
  const auto add = [&](const std::vector<Seat>& seats, SeatChangeKind kind) {
    for (const auto& [body, role, person, manner] : seats) {
      changes.push_back(
          {kind, body, role, person, manner, PostsOf(before, person, date), PostsOf(after, person, date)});
      posts.emplace(body, role);
    }
  };
  add(ended, SeatChangeKind::kEnds);
  add(begun, SeatChangeKind::kBegins);
  for (const auto& [body, role] : posts) {
    const int32_t had = HoldersOf(before, body, role, date), has = HoldersOf(after, body, role, date);
    if ((had == 0) == (has == 0)) continue;
    changes.push_back(
        {has == 0 ? SeatChangeKind::kVacant : SeatChangeKind::kFilled, body, role, NodeNumber(), 0, had, has});
  }
  const auto text = [&](NodeNumber node) { return node && after.In(node) ? after.Text(node) : std::string(); };
  std::sort(changes.begin(), changes.end(), [&](const SeatChange& a, const SeatChange& b) {
    if (a.body != b.body) return text(a.body) < text(b.body);
    if (a.role != b.role || a.kind != b.kind) return std::tie(a.role, a.kind) < std::tie(b.role, b.kind);
    return text(a.person) < text(b.person);
  });
  return changes;
}

}  // namespace jiceng::rules
