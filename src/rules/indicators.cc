#include "rules/indicators.h"

#include <algorithm>

#include "rules/day.h"
#include "rules/open_ties.h"
#include "rules/text_order.h"

namespace jiceng::rules {
namespace {

using model::NodeKind;
using model::NodeNumber;
using model::TieKind;

constexpr Indicator kIndicators[] = {
    {Indicator::kMembersFull, "members.full", "正式党员数", "Full members",
     "组织关系(正式)在设于该单元及其以下的党组织的正式党员,每人计一次",
     "full members with a formal affiliation to a Party organisation seated at or below the unit, each person once", "",
     ""},
    {Indicator::kReportRate, "report.rate", "在职党员报到率", "Report rate of in-service members",
     "其中已到该居住地所属社区报到的,每人计一次",
     "those of them who have reported to the community of that residence, each person once",
     "居住在该单元及其以下的在职党员(含预备党员),每人计一次",
     "in-service members, probationary ones included, with a residence at or below the unit, each person once"},
};

// Counts people over the units they are in and all above, each person once a unit.  Every person is entered on the
// units themselves; where two of them meet further up the person is taken out once, so that adding the tree up counts
// distinct people.
class TreeCount {
 public:
  explicit TreeCount(const graph::Territory& territory) : territory_(territory), count_(territory.size(), 0) {}

  // `people` who are all in the same units.
  void Add(std::vector<uint32_t>* units, int64_t people = 1) {
    if (units->size() == 1) return AddTo(units->front(), people);
    const auto enter = [&](uint32_t u) { return territory_.Exists(u) ? territory_.Enter(u) : kNone; };
    std::sort(units->begin(), units->end(), [&](uint32_t a, uint32_t b) {
      const uint32_t ea = enter(a), eb = enter(b);
      return ea != eb ? ea < eb : a < b;
    });
    units->erase(std::unique(units->begin(), units->end()), units->end());
    for (size_t i = 0; i < units->size(); ++i) {
      const uint32_t unit = (*units)[i];
      if (unit >= count_.size()) continue;
      count_[unit] += people;
      if (i == 0 || !territory_.Exists(unit)) continue;
      // Neighbours in the order of the tree meet no higher than any two others do.
      uint32_t meet = (*units)[i - 1];
      while (meet != kNone && !territory_.AtOrBelow(unit, meet)) meet = territory_.Parent(meet);
      if (meet != kNone) count_[meet] -= people;
    }
  }

  // People who are in one unit only.
  void AddTo(uint32_t unit, int64_t people) {
    if (unit < count_.size()) count_[unit] += people;
  }

  // Adds every unit's count to all above it; once, at the end.
  const std::vector<int64_t>& Finish() {
    const std::vector<uint32_t>& order = territory_.order();
    for (size_t i = order.size(); i-- > 0;) {
      const uint32_t parent = territory_.Parent(order[i]);
      if (parent != kNone) count_[parent] += count_[order[i]];
    }
    return count_;
  }

 private:
  const graph::Territory& territory_;
  std::vector<int64_t> count_;
};

// Where the Party organisations are seated: most on one unit, which is read without a walk.
class PartySeats {
 public:
  PartySeats(const Day& day, const model::Catalogue& catalogue) : day_(day) {
    const graph::Snapshot& snapshot = day.snapshot();
    const std::vector<int32_t> kinds = FactsOn(snapshot, NodeKind::kOrganization, model::Fact::kOrgKind, day.date());
    only_.assign(kinds.size(), kNone);
    std::vector<int8_t> party(1024, -1);
    OpenTies(snapshot, TieKind::kSeat, day.date()).ForEach([&](const OpenTie& seat) {
      const uint32_t org = seat.from.ordinal();
      const int32_t kind = org < kinds.size() ? kinds[org] : model::kNoValue;
      if (kind < 0 || kind >= 1024) return;
      int8_t& is_party = party[static_cast<size_t>(kind)];
      if (is_party < 0) is_party = catalogue.IsParty(kind) ? 1 : 0;
      if (is_party == 0) return;
      only_[org] = only_[org] == kNone || only_[org] == seat.to.ordinal() ? seat.to.ordinal() : kSeveral;
    });
  }

  void Append(NodeNumber org, std::vector<uint32_t>* units) const {
    const uint32_t only = org.ordinal() < only_.size() ? only_[org.ordinal()] : kNone;
    if (only == kNone) return;
    if (only != kSeveral) {
      units->push_back(only);
      return;
    }
    OpenTies(day_.snapshot(), TieKind::kSeat, day_.date()).ForEachFrom(org, [&](const OpenTie& seat) {
      units->push_back(seat.to.ordinal());
    });
  }

 private:
  static constexpr uint32_t kSeveral = kNone - 1;
  const Day& day_;
  std::vector<uint32_t> only_;
};

// People met more than once in a pass over ties.
class Repeated {
 public:
  explicit Repeated(const graph::Snapshot& snapshot) : met_(snapshot.Count(NodeKind::kPerson), 0) {}

  // `counts` says whether this tie matters.
  void Meet(NodeNumber person, bool counts) {
    uint8_t& met = met_[person.ordinal()];
    if (counts & (met != 0)) people_.push_back(person);
    met = static_cast<uint8_t>(met | static_cast<uint8_t>(counts));
  }
  // Each once.
  std::vector<NodeNumber> Take() {
    std::sort(people_.begin(), people_.end());
    people_.erase(std::unique(people_.begin(), people_.end()), people_.end());
    return std::move(people_);
  }

 private:
  std::vector<uint8_t> met_;
  std::vector<NodeNumber> people_;
};

// Most people are in one body, so all are counted by body first, in one pass without a branch; those in several are
// taken out again and counted one by one.
[[gnu::flatten]] void CountFullMembers(const Day& day, const model::Catalogue& catalogue, TreeCount* numerator) {
  const graph::Snapshot& snapshot = day.snapshot();
  const PartySeats seats(day, catalogue);
  const OpenTies affiliations(snapshot, TieKind::kAffiliation, day.date());
  std::vector<int64_t> in_body(snapshot.Count(NodeKind::kOrganization), 0);
  Repeated repeated(snapshot);
  affiliations.Scan(
      [&repeated, people = day.people(), in = in_body.data(), bodies = in_body.size()](const OpenTie& tie, bool holds) {
        if (!people.Has(tie.from) || tie.to.ordinal() >= bodies) return;
        const bool counts = All(holds, model::IsFormal(tie), people.IsFull(tie.from.ordinal()));
        in[tie.to.ordinal()] += counts;
        repeated.Meet(tie.from, counts);
      });
  std::vector<uint32_t> units;
  for (const NodeNumber person : repeated.Take()) {
    units.clear();
    affiliations.ForEachFrom(person, [&](const OpenTie& tie) {
      if (!model::IsFormal(tie) || tie.to.ordinal() >= in_body.size()) return;
      --in_body[tie.to.ordinal()];
      seats.Append(tie.to, &units);
    });
    if (!units.empty()) numerator->Add(&units);
  }
  for (uint32_t org = 0; org < in_body.size(); ++org) {
    if (in_body[org] == 0) continue;
    units.clear();
    seats.Append(NodeNumber(NodeKind::kOrganization, org), &units);
    if (!units.empty()) numerator->Add(&units, in_body[org]);
  }
}

// The same way: all are counted as if they had one home and one report, and whoever has several is counted again.
[[gnu::flatten]] void CountReports(const Day& day, TreeCount* numerator, TreeCount* denominator) {
  const graph::Snapshot& snapshot = day.snapshot();
  const OpenTies residences(snapshot, TieKind::kResidence, day.date()), reports(snapshot, TieKind::kReport, day.date());
  Repeated homes(snapshot), reporting(snapshot);
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
  const auto has_reported = [&day, to = reported_to.data()](const OpenTie& home) {
    const uint32_t community = day.Community(home.to.ordinal());
    return (community != kNone) & (to[home.from.ordinal()] == community);
  };
  residences.Scan([=, &homes, units = living.size(), all = living.data(), those = reported.data()](const OpenTie& home,
                                                                                                   bool holds) {
    if (!people.Has(home.from) || home.to.ordinal() >= units) return;
    const bool counts = holds & asked(home.from);
    all[home.to.ordinal()] += counts;
    those[home.to.ordinal()] += counts & has_reported(home);
    homes.Meet(home.from, counts);
  });

  std::vector<NodeNumber> again = homes.Take();
  for (const NodeNumber person : reporting.Take()) {
    if (asked(person)) again.push_back(person);
  }
  std::sort(again.begin(), again.end());
  again.erase(std::unique(again.begin(), again.end()), again.end());
  std::vector<uint32_t> units, units_reported;
  for (const NodeNumber person : again) {
    units.clear();
    units_reported.clear();
    residences.ForEachFrom(person, [&](const OpenTie& home) {
      const uint32_t unit = home.to.ordinal(), community = day.Community(unit);
      if (unit >= living.size()) return;
      --living[unit];
      reported[unit] -= has_reported(home);
      units.push_back(unit);
      bool found = false;
      reports.ForEachFrom(person, [&](const OpenTie& report) { found = found || report.to.ordinal() == community; });
      if (found && community != kNone) units_reported.push_back(unit);
    });
    if (!units.empty()) denominator->Add(&units);
    if (!units_reported.empty()) numerator->Add(&units_reported);
  }
  for (uint32_t unit = 0; unit < living.size(); ++unit) {
    denominator->AddTo(unit, living[unit]);
    numerator->AddTo(unit, reported[unit]);
  }
}

}  // namespace

absl::Span<const Indicator> Indicators() { return kIndicators; }

const Indicator* FindIndicator(std::string_view name) {
  for (const Indicator& indicator : kIndicators) {
    if (name == indicator.name) return &indicator;
  }
  return nullptr;
}

std::vector<RollupRow> Rollup(const graph::Snapshot& snapshot, const model::Catalogue& catalogue,
                              const Indicator& indicator, base::Date date, std::optional<model::Level> level) {
  Day day(snapshot, date);
  day.LoadPeople();
  const graph::Territory& territory = day.territory();
  TreeCount numerator(territory), denominator(territory);
  const bool is_ratio = indicator.number == Indicator::kReportRate;
  if (is_ratio) {
    CountReports(day, &numerator, &denominator);
  } else {
    CountFullMembers(day, catalogue, &numerator);
  }
  const std::vector<int64_t>& above = numerator.Finish();
  const std::vector<int64_t>& counted = is_ratio ? denominator.Finish() : above;
  std::vector<NodeNumber> units;
  for (uint32_t u = 0; u < territory.size(); ++u) {
    if (counted[u] != 0 && (!level.has_value() || territory.Level(u) == *level))
      units.push_back(NodeNumber(NodeKind::kUnit, u));
  }
  std::vector<RollupRow> rows;
  rows.reserve(units.size());
  for (const uint32_t i : TextOrder(snapshot, units)) {
    const uint32_t u = units[i].ordinal();
    rows.push_back({units[i], above[u], is_ratio ? counted[u] : kNoDenominator});
  }
  return rows;
}

}  // namespace jiceng::rules
