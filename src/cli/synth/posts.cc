// appointments.csv: secretaries and committees, community and neighbourhood bodies with their shared faces, grid heads.

#include <algorithm>
#include <utility>
#include <vector>

#include "cli/synth/place_writer.h"

namespace jiceng::cli {

void PlaceWriter::Post(int64_t person, int32_t org, const char* post, const char* kind, Day from, Day to) {
  world_.ledgers.appointments.Row(person, org, "", post, kind, DateCell{from}, DateCell{to});
}

void PlaceWriter::GridPost(int64_t person, const std::string& grid, const char* post, Day from, Day to) {
  world_.ledgers.appointments.Row(person, "", grid, post, "appointed", DateCell{from}, DateCell{to});
}

// A branch of 7 full members and more has a committee of 3 to 7 (支部工作条例); a few have too few, too many or nobody.
void PlaceWriter::WriteCommittee(const Branch& branch, int32_t first) {
  if (branch.size == 0) return;
  // The community's own branch counts from the term its terms.csv may show.
  const bool own = place_.party_is_branch && branch.id == facts_.party_org;
  const Day began = own ? place_.party_elected : std::max(DrawTermStart(random_, branch.term_years), branch.founded);
  const int64_t slip = random_.Below(10000);
  int32_t officers = branch.size < 7 ? (random_.Chance(4000) ? 2 : 1) : branch.size < 20 ? 3 : branch.size < 50 ? 5 : 7;
  if (branch.size >= 7 && slip < 550) officers = random_.Chance(6000) ? 1 : 2;
  if (branch.size >= 12 && slip >= 9950) officers = random_.Chance(7000) ? 8 : 9;
  officers = std::min(officers, branch.size);
  const bool headless = slip >= 550 && slip < 700;
  const bool successor = slip >= 700 && slip < 900 && branch.size > officers;
  const Day leaves = successor ? Ahead(1, 150) : kNoDay;
  for (int32_t i = 0; i < officers; ++i) {
    const int64_t person = members_[first + i].id;
    if (i == 0) {
      if (!headless) Post(person, branch.id, "secretary", random_.Chance(300) ? "acting" : "elected", began, leaves);
      // One person, two posts of the same committee.
      if (officers >= 3 && random_.Chance(100)) Post(person, branch.id, "committee_member", "elected", began);
    } else {
      // With fewer than 7 full members there is a secretary and at most a deputy, no committee (Art. 20).
      const bool drawn = i == 1 && (branch.size >= 20 || random_.Chance(3000));
      const bool deputy = drawn || branch.size < 7;
      Post(person, branch.id, deputy ? "deputy_secretary" : "committee_member", "elected", began);
    }
  }
  if (successor) Post(members_[first + officers].id, branch.id, "secretary", "elected", leaves);
  // The term before: the same secretary, or one who went back into the ranks.
  const Day before = YearsAfter(began, -branch.term_years);
  if (before >= branch.founded && random_.Chance(4500)) {
    const int32_t who = random_.Chance(4000) ? 0 : std::min(officers, branch.size - 1);
    Post(members_[first + who].id, branch.id, "secretary", "elected", before, began);
  }
}

void PlaceWriter::WriteBodyPosts(const Body& body) {
  const int32_t first = first_member_[body.branch - place_.branches.first];
  const int32_t size = world_.branches[body.branch].size;
  if (size == 0) return;
  const Day began = std::max(DrawTermStart(random_, body.term_years), body.founded);
  const int32_t count = std::min(size, body.term_years == 5 ? 7 : 5);
  for (int32_t i = 0; i < count; ++i) {
    // The head of the first branch is mostly head of the whole.
    const int64_t person = members_[first + i].id;
    Post(person, body.id,
         i == 0   ? "secretary"
         : i == 1 ? "deputy_secretary"
                  : "committee_member",
         i == 0 ? "appointed" : "elected", began);
  }
}

// The leading group of a province, city, district or street, from the members of its own offices.
void PlaceWriter::WriteOrganPosts() {
  const int64_t count = std::min<int64_t>(9, static_cast<int64_t>(members_.size()));
  for (int64_t i = 0; i < count; ++i) {
    Post(At(i).id, facts_.party_org,
         i == 0  ? "secretary"
         : i < 3 ? "deputy_secretary"
                 : "committee_member",
         "appointed", i == 0 ? place_.party_elected : Ago(30, 1700));
  }
  if (facts_.service_center != 0) Post(At(count).id, facts_.service_center, "director", "appointed", Ago(30, 1500));
}

void PlaceWriter::WriteCommunityPosts() {
  if (workers_.empty()) return;
  const Day elected = place_.committee_elected;
  const auto worker = [&](size_t i) { return At(workers_[i % workers_.size()]).id; };
  // 一肩挑: in most communities one person is secretary and director.  Small staffs hold each post once, so positions
  // are not reused.
  const size_t staff = workers_.size();
  const bool one_head = staff < 3 || random_.Chance(7000);
  if (!place_.party_is_branch) {
    Post(worker(0), facts_.party_org, "secretary", random_.Chance(8500) ? "elected" : "appointed",
         place_.party_elected);
    const Day before = YearsAfter(place_.party_elected, -5);
    if (before >= place_.party_founded && random_.Chance(5000))
      Post(worker(0), facts_.party_org, "secretary", "elected", before, place_.party_elected);
    for (size_t i = 1; i < std::min<size_t>(staff, 6); ++i) {
      Post(worker(i), facts_.party_org, i == 1 ? "deputy_secretary" : "committee_member", "elected",
           place_.party_elected);
    }
    if (random_.Chance(1500)) {
      // Sent by the street for two years.
      const Day from = Ago(60, 700);
      const UnitFacts* street = facts_.manager >= 0 ? &world_.facts[facts_.manager] : nullptr;
      if (street != nullptr && street->persons > 12)
        Post(street->first_person + random_.Between(9, street->persons - 1), facts_.party_org, "first_secretary",
             "seconded", from, YearsAfter(from, 2));
    }
  }
  Post(one_head ? worker(0) : worker(1), place_.committee, "director", "elected", elected);
  for (size_t i = 2; i < std::min<size_t>(staff, 7); ++i)
    Post(worker(i), place_.committee, i == 2 ? "deputy_director" : "member", "elected", elected);
  if (facts_.members >= 30) Post(WriteNonMember(), place_.committee, "member", "elected", elected);
  Post(worker(1), place_.service_center, "director", "appointed", Ago(30, 1500));
  if (place_.collective != 0) Post(worker(0), place_.collective, "chair", "elected", elected);
  if (facts_.members >= 30) {
    // Who supervises does not sit on the committee (居民委员会组织法 on the supervision committee).
    const int64_t size = static_cast<int64_t>(members_.size());
    const int64_t base = static_cast<int64_t>(staff) + 1;
    for (int64_t i = 0; i < 3; ++i)
      Post(At(base + (size - base) * i / 4).id, place_.supervision, i == 0 ? "chair" : "supervisor", "elected",
           elected);
  }
  if (facts_.manager >= 0 && world_.facts[facts_.manager].persons > 0) {
    const UnitFacts& street = world_.facts[facts_.manager];
    const Day from = Ago(5, 1200);
    world_.ledgers.ties.Row(
        "liaison", "person:" + std::to_string(street.first_person + random_.Below(std::min(street.persons, 9))),
        "unit:" + world_.division(place_.unit).code, DateCell{from}, DateCell{kNoDay}, "");
  }
}

// Owners' committees, property companies and societies, and who of them sits on the community's Party committee
// (交叉任职, 兼职委员).
void PlaceWriter::WriteNeighbourPosts() {
  if (facts_.members < 30) return;
  const int64_t size = static_cast<int64_t>(members_.size());
  std::vector<std::pair<int64_t, Day>> seated;
  const auto seat = [&](int64_t person) {
    const Day from = Ago(20, 1100);
    const Day to = random_.Chance(1200) ? from + static_cast<Day>(random_.Between(100, 1400)) : kNoDay;
    // Some are drawn twice; twice on one day would be two rows that contradict each other.
    const std::pair drawn(person, from);
    if (std::find(seated.begin(), seated.end(), drawn) != seated.end()) return;
    seated.push_back(drawn);
    Post(person, facts_.party_org, "part_time_member", "part_time", from, to);
  };
  const int64_t residents =
      first_member_.size() > static_cast<size_t>(place_.own_branches) ? first_member_[place_.own_branches] : size;
  for (int32_t i = 0; i < place_.owners.count; ++i) {
    const OrgRef& body = world_.bodies_around[place_.owners.first + i];
    const Day from = std::max(body.founded, Ago(30, 1900));
    const int64_t start = random_.Below(residents);
    const int64_t chair = At(start).id;
    Post(chair, body.id, "chair", "elected", from);
    // 5 or 7 in all, the chair and one who is no member included: 5 to 11, an odd number (指导规则 2009).
    const int64_t seats_beside = std::min(3 + 2 * random_.Below(2), size - 1);
    for (int64_t m = 1; m <= seats_beside; ++m) Post(At(start + m).id, body.id, "member", "elected", from);
    Post(WriteNonMember(), body.id, "member", "elected", from);
    // A committee worker of the community sits with the owners.
    if (!workers_.empty() && random_.Chance(4500)) {
      const int64_t position = workers_[static_cast<size_t>(random_.Below(static_cast<int64_t>(workers_.size())))];
      if (position < start || position >= start + 6) Post(At(position).id, body.id, "supervisor", "part_time", from);
    }
    if (random_.Chance(3500)) seat(chair);
  }
  for (int32_t i = 0; i < place_.properties.count; ++i) {
    const OrgRef& company = world_.bodies_around[place_.properties.first + i];
    const bool member = random_.Chance(6000);
    const int64_t manager = member ? At(residents + random_.Below(size - residents)).id : WriteNonMember();
    Post(manager, company.id, "director", "appointed", std::max(company.founded, Ago(20, 1500)));
    if (!member)
      world_.ledgers.employments.Row(manager, company.id, DateCell{std::max(company.founded, Ago(20, 1500))},
                                     DateCell{kNoDay});
    if (member && random_.Chance(6500)) seat(manager);
  }
  for (int32_t i = 0; i < place_.societies.count; ++i) {
    const OrgRef& society = world_.bodies_around[place_.societies.first + i];
    const int64_t chair = At(random_.Below(residents)).id;
    Post(chair, society.id, "chair", "elected", std::max(society.founded, Ago(20, 1400)));
  }
  // Secretaries of firms' branches on the community's committee.
  int seats = static_cast<int>(random_.Between(2, 5));
  for (size_t b = static_cast<size_t>(place_.own_branches); b < first_member_.size() && seats > 0; ++b) {
    if (world_.branches[place_.branches.first + static_cast<int32_t>(b)].size == 0 || !random_.Chance(5500)) continue;
    seat(members_[first_member_[b]].id);
    --seats;
  }
}

// About 7 of 100 grids have no head on the reference day.
void PlaceWriter::WriteGridPosts() {
  const Division& community = world_.division(place_.unit);
  const int64_t size = static_cast<int64_t>(members_.size());
  const auto someone = [&](int64_t outsider_share) {
    if (size >= 30 && random_.Chance(outsider_share)) {
      const int64_t person = WriteNonMember();
      world_.ledgers.employments.Row(person, place_.committee, DateCell{Ago(900, 2200)}, DateCell{kNoDay});
      return person;
    }
    return workers_.empty() || random_.Chance(4000)
               ? At(random_.Below(size)).id
               : At(workers_[static_cast<size_t>(random_.Below(static_cast<int64_t>(workers_.size())))]).id;
  };
  for (int32_t g = 1; g <= facts_.grids; ++g) {
    const std::string grid = GridCode(community, g);
    const Day from = Ago(10, 1500);
    const int64_t draw = random_.Below(1000);
    if (draw < 70) {
      if (draw < 35) GridPost(someone(0), grid, "grid_head", from - 400, from);  // left; nobody came
      const Day comes = Ahead(1, 60);
      if (draw < 12) GridPost(someone(0), grid, "grid_head", comes, kNoDay);  // named, but not there yet
    } else {
      const Day before = from - static_cast<Day>(random_.Between(100, 1200));
      if (draw < 300) GridPost(someone(0), grid, "grid_head", before, from);
      const Day leaves = draw > 990 ? Ahead(1, 90) : kNoDay;
      GridPost(someone(3500), grid, "grid_head", from, leaves);
    }
    const Day since = Ago(10, 1200);
    if (random_.Chance(6000)) GridPost(someone(5000), grid, "grid_worker", since, kNoDay);
  }
}

}  // namespace jiceng::cli
