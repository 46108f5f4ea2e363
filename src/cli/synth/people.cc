// people.csv and the ties of members: where they belong, work, live and have reported, with the histories and the slips
// of real ledgers.

#include "cli/synth/names.h"
#include "cli/synth/place_writer.h"

namespace jiceng::cli {
namespace {

constexpr Day kReportingBegan = DayOf(2019, 7, 1);  // double reporting of members in service
constexpr int32_t kWorkersPerCommunity = 9;
constexpr int64_t kInServiceShare = 4600;      // of 10,000 members
constexpr int64_t kFirmInServiceShare = 9300;  // of those in branches of firms and offices

}  // namespace

int32_t PlaceWriter::DrawCommunity(int32_t below) {
  const Division& area = world_.division(below);
  return area.communities_end > area.communities_begin
             ? area.communities_begin +
                   static_cast<int32_t>(random_.Below(area.communities_end - area.communities_begin))
             : -1;
}

int32_t PlaceWriter::DrawHome(const Branch& branch) {
  const int64_t draw = random_.Below(100);
  const bool resident = branch.employer < 0;
  const bool community = place_.unit >= world_.tree.first_community;
  if (community && draw < (resident ? 85 : 30)) return place_.unit;
  int32_t area = community ? world_.division(place_.unit).parent : place_.unit;
  const int steps = draw < (resident ? 95 : 60) ? 0 : draw < (resident ? 99 : 85) ? 1 : 2;
  for (int i = 0; i < steps && area >= 0 && world_.division(area).parent >= 0; ++i) area = world_.division(area).parent;
  return area < 0 ? place_.unit : DrawCommunity(area);
}

// The unit written as a home: mostly the grid, else the community, seldom only the street.
std::string PlaceWriter::Doorstep(int32_t community) {
  const Division& division = world_.division(community);
  const int64_t draw = random_.Below(1000);
  if (draw < 5 && division.parent >= 0) return world_.division(world_.facts[community].manager).code;
  if (draw < 650 && world_.facts[community].grids > 0)
    return GridCode(division, static_cast<int>(random_.Between(1, world_.facts[community].grids)));
  return division.code;
}

void PlaceWriter::Write(int64_t working_share) {
  facts_.first_person = world_.next_person;
  for (int32_t b = place_.branches.first; b < place_.branches.end(); ++b) {
    first_member_.push_back(static_cast<int32_t>(members_.size()));
    WriteBranch(world_.branches[b], working_share);
  }
  facts_.persons = static_cast<int32_t>(world_.next_person - facts_.first_person);
  if (members_.empty()) return;
  for (int32_t b = place_.bodies.first; b < place_.bodies.end(); ++b) WriteBodyPosts(world_.bodies[b]);
  WriteExtras();
  if (place_.unit >= world_.tree.first_community) {
    WriteCommunityPosts();
    WriteNeighbourPosts();
    WriteGridPosts();
  } else {
    WriteOrganPosts();
  }
  WriteOrganizationReports();
}

void PlaceWriter::WriteBranch(const Branch& branch, int64_t working_share) {
  const int32_t first = static_cast<int32_t>(members_.size());
  // Long enough in the Party to hold posts; WriteCommittee takes them from the front.
  const int32_t officers = std::min(branch.size, branch.size < 7 ? 2 : branch.size < 20 ? 4 : branch.size < 50 ? 6 : 8);
  for (int32_t i = 0; i < branch.size; ++i) {
    const bool worker = branch.employer < 0 && static_cast<int32_t>(workers_.size()) < kWorkersPerCommunity && i < 9;
    members_.push_back(WriteMember(branch, i < officers, worker, working_share));
    if (worker) workers_.push_back(first + i);
  }
  WriteCommittee(branch, first);
}

PlaceWriter::Member PlaceWriter::WriteMember(const Branch& branch, bool officer, bool worker, int64_t working_share) {
  Member member;
  member.id = world_.next_person++;
  const bool female = random_.Chance(3100);
  member.in_service = worker || random_.Chance(branch.employer >= 0 ? kFirmInServiceShare : working_share);
  member.full = officer || !random_.Chance(590);
  DateCell joined{kNoDay}, full_on{kNoDay}, since{kNoDay};
  if (!member.full) {
    // A probationary year; a few were not made full members in time.
    joined.day = random_.Chance(9200) ? Ago(3, 360) : Ago(370, 640);
  } else {
    joined.day = officer ? Ago(2900, 11000) : member.in_service ? Ago(400, 12500) : Ago(3000, 19500);
    const Civil c = CivilOf(joined.day);
    const int64_t draw = random_.Below(100);
    if (draw < 6) {
      joined = {DayOf(c.year, 1, 1), DateCell::kYear};
    } else if (draw < 11) {
      joined = {DayOf(c.year, c.month, 1), DateCell::kMonth};
    }
    if (joined.precision == DateCell::kDay && random_.Chance(9000)) full_on.day = YearsAfter(joined.day, 1);
    // Where the change is recent the ledger says from when the status holds.
    if (full_on.day != kNoDay && full_on.day > kReference - 200 && full_on.day <= kReference) since.day = full_on.day;
  }
  member.joined = joined.day;
  world_.ledgers.people.Row(member.id, PersonName(random_, female), member.full ? "full" : "probationary", joined,
                            member.in_service ? "1" : "0", full_on, since, female ? "female" : "male");
  ++world_.members_written;
  WriteAffiliations(member, branch);
  WriteEmployments(member, branch, worker);
  WriteResidences(member.id, member.in_service, branch);
  return member;
}

// Any branch: mostly of this place, else of the whole area.
const Branch& PlaceWriter::OtherBranch() {
  if (random_.Chance(6000)) return world_.branches[place_.branches.first + random_.Below(place_.branches.count)];
  return world_.branches[random_.Below(static_cast<int64_t>(world_.branches.size()))];
}

void PlaceWriter::WriteAffiliations(const Member& member, const Branch& branch) {
  const auto row = [&](const Branch& to, Day from, Day until) {
    world_.ledgers.affiliations.Row(member.id, to.id, "formal", DateCell{from}, DateCell{until});
  };
  Day from = std::max(member.joined, branch.founded);
  int32_t earlier = 0;
  if (from < kReference - 60 && random_.Chance(1950)) {
    // Came from another branch, perhaps because that was dissolved.
    const bool closed = place_.closed.count > 0 && random_.Chance(1500);
    const Branch& before =
        closed ? world_.closed[place_.closed.first + random_.Below(place_.closed.count)] : OtherBranch();
    const Day moved = closed
                          ? before.dissolved
                          : kReference - static_cast<Day>(random_.Between(10, std::min(kReference - from - 20, 4000)));
    const Day began = std::max(member.joined, before.founded);
    if (before.id != branch.id && began < moved && from <= moved) {
      row(before, began, moved);
      from = moved;
      earlier = before.id;
    }
  } else if (from == member.joined && random_.Chance(300)) {
    from = kNoDay;
  }

  const int64_t draw = random_.Below(10000);
  const Branch* const other = draw < 95 ? &OtherBranch() : nullptr;
  const bool usable =
      other != nullptr && other->id != branch.id && other->id != earlier && other->founded < kReference - 5;
  if (draw < 30 && from < kReference - 40) {
    row(branch, from,
        Ago(10, std::min(600, kReference - std::max(from, DayOf(1900, 1, 1)) - 10)));  // left, and arrived nowhere
  } else if (draw < 60 && usable) {
    const Day leaves = Ahead(1, 150);  // a transfer already decided
    row(branch, from, leaves);
    row(*other, leaves, kNoDay);
  } else if (usable && other->founded < kReference) {
    row(branch, from, kNoDay);
    row(*other, std::max({other->founded, member.joined, Ago(5, 900)}),
        kNoDay);  // the old branch never took the name off its list
  } else {
    row(branch, from, kNoDay);
  }
}

void PlaceWriter::WriteEmployments(const Member& member, const Branch& branch, bool worker) {
  const int64_t firms = static_cast<int64_t>(world_.employers.size());
  const auto any_employer = [&]() -> OrgRef {
    if (place_.employers.count > 0 && random_.Chance(4000))
      return world_.employers[place_.employers.first + random_.Below(place_.employers.count)];
    return firms > 0 ? world_.employers[random_.Below(firms)] : OrgRef{0, 0};
  };
  const auto row = [&](int32_t employer, Day from, Day to) {
    world_.ledgers.employments.Row(member.id, employer, DateCell{from}, DateCell{to});
  };
  const OrgRef earlier = random_.Chance(4700) ? any_employer() : OrgRef{0, 0};
  if (!member.in_service) {
    // Retired; the last employer is on file for about half.
    const OrgRef last = random_.Chance(7700) ? any_employer() : OrgRef{0, 0};
    const Day left = Ago(200, 7000);
    const Day began = last.founded + static_cast<Day>(random_.Between(0, 2000));
    if (last.id != 0 && last.founded < left) row(last.id, began < left ? began : last.founded, left);
    return;
  }
  OrgRef now{place_.committee, place_.committee_founded};
  if (!worker)
    now =
        branch.employer < 0 ? any_employer() : world_.employers[branch.employer + random_.Below(branch.employer_count)];
  if (now.id == 0) return;
  const Day from = std::max(now.founded, Ago(20, 8000));
  if (earlier.id != 0 && earlier.id != now.id && earlier.founded < from - 30) {
    row(earlier.id, std::max(earlier.founded, from - static_cast<Day>(random_.Between(100, 4000))), from);
  }
  row(now.id, from, random_.Chance(40) ? Ahead(1, 180) : kNoDay);
  if (random_.Chance(40)) {
    const OrgRef second = any_employer();  // two jobs at once: real, or not taken off the list
    if (second.id != 0 && second.id != now.id && second.id != earlier.id)
      row(second.id, std::max(second.founded, Ago(10, 900)), kNoDay);
  }
}

void PlaceWriter::WriteResidences(int64_t person, bool in_service, const Branch& branch) {
  const auto row = [&](const std::string& unit, Day from, Day to) {
    world_.ledgers.residences.Row(person, unit, DateCell{from}, DateCell{to});
  };
  const int32_t home = DrawHome(branch);
  if (home < 0 || random_.Chance(60)) return;
  const int32_t other = DrawHome(branch);
  const bool differs = other >= 0 && other != home;
  Day since = random_.Chance(400) ? kNoDay : Ago(20, 8000);
  int32_t old_home = -1;
  if (differs && random_.Chance(1700)) {
    since = Ago(12, 1500);
    old_home = other;
    const Day before = random_.Chance(1000) ? kNoDay : since - static_cast<Day>(random_.Between(300, 6000));
    row(Doorstep(other), before, since);
  }
  Day leaves = kNoDay;
  const std::string door = Doorstep(home);
  if (differs && old_home < 0 && random_.Chance(90)) {
    leaves = Ahead(2, 180);
    row(door, since, leaves);
    row(Doorstep(other), leaves, kNoDay);
  } else {
    row(door, since, kNoDay);
    if (differs && old_home < 0 && random_.Chance(40)) {
      // Two homes at once: the move was entered, the departure was not.
      const std::string second = Doorstep(other);
      if (second != door) row(second, Ago(10, 700), kNoDay);
    }
  }
  if (in_service || random_.Chance(350)) WriteMemberReports(person, in_service, home, old_home, since, leaves);
}

void PlaceWriter::WriteMemberReports(int64_t person, bool in_service, int32_t home, int32_t old_home, Day since,
                                     Day leaves) {
  const auto row = [&](int32_t community, Day from, Day to) {
    world_.ledgers.reports.Row(person, world_.division(community).code, DateCell{from}, DateCell{to});
  };
  const Day earliest = std::max(since == kNoDay ? kReportingBegan : since + 3, kReportingBegan);
  const int64_t draw = random_.Below(10000);
  bool reports = draw < (in_service ? 8380 : 9500);
  if (old_home >= 0) {
    const Day before = since - static_cast<Day>(random_.Between(20, 280));
    const bool had = before > kReportingBegan && random_.Chance(8000);
    const bool stale = draw < 2200;  // never told the new community: the open report is to the wrong one
    if (had) row(old_home, before, stale ? kNoDay : since + static_cast<Day>(random_.Between(0, 10)));
    reports = draw >= 2200 && draw < 9000;
  }
  if (!reports || earliest >= kReference) return;
  const Day first = earliest + static_cast<Day>(random_.Between(0, std::min(kReference - earliest, 900)));
  const int64_t slip = random_.Below(10000);
  if (slip < 110 && first < kReference - 30) {
    row(home, first, Ago(1, kReference - first - 1));  // ended, and not renewed
    return;
  }
  row(home, first, leaves != kNoDay && random_.Chance(3000) ? leaves : kNoDay);
  if (slip > 9850 && first < kReference - 10)
    row(home, first + static_cast<Day>(random_.Between(1, kReference - first)), kNoDay);
}

// Affiliations on top of the formal one.
void PlaceWriter::WriteExtras() {
  for (int32_t e = place_.extras.first; e < place_.extras.end(); ++e) {
    const Branch& extra = world_.extras[e];
    const int64_t count = std::min<int64_t>(random_.Between(3, 16), static_cast<int64_t>(members_.size()));
    const int64_t start = random_.Below(static_cast<int64_t>(members_.size()));
    for (int64_t i = 0; i < count; ++i) {
      const Member& member = At(start + i);
      const Day from = std::max({extra.founded, member.joined, Ago(5, 800)});
      const bool ends = random_.Chance(extra.manner[0] == 't' ? 5000 : 800);
      const Day to = ends ? from + static_cast<Day>(random_.Between(60, 500)) : kNoDay;
      world_.ledgers.affiliations.Row(member.id, extra.id, extra.manner, DateCell{from}, DateCell{to});
    }
    Post(At(start).id, extra.id, "secretary", "appointed", std::max(extra.founded, Ago(5, 900)));
  }
}

// Organisations report to communities too; some twice.
void PlaceWriter::WriteOrganizationReports() {
  const bool community = place_.unit >= world_.tree.first_community;
  for (int32_t e = place_.employers.first; e < place_.employers.end(); ++e) {
    const int32_t target =
        community && random_.Chance(8500)
            ? place_.unit
            : DrawCommunity(community ? std::max(world_.division(place_.unit).parent, 0) : place_.unit);
    if (target < 0 || !random_.Chance(6000)) continue;
    const OrgRef& employer = world_.employers[e];
    const Day from = std::max({employer.founded, kReportingBegan, Ago(5, 2500)});
    world_.ledgers.reports.Row(employer.id, world_.division(target).code, DateCell{from},
                               DateCell{random_.Chance(500) ? Ahead(1, 180) : kNoDay});
    if (random_.Chance(150) && from < kReference - 5) {
      world_.ledgers.reports.Row(employer.id, world_.division(target).code,
                                 DateCell{from + static_cast<Day>(random_.Between(1, kReference - from))},
                                 DateCell{kNoDay});
    }
  }
}

// Someone outside the Party who works for the community or sits on one of its bodies.
int64_t PlaceWriter::WriteNonMember() {
  const int64_t id = world_.next_person++;
  const bool female = random_.Chance(5500);
  const std::string name = PersonName(random_, female);
  world_.ledgers.people.Row(id, name, "none", DateCell{kNoDay}, random_.Chance(8500) ? "1" : "0", DateCell{kNoDay},
                            DateCell{kNoDay}, female ? "female" : "male");
  ++world_.non_members_written;
  const std::string door = Doorstep(place_.unit);
  world_.ledgers.residences.Row(id, door, DateCell{Ago(100, 7000)}, DateCell{kNoDay});
  return id;
}

bool WritePeople(World* world) {
  // The share in service among residents' members that gives 46 % over all, whatever the mix of branches.
  const int64_t wanted = (world->resident_members + world->firm_members + world->organ_members) * kInServiceShare;
  const int64_t elsewhere = (world->firm_members + world->organ_members) * kFirmInServiceShare;
  int64_t staff = 0;
  for (const Place& place : world->places) {
    if (place.unit >= world->tree.first_community) staff += kWorkersPerCommunity;
  }
  const int64_t rest = std::max<int64_t>(world->resident_members - staff, 1);
  const int64_t working_share = std::clamp<int64_t>((wanted - elsewhere - staff * 10000) / rest, 0, 10000);
  const int64_t total = world->options->members;
  int64_t reported = 0;
  for (const Place& place : world->places) {
    PlaceWriter(world, place).Write(working_share);
    if (world->members_written - reported < 5000) continue;
    reported = world->members_written;
    if (!world->Report("people", reported, total)) return false;
  }
  return world->Report("people", total, total);
}

}  // namespace jiceng::cli
