#include "rules/people_counts.h"

#include <algorithm>
#include <utility>

#include "base/sorted.h"
#include "graph/seating.h"
#include "rules/members_by_body.h"
#include "rules/open_ties.h"
#include "rules/tree_count.h"

namespace jiceng::rules {
namespace {

using model::NodeKind;
using model::NodeNumber;
using model::TieKind;

// What bodies of a kind are for these counts.
enum BodyBits : uint8_t { kParty = 1, kBranch = 2 };

uint8_t BodyOf(const model::Catalogue& catalogue, int32_t kind) {
  const model::OrgKind* record = catalogue.FindOrgKind(kind);
  if (record == nullptr) return 0;
  return static_cast<uint8_t>((catalogue.IsParty(kind) ? kParty : 0) | (record->branch ? kBranch : 0));
}

// Who counts by affiliation: of which status, in which bodies.
struct AffiliationCount {
  PeopleCount count;
  model::PartyStatus status;
  uint8_t body;
};
constexpr AffiliationCount kByAffiliation[] = {
    {PeopleCount::kFullMembers, model::PartyStatus::kFull, kParty},
    {PeopleCount::kFullOfBranches, model::PartyStatus::kFull, kBranch},
    {PeopleCount::kProbationaryOfBranches, model::PartyStatus::kProbationary, kBranch},
};

constexpr uint8_t kByResidence = Asks(PeopleCount::kInServiceResidents) | Asks(PeopleCount::kReportedResidents);

// People met more than once in a pass over ties.
class Repeated {
 public:
  // Of ties in the order of their people those of one person follow each other, and the last one met is all to remember.
  Repeated(const graph::Snapshot& snapshot, bool in_order)
      : in_order_(in_order), met_(in_order ? 0 : snapshot.Count(NodeKind::kPerson), 0) {}

  // `counts` says whether this tie matters.
  void Meet(NodeNumber person, bool counts) {
    bool before = person == last_;
    if (!in_order_) {
      uint8_t& met = met_[person.ordinal()];
      before = met != 0;
      met = static_cast<uint8_t>(met | static_cast<uint8_t>(counts));
    }
    if (All(counts, before)) people_.push_back(person);
    last_ = counts ? person : last_;
  }
  // Each once.
  std::vector<NodeNumber> Take() {
    base::SortUnique(&people_);
    return std::move(people_);
  }

 private:
  const bool in_order_;
  NodeNumber last_;
  std::vector<uint8_t> met_;
  std::vector<NodeNumber> people_;
};

// People counted by body, each in one; those who may count in several, or not as they were counted, are named instead.
struct InBodies {
  explicit InBodies(size_t bodies) : full(bodies, 0), probationary(bodies, 0) {}
  std::vector<int64_t> full, probationary;  // by body
  std::vector<NodeNumber> again;            // to be counted one by one, each once
};

// By what the base knows of the members of each body.
InBodies CountByBody(const Day& day, MembersByBody* members) {
  const graph::Snapshot& snapshot = day.snapshot();
  InBodies in(snapshot.Count(NodeKind::kOrganization));
  std::vector<uint32_t> asked;
  for (uint32_t body = 0; body < in.full.size(); ++body) {
    const auto [first, last] = members->columns().PlacesOf(body);
    MemberSum sum;
    members->Add(first, last, &sum, &asked);
    in.full[body] = sum.full;
    in.probationary[body] = sum.probationary;
  }
  in.again = members->Changed();
  for (const NodeNumber person : in.again) {
    members->ForEachCounted(person, [&](NodeNumber body, bool is_full) {
      if (body.ordinal() < in.full.size()) --(is_full ? in.full : in.probationary)[body.ordinal()];
    });
  }
  // Who is in one body only on the day is like others.
  const std::vector<NodeNumber> once = members->PeopleAt(std::move(asked), in.again);
  const OpenTies affiliations(snapshot, TieKind::kAffiliation, day.date());
  for (const NodeNumber person : once) {
    int bodies = 0;
    uint32_t body = 0;
    affiliations.ForEachFrom(person, [&](const OpenTie& tie) {
      if (!model::IsFormal(tie)) return;
      ++bodies;
      body = tie.to.ordinal();
    });
    if (bodies != 1 || body >= in.full.size()) {
      in.again.push_back(person);
    } else if (day.IsMember(person.ordinal())) {
      ++(day.IsFull(person.ordinal()) ? in.full : in.probationary)[body];
    }
  }
  return in;
}

// By a look at every affiliation, where much has changed since the base.  Most people are in one body, so all are counted
// by body first, in one pass without a branch; those in several are taken out again.
[[gnu::flatten]] InBodies CountByPerson(const Day& day) {
  const graph::Snapshot& snapshot = day.snapshot();
  const OpenTies affiliations(snapshot, TieKind::kAffiliation, day.date());
  InBodies in(snapshot.Count(NodeKind::kOrganization));
  // Full members in the lower half, probationary ones in the upper: people of one body follow each other, and one word
  // is added to sooner than two.
  std::vector<uint64_t> in_bodies(in.full.size(), 0);
  Repeated repeated(snapshot, affiliations.sorted());
  affiliations.Scan([&repeated, people = day.people(), in = in_bodies.data(), bodies = in_bodies.size()](
                        const TieEnds& tie, bool holds) {
    if (!people.Has(tie.from) || tie.to.ordinal() >= bodies) return;
    const bool formal = All(holds, model::IsFormal(tie));
    const bool is_full = All(formal, people.IsFull(tie.from.ordinal()));
    const bool is_member = All(formal, people.IsMember(tie.from.ordinal()));
    in[tie.to.ordinal()] += uint64_t{is_full} | uint64_t{is_member != is_full} << 32;
    repeated.Meet(tie.from, is_member);
  });
  for (size_t body = 0; body < in_bodies.size(); ++body) {
    in.full[body] = static_cast<uint32_t>(in_bodies[body]);
    in.probationary[body] = static_cast<int64_t>(in_bodies[body] >> 32);
  }
  in.again = repeated.Take();
  for (const NodeNumber person : in.again) {
    std::vector<int64_t>& in_body = day.IsFull(person.ordinal()) ? in.full : in.probationary;
    affiliations.ForEachFrom(person, [&](const OpenTie& tie) {
      if (model::IsFormal(tie) && tie.to.ordinal() < in_body.size()) --in_body[tie.to.ordinal()];
    });
  }
  return in;
}

void CountByAffiliation(Day* day, const graph::Territory& by, const model::Catalogue& catalogue, uint8_t asked,
                        CountsAtUnits* counts) {
  const graph::Snapshot& snapshot = day->snapshot();
  MembersByBody members(snapshot, day->date());
  const bool by_body = members.Pays(members.columns().size());
  if (!by_body) day->LoadPeople();
  const InBodies in = by_body ? CountByBody(*day, &members) : CountByPerson(*day);

  const std::shared_ptr<const graph::Seating> seating = snapshot.SeatingOn(day->date());
  const OpenTies seats(snapshot, TieKind::kSeat, day->date());
  const std::vector<uint32_t> unit_of = seating->Units();
  const graph::Seating::Range everywhere(0, static_cast<uint32_t>(unit_of.size()));
  const bool each_once = seating->EachOnce(everywhere);
  std::vector<uint32_t> units, several;  // several: bodies with more than one seat
  for (const AffiliationCount& wanted : kByAffiliation) {
    if ((asked & Asks(wanted.count)) == 0) continue;
    TreeCount tree(by);
    for (const NodeNumber person : in.again) {
      units.clear();
      AppendUnitsOf(*day, catalogue, wanted.count, person, &units);
      if (!units.empty()) tree.Add(&units);
    }
    const std::vector<int64_t>& in_body = wanted.status == model::PartyStatus::kFull ? in.full : in.probationary;
    several.clear();
    for (const graph::Seating::Group& group : seating->groups()) {
      if ((BodyOf(catalogue, group.kind) & wanted.body) == 0) continue;
      for (const uint32_t place : seating->PlacesOf(group, everywhere)) {
        const uint32_t body = seating->bodies()[place];
        if (in_body[body] == 0) continue;
        if (each_once || seating->EachOnce({place, place + 1})) {
          tree.AddTo(unit_of[place], in_body[body]);
        } else {
          several.push_back(body);
        }
      }
    }
    base::SortUnique(&several);
    for (const uint32_t body : several) {
      units.clear();
      seats.ForEachFrom(NodeNumber(NodeKind::kOrganization, body),
                        [&](const OpenTie& seat) { units.push_back(seat.to.ordinal()); });
      tree.Add(&units, in_body[body]);
    }
    (*counts)[static_cast<size_t>(wanted.count)] = tree.Finish();
  }
}

// The same way: all are counted as if they had one home and one report, and whoever has several is counted again.
[[gnu::flatten]] void CountByResidence(const Day& day, const graph::Territory& by, const model::Catalogue& catalogue,
                                       CountsAtUnits* counts) {
  const graph::Snapshot& snapshot = day.snapshot();
  const OpenTies residences(snapshot, TieKind::kResidence, day.date()), reports(snapshot, TieKind::kReport, day.date());
  Repeated homes(snapshot, residences.sorted()), reporting(snapshot, reports.sorted());
  std::vector<uint32_t> reported_to(snapshot.Count(NodeKind::kPerson), kNone);
  const People people = day.people();
  reports.ForEach([&reporting, people, to = reported_to.data()](const OpenTie& report) {
    if (!people.Has(report.from)) return;
    reporting.Meet(report.from, true);
    to[report.from.ordinal()] = report.to.ordinal();
  });
  std::vector<int64_t> living(day.territory().size(), 0), reported(living);
  const auto asked = [people](NodeNumber person) {
    return All(people.InService(person.ordinal()), people.IsMember(person.ordinal()));
  };
  const auto has_reported = [&day, to = reported_to.data()](const TieEnds& home) {
    const uint32_t community = day.Community(home.to.ordinal());
    return (community != kNone) & (to[home.from.ordinal()] == community);
  };
  residences.Scan([=, &homes, units = living.size(), all = living.data(), those = reported.data()](const TieEnds& home,
                                                                                                   bool holds) {
    if (!people.Has(home.from) || home.to.ordinal() >= units) return;
    const bool asked_for = holds & asked(home.from);
    all[home.to.ordinal()] += asked_for;
    those[home.to.ordinal()] += asked_for & has_reported(home);
    homes.Meet(home.from, asked_for);
  });

  std::vector<NodeNumber> again = homes.Take();
  for (const NodeNumber person : reporting.Take()) {
    if (asked(person)) again.push_back(person);
  }
  base::SortUnique(&again);
  TreeCount everyone(by), those(by);
  std::vector<uint32_t> units;
  for (const NodeNumber person : again) {
    residences.ForEachFrom(person, [&](const OpenTie& home) {
      if (home.to.ordinal() >= living.size()) return;
      --living[home.to.ordinal()];
      reported[home.to.ordinal()] -= has_reported(home);
    });
    for (TreeCount* tree : {&everyone, &those}) {
      units.clear();
      AppendUnitsOf(day, catalogue,
                    tree == &everyone ? PeopleCount::kInServiceResidents : PeopleCount::kReportedResidents, person,
                    &units);
      if (!units.empty()) tree->Add(&units);
    }
  }
  for (uint32_t unit = 0; unit < living.size(); ++unit) {
    everyone.AddTo(unit, living[unit]);
    those.AddTo(unit, reported[unit]);
  }
  (*counts)[static_cast<size_t>(PeopleCount::kInServiceResidents)] = everyone.Finish();
  (*counts)[static_cast<size_t>(PeopleCount::kReportedResidents)] = those.Finish();
}

}  // namespace

CountsAtUnits CountPeople(Day* day, const model::Catalogue& catalogue, uint8_t asked) {
  return CountPeople(day, day->territory(), catalogue, asked);
}

CountsAtUnits CountPeople(Day* day, const graph::Territory& by, const model::Catalogue& catalogue, uint8_t asked) {
  CountsAtUnits counts;
  if ((asked & ~kByResidence) != 0) CountByAffiliation(day, by, catalogue, asked, &counts);
  if ((asked & kByResidence) != 0) {
    day->LoadPeople();
    CountByResidence(*day, by, catalogue, &counts);
  }
  return counts;
}

std::vector<uint8_t> WhoCounts(const Day& day, uint8_t asked) {
  const graph::Snapshot& snapshot = day.snapshot();
  const People people = day.people();
  std::vector<uint8_t> who(snapshot.Count(NodeKind::kPerson), 0);
  const auto add = [&who](uint32_t person, PeopleCount count) {
    who[person] = static_cast<uint8_t>(who[person] | Asks(count));
  };
  for (const AffiliationCount& wanted : kByAffiliation) {
    if ((asked & Asks(wanted.count)) == 0) continue;
    for (uint32_t person = 0; person < who.size(); ++person) {
      if (people.Status(person) == static_cast<int>(wanted.status)) add(person, wanted.count);
    }
  }
  if ((asked & kByResidence) == 0) return who;
  const OpenTies residences(snapshot, TieKind::kResidence, day.date());
  residences.ForEach([&](const OpenTie& home) {
    if (!people.Has(home.from) || home.to.ordinal() >= day.territory().size()) return;
    const uint32_t person = home.from.ordinal();
    if (people.InService(person) && people.IsMember(person)) add(person, PeopleCount::kInServiceResidents);
  });
  OpenTies(snapshot, TieKind::kReport, day.date()).ForEach([&](const OpenTie& report) {
    if (!people.Has(report.from)) return;
    const uint32_t person = report.from.ordinal();
    if ((who[person] & Asks(PeopleCount::kInServiceResidents)) == 0) return;
    residences.ForEachFrom(report.from, [&](const OpenTie& home) {
      if (report.to.kind() == NodeKind::kUnit && day.Community(home.to.ordinal()) == report.to.ordinal())
        add(person, PeopleCount::kReportedResidents);
    });
  });
  return who;
}

void AppendUnitsOf(const Day& day, const model::Catalogue& catalogue, PeopleCount count, NodeNumber person,
                   std::vector<uint32_t>* units) {
  const graph::Snapshot& snapshot = day.snapshot();
  for (const AffiliationCount& wanted : kByAffiliation) {
    if (wanted.count != count) continue;
    if (day.Status(person.ordinal()) != static_cast<int>(wanted.status)) return;
    const OpenTies seats(snapshot, TieKind::kSeat, day.date());
    OpenTies(snapshot, TieKind::kAffiliation, day.date()).ForEachFrom(person, [&](const OpenTie& tie) {
      if (!model::IsFormal(tie) || !snapshot.In(tie.to)) return;
      if ((BodyOf(catalogue, day.OrgKind(tie.to)) & wanted.body) == 0) return;
      seats.ForEachFrom(tie.to, [&](const OpenTie& seat) { units->push_back(seat.to.ordinal()); });
    });
    return;
  }
  if (!day.IsMember(person.ordinal()) || !day.InService(person.ordinal())) return;
  const OpenTies reports(snapshot, TieKind::kReport, day.date());
  OpenTies(snapshot, TieKind::kResidence, day.date()).ForEachFrom(person, [&](const OpenTie& home) {
    const uint32_t unit = home.to.ordinal(), community = day.Community(unit);
    if (unit >= day.territory().size()) return;
    bool counts = count == PeopleCount::kInServiceResidents;
    if (!counts && community != kNone) {
      reports.ForEachFrom(person, [&](const OpenTie& report) { counts = counts || report.to.ordinal() == community; });
    }
    if (counts) units->push_back(unit);
  });
}

}  // namespace jiceng::rules
