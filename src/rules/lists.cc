#include "rules/lists.h"

#include <algorithm>
#include <utility>

#include "base/sorted.h"
#include "rules/day.h"
#include "rules/open_ties.h"
#include "rules/scope.h"
#include "rules/text_order.h"

namespace jiceng::rules {
namespace {

using model::NodeKind;
using model::NodeNumber;
using model::TieKind;

NodeNumber Person(uint32_t ordinal) { return NodeNumber(NodeKind::kPerson, ordinal); }
NodeNumber Unit(uint32_t ordinal) { return NodeNumber(NodeKind::kUnit, ordinal); }
NodeNumber Org(uint32_t ordinal) { return NodeNumber(NodeKind::kOrganization, ordinal); }

// Puts rows in the bytewise order of their persons, then in the order `before` says.
template <typename Row, typename Before>
std::vector<Row> SortByPerson(const graph::Snapshot& snapshot, std::vector<Row> rows, Before before) {
  std::vector<NodeNumber> people;
  people.reserve(rows.size());
  for (const Row& row : rows) people.push_back(row.person);
  std::vector<Row> sorted;
  sorted.reserve(rows.size());
  for (const uint32_t i : TextOrder(snapshot, people)) sorted.push_back(std::move(rows[i]));
  for (auto first = sorted.begin(); first != sorted.end();) {
    const auto last = std::find_if(first, sorted.end(), [&](const Row& row) { return row.person != first->person; });
    std::sort(first, last, before);
    first = last;
  }
  return sorted;
}

// People who hold an open appointment to one of the bodies and may hold another, each once, ascending.
std::vector<uint32_t> PeopleInPosts(const Day& day, const std::vector<uint32_t>& orgs) {
  std::vector<uint32_t> people;
  const OpenTies posts(day.snapshot(), TieKind::kAppointment, day.date());
  for (const uint32_t org : orgs)
    posts.ForEachTo(Org(org), [&](const OpenTie& post) {
      if (posts.MayHaveSeveral(post.from)) people.push_back(post.from.ordinal());
    });
  base::SortUnique(&people);
  return people;
}

// The communities seen at or below the root, each with the kinds of the bodies one person has posts in.
class PostsOfPerson {
 public:
  PostsOfPerson(const Day& day, const model::Catalogue& catalogue, const Scope& scope)
      : day_(day),
        catalogue_(catalogue),
        scope_(scope),
        posts_(day.snapshot(), TieKind::kAppointment, day.date()),
        seats_(day.snapshot(), TieKind::kSeat, day.date()) {}

  void AppendTo(std::vector<CrossAppointment>* rows, uint32_t person) {
    bodies_.clear();
    posts_.ForEachFrom(Person(person), [&](const OpenTie& tie) {
      if (tie.to.kind() == NodeKind::kOrganization) bodies_.push_back(tie.to);
    });
    if (bodies_.size() < 2) return;
    base::SortUnique(&bodies_);
    if (bodies_.size() < 2) return;
    pairs_.clear();
    for (const NodeNumber body : bodies_) {
      const int32_t kind = day_.OrgKind(body);
      seats_.ForEachFrom(body, [&](const OpenTie& seat) {
        const uint32_t community = day_.Community(seat.to.ordinal());
        if (community != kNone && scope_.HasUnit(community)) pairs_.emplace_back(community, kind);
      });
    }
    base::SortUnique(&pairs_);
    for (size_t first = 0, last = 0; first < pairs_.size(); first = last) {
      last = first;
      while (last < pairs_.size() && pairs_[last].first == pairs_[first].first) ++last;
      if (last - first < 2) continue;
      CrossAppointment row{Person(person), Unit(pairs_[first].first), {}};
      for (size_t i = first; i < last; ++i) row.kinds.push_back(pairs_[i].second);
      std::sort(row.kinds.begin(), row.kinds.end(), [&](int32_t a, int32_t b) { return KindId(a) < KindId(b); });
      rows->push_back(std::move(row));
    }
  }

 private:
  std::pair<std::string_view, int32_t> KindId(int32_t number) const {
    const model::OrgKind* kind = catalogue_.FindOrgKind(number);
    return {kind == nullptr ? std::string_view() : std::string_view(kind->id), number};
  }

  const Day& day_;
  const model::Catalogue& catalogue_;
  const Scope& scope_;
  const OpenTies posts_, seats_;
  std::vector<NodeNumber> bodies_;
  std::vector<std::pair<uint32_t, int32_t>> pairs_;  // community, kind
};

}  // namespace

std::vector<NodeNumber> Unreported(const graph::Snapshot& snapshot, Root root, base::Date date) {
  std::vector<NodeNumber> found;
  if (root.has_value() && root->kind() != NodeKind::kUnit) return found;  // no residence lies below a body or a person
  Day day(snapshot, date);
  Scope scope(day, root);
  // Whether to go by the people or by the units below the root depends on how many units that are.
  const bool wide = scope.whole() || scope.Wide(NodeKind::kUnit);
  if (wide) day.LoadPeople();
  const OpenTies residences(snapshot, TieKind::kResidence, date), reports(snapshot, TieKind::kReport, date);
  const auto consider = [&](const OpenTie& home) {
    const uint32_t person = home.from.ordinal();
    if (home.from.kind() != NodeKind::kPerson || !day.InService(person) || !day.IsMember(person)) return;
    const uint32_t community = day.Community(home.to.ordinal());
    bool reported = false;
    if (community != kNone) {
      reports.ForEachFrom(home.from, [&](const OpenTie& tie) { reported = reported || tie.to == Unit(community); });
    }
    if (!reported) found.push_back(home.from);
  };
  if (wide) {
    residences.ForEach([&](const OpenTie& home) {
      if (scope.HasUnit(home.to.ordinal())) consider(home);
    });
  } else {
    for (const uint32_t unit : scope.Nodes(NodeKind::kUnit)) residences.ForEachTo(Unit(unit), consider);
  }
  base::SortUnique(&found);
  std::vector<NodeNumber> sorted;
  sorted.reserve(found.size());
  for (const uint32_t i : TextOrder(snapshot, found)) sorted.push_back(found[i]);
  return sorted;
}

std::vector<CrossAppointment> CrossAppointments(const graph::Snapshot& snapshot, const model::Catalogue& catalogue,
                                                Root root, base::Date date) {
  std::vector<CrossAppointment> rows;
  if (root.has_value() && root->kind() != NodeKind::kUnit) return rows;  // communities lie below units only
  const Day day(snapshot, date);
  Scope scope(day, root);
  PostsOfPerson posts(day, catalogue, scope);
  if (scope.whole() || scope.Wide(NodeKind::kUnit)) {
    for (uint32_t p = 0; p < snapshot.Count(NodeKind::kPerson); ++p) posts.AppendTo(&rows, p);
  } else {
    // A community at or below the root has all it holds below the root, so the bodies seated below the root are enough.
    for (const uint32_t p : PeopleInPosts(day, scope.Nodes(NodeKind::kOrganization))) posts.AppendTo(&rows, p);
  }
  return SortByPerson(snapshot, std::move(rows), [&](const CrossAppointment& a, const CrossAppointment& b) {
    return TextBefore(snapshot, a.community, b.community);
  });
}

std::vector<Officer> Officers(const graph::Snapshot& snapshot, Root root, model::RoleNumber role, base::Date date,
                              std::optional<PostClass> where) {
  std::vector<Officer> rows;
  const Day day(snapshot, date);
  Scope scope(day, root);
  const OpenTies posts(snapshot, TieKind::kAppointment, date);
  const auto is_asked = [&](model::RoleNumber of_post) { return of_post == role; };
  const auto add = [&](const OpenTie& tie) { rows.push_back({tie.from, tie.to, tie.role, tie.manner, tie.since}); };
  const bool of_units = where.has_value() && where->level != model::Level::kNone;
  if (scope.whole()) {
    const auto fits = [&](NodeNumber body) {
      if (!where.has_value()) return true;
      if ((body.kind() == NodeKind::kUnit) != of_units || !snapshot.In(body)) return false;
      return of_units ? day.Level(body.ordinal()) == where->level : day.OrgKind(body) == where->org_kind;
    };
    posts.ForEach([&](const OpenTie& tie) {
      if (is_asked(tie.role) && fits(tie.to)) add(tie);
    });
  } else {
    if (!where.has_value() || of_units) {
      for (const uint32_t unit : scope.Nodes(NodeKind::kUnit)) {
        if (!of_units || day.Level(unit) == where->level) posts.ForEachTo(Unit(unit), is_asked, add);
      }
    }
    if (!of_units) {
      const std::vector<uint32_t>& bodies =
          where.has_value() ? scope.Organizations(where->org_kind) : scope.Nodes(NodeKind::kOrganization);
      for (const uint32_t body : bodies) posts.ForEachTo(Org(body), is_asked, add);
    }
  }
  return SortByPerson(snapshot, std::move(rows), [&](const Officer& a, const Officer& b) {
    return a.body != b.body ? TextBefore(snapshot, a.body, b.body) : a.from < b.from;
  });
}

}  // namespace jiceng::rules
