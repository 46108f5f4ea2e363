#include "rules/people_counts.h"

#include <algorithm>

#include "graph/facts_on.h"
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

// Where the bodies are seated: most on one unit, which is read without a walk.
class Seats {
 public:
  Seats(const Day& day, const model::Catalogue& catalogue) : seats_(day.snapshot(), TieKind::kSeat, day.date()) {
    const std::vector<int32_t> kinds =
        graph::FactsOn(day.snapshot(), NodeKind::kOrganization, model::Fact::kOrgKind, day.date());
    std::vector<uint8_t> of_kind(1024);
    for (int32_t kind = 0; kind < 1024; ++kind) of_kind[static_cast<size_t>(kind)] = BodyOf(catalogue, kind);
    only_ = std::vector<uint32_t>(kinds.size(), kNone);
    body_ = std::vector<uint8_t>(kinds.size());
    for (size_t org = 0; org < kinds.size(); ++org) {
      if (kinds[org] >= 0 && kinds[org] < 1024) body_[org] = of_kind[static_cast<size_t>(kinds[org])];
    }
    seats_.ForEach([&](const OpenTie& seat) {
      const uint32_t org = seat.from.ordinal();
      if (org >= only_.size() || body_[org] == 0) return;
      only_[org] = only_[org] == kNone || only_[org] == seat.to.ordinal() ? seat.to.ordinal() : kSeveral;
    });
  }

  size_t size() const { return body_.size(); }
  bool Is(uint32_t org, uint8_t body) const { return org < body_.size() && (body_[org] & body) != 0; }
  void Append(NodeNumber org, std::vector<uint32_t>* units) const {
    const uint32_t only = org.ordinal() < only_.size() ? only_[org.ordinal()] : kNone;
    if (only == kNone) return;
    if (only != kSeveral) {
      units->push_back(only);
      return;
    }
    seats_.ForEachFrom(org, [&](const OpenTie& seat) { units->push_back(seat.to.ordinal()); });
  }

 private:
  static constexpr uint32_t kSeveral = kNone - 1;
  const OpenTies seats_;
  std::vector<uint32_t> only_;
  std::vector<uint8_t> body_;
};

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
    std::sort(people_.begin(), people_.end());
    people_.erase(std::unique(people_.begin(), people_.end()), people_.end());
    return std::move(people_);
  }

 private:
  const bool in_order_;
  NodeNumber last_;
  std::vector<uint8_t> met_;
  std::vector<NodeNumber> people_;
};

// Most people are in one body, so all are counted by body first, in one pass without a branch; those in several are
// taken out again and counted one by one.
[[gnu::flatten]] void CountByAffiliation(const Day& day, const graph::Territory& by, const model::Catalogue& catalogue,
                                         uint8_t asked, CountsAtUnits* counts) {
  const graph::Snapshot& snapshot = day.snapshot();
  const Seats seats(day, catalogue);
  const OpenTies affiliations(snapshot, TieKind::kAffiliation, day.date());
  // Full members in the lower half, probationary ones in the upper: people of one body follow each other, and one word
  // is added to sooner than two.
  std::vector<uint64_t> in_bodies(snapshot.Count(NodeKind::kOrganization), 0);
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
  std::vector<int64_t> full(in_bodies.size()), probationary(in_bodies.size());
  for (size_t org = 0; org < in_bodies.size(); ++org) {
    full[org] = static_cast<uint32_t>(in_bodies[org]);
    probationary[org] = static_cast<int64_t>(in_bodies[org] >> 32);
  }
  const std::vector<NodeNumber> again = repeated.Take();
  for (const NodeNumber person : again) {
    std::vector<int64_t>& in_body = day.IsFull(person.ordinal()) ? full : probationary;
    affiliations.ForEachFrom(person, [&](const OpenTie& tie) {
      if (model::IsFormal(tie) && tie.to.ordinal() < in_body.size()) --in_body[tie.to.ordinal()];
    });
  }
  std::vector<uint32_t> units;
  for (const AffiliationCount& wanted : kByAffiliation) {
    if ((asked & Asks(wanted.count)) == 0) continue;
    TreeCount tree(by);
    for (const NodeNumber person : again) {
      units.clear();
      AppendUnitsOf(day, catalogue, wanted.count, person, &units);
      if (!units.empty()) tree.Add(&units);
    }
    const std::vector<int64_t>& in_body = wanted.status == model::PartyStatus::kFull ? full : probationary;
    for (uint32_t org = 0; org < in_body.size(); ++org) {
      if (in_body[org] == 0 || !seats.Is(org, wanted.body)) continue;
      units.clear();
      seats.Append(NodeNumber(NodeKind::kOrganization, org), &units);
      if (!units.empty()) tree.Add(&units, in_body[org]);
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
  std::sort(again.begin(), again.end());
  again.erase(std::unique(again.begin(), again.end()), again.end());
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

CountsAtUnits CountPeople(const Day& day, const model::Catalogue& catalogue, uint8_t asked) {
  return CountPeople(day, day.territory(), catalogue, asked);
}

CountsAtUnits CountPeople(const Day& day, const graph::Territory& by, const model::Catalogue& catalogue,
                          uint8_t asked) {
  CountsAtUnits counts;
  constexpr uint8_t kByResidence = Asks(PeopleCount::kInServiceResidents) | Asks(PeopleCount::kReportedResidents);
  if ((asked & ~kByResidence) != 0) CountByAffiliation(day, by, catalogue, asked, &counts);
  if ((asked & kByResidence) != 0) CountByResidence(day, by, catalogue, &counts);
  return counts;
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
