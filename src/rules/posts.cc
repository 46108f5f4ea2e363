#include "rules/posts.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>

#include "rules/day.h"
#include "rules/open_ties.h"
#include "rules/scope.h"
#include "rules/text_order.h"

namespace jiceng::rules {

using model::NodeKind;
using model::NodeNumber;

const char* PostStateName(PostState state) {
  constexpr const char* kNames[] = {"", "vacant", "own", "also", "several"};
  return kNames[static_cast<int>(state)];
}

std::vector<Post> Posts(const graph::Snapshot& snapshot, Root root, PostClass post_class, model::RoleNumber role,
                        base::Date date) {
  const Day day(snapshot, date);
  const NodeKind kind = post_class.level != model::Level::kNone ? NodeKind::kUnit : NodeKind::kOrganization;
  const auto fits = [&](NodeNumber node) {
    return kind == NodeKind::kUnit ? day.Level(node.ordinal()) == post_class.level
                                   : day.OrgKind(node) == post_class.org_kind;
  };
  // Who has been in which post since when: by post, and by person.
  struct Holding {
    base::Date since;
    NodeNumber person, node;
  };
  std::map<NodeNumber, std::vector<Holding>> by_node, by_person;
  OpenTies(snapshot, model::TieKind::kAppointment, date).ForEach([&](const OpenTie& tie) {
    if (tie.role != role || tie.to.kind() != kind || !snapshot.In(tie.to) || !fits(tie.to)) return;
    const Holding holding{tie.since, tie.from, tie.to};
    by_node[tie.to].push_back(holding);
    by_person[tie.from].push_back(holding);
  });
  // The first of some holdings, one a node or person: `which` is the one that differs between them.
  const auto first_of = [&](const std::vector<Holding>& some, NodeNumber Holding::*which) {
    const auto before = [&](const Holding& a, const Holding& b) {
      return a.since != b.since ? a.since < b.since : snapshot.Text(a.*which) < snapshot.Text(b.*which);
    };
    return (*std::min_element(some.begin(), some.end(), before)).*which;
  };
  const auto count_of = [&](const std::vector<Holding>& some, NodeNumber Holding::*which) {
    std::vector<NodeNumber> nodes;
    nodes.reserve(some.size());
    for (const Holding& holding : some) nodes.push_back(holding.*which);
    std::sort(nodes.begin(), nodes.end());
    return static_cast<int32_t>(std::unique(nodes.begin(), nodes.end()) - nodes.begin());
  };

  Scope scope(day, root);
  std::vector<NodeNumber> nodes;
  scope.ForEach(kind, [&](uint32_t ordinal) {
    const NodeNumber node(kind, ordinal);
    if (snapshot.Exists(node, date) && fits(node)) nodes.push_back(node);
  });
  std::vector<Post> posts;
  posts.reserve(nodes.size());
  for (const uint32_t i : TextOrder(snapshot, nodes)) {
    Post post;
    post.node = nodes[i];
    const auto held = by_node.find(post.node);
    if (held != by_node.end()) {
      post.holders = count_of(held->second, &Holding::person);
      post.holder = first_of(held->second, &Holding::person);
      const std::vector<Holding>& all = by_person[post.holder];
      post.held = count_of(all, &Holding::node);
      post.first = first_of(all, &Holding::node);
      post.state = post.holders > 1          ? PostState::kSeveral
                   : post.first == post.node ? PostState::kOwn
                                             : PostState::kAlso;
    }
    posts.push_back(post);
  }
  return posts;
}

}  // namespace jiceng::rules
