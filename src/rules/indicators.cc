#include "rules/indicators.h"

#include <algorithm>

#include "rules/day.h"
#include "rules/text_order.h"

namespace jiceng::rules {
namespace {

using model::NodeKind;
using model::NodeNumber;
using model::Tie;
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

  void Add(std::vector<uint32_t>* units) {
    if (units->size() == 1) {
      if (units->front() < count_.size()) ++count_[units->front()];
      return;
    }
    const auto enter = [&](uint32_t u) { return territory_.Exists(u) ? territory_.Enter(u) : kNone; };
    std::sort(units->begin(), units->end(), [&](uint32_t a, uint32_t b) {
      const uint32_t ea = enter(a), eb = enter(b);
      return ea != eb ? ea < eb : a < b;
    });
    units->erase(std::unique(units->begin(), units->end()), units->end());
    for (size_t i = 0; i < units->size(); ++i) {
      const uint32_t unit = (*units)[i];
      if (unit >= count_.size()) continue;
      ++count_[unit];
      if (i == 0 || !territory_.Exists(unit)) continue;
      // Neighbours in the order of the tree meet no higher than any two others do.
      uint32_t meet = (*units)[i - 1];
      while (meet != kNone && !territory_.AtOrBelow(unit, meet)) meet = territory_.Parent(meet);
      if (meet != kNone) --count_[meet];
    }
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
    snapshot.ForEachTie(TieKind::kSeat, [&](const Tie& seat) {
      if (!seat.valid.Holds(day.date())) return;
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
    day_.snapshot().ForEachOpenFrom(TieKind::kSeat, org, day_.date(),
                                    [&](const Tie& seat) { units->push_back(seat.to.ordinal()); });
  }

 private:
  static constexpr uint32_t kSeveral = kNone - 1;
  const Day& day_;
  std::vector<uint32_t> only_;
};

void CountFullMembers(const Day& day, const model::Catalogue& catalogue, TreeCount* numerator) {
  const graph::Snapshot& snapshot = day.snapshot();
  const PartySeats seats(day, catalogue);
  const uint32_t people = snapshot.Count(NodeKind::kPerson);
  std::vector<uint32_t> units;
  for (uint32_t p = 0; p < people; ++p) {
    if (!day.IsFull(p)) continue;
    units.clear();
    snapshot.ForEachOpenFrom(TieKind::kAffiliation, NodeNumber(NodeKind::kPerson, p), day.date(), [&](const Tie& tie) {
      if (tie.manner == static_cast<uint8_t>(model::AffiliationManner::kFormal)) seats.Append(tie.to, &units);
    });
    if (!units.empty()) numerator->Add(&units);
  }
}

void CountReports(const Day& day, TreeCount* numerator, TreeCount* denominator) {
  const graph::Snapshot& snapshot = day.snapshot();
  const uint32_t people = snapshot.Count(NodeKind::kPerson);
  std::vector<uint32_t> homes, reported;
  for (uint32_t p = 0; p < people; ++p) {
    if (!day.InService(p) || !day.IsMember(p)) continue;
    const NodeNumber person(NodeKind::kPerson, p);
    homes.clear();
    reported.clear();
    snapshot.ForEachOpenFrom(TieKind::kResidence, person, day.date(),
                             [&](const Tie& tie) { homes.push_back(tie.to.ordinal()); });
    if (homes.empty()) continue;
    for (const uint32_t home : homes) {
      const uint32_t community = day.Community(home);
      if (community == kNone) continue;
      bool found = false;
      snapshot.ForEachOpenFrom(TieKind::kReport, person, day.date(),
                               [&](const Tie& tie) { found = found || tie.to.ordinal() == community; });
      if (found) reported.push_back(home);
    }
    denominator->Add(&homes);
    if (!reported.empty()) numerator->Add(&reported);
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
