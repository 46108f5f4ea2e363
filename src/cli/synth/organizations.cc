// orgs.csv, terms.csv and the ties among organisations: Party bodies, committees, firms and the bodies around a
// community.

#include <algorithm>
#include <string>

#include "cli/synth/names.h"
#include "cli/synth/world.h"

namespace jiceng::cli {
namespace {

constexpr const char* kBureaus[] = {"办公室",
                                    "组织部",
                                    "宣传部",
                                    "教育局",
                                    "民政局",
                                    "卫生健康委员会",
                                    "司法局",
                                    "财政局",
                                    "人力资源和社会保障局",
                                    "自然资源局",
                                    "住房保障和房产局",
                                    "城市管理局",
                                    "水务局",
                                    "文化和旅游局",
                                    "应急管理局",
                                    "审计局",
                                    "市场监督管理局",
                                    "统计局",
                                    "信访局",
                                    "医疗保障局",
                                    "行政审批局",
                                    "退役军人事务局",
                                    "总工会",
                                    "人民医院",
                                    "中心医院",
                                    "图书馆",
                                    "税务局",
                                    "公安局",
                                    "法院",
                                    "检察院"};
constexpr const char* kEstateHeads[] = {"锦绣", "阳光", "翠屏", "梧桐", "紫金", "清河", "金陵", "望江",
                                        "和平", "东方", "银杏", "丹桂", "明月", "书香", "康居", "长风"};
constexpr const char* kEstateTails[] = {"花园", "家园", "苑", "雅居", "公寓", "名邸", "新村", "小区"};
constexpr const char* kSocieties[] = {"志愿服务队", "书画协会",   "养老互助会", "矛盾调解工作室",
                                      "舞蹈队",     "公益服务社", "邻里互助社"};

bool EndsWith(const std::string& text, const std::string& suffix) {
  return text.size() >= suffix.size() && text.compare(text.size() - suffix.size(), suffix.size(), suffix) == 0;
}

// Mean 20.5; 1.4 % below 3, 2.2 % above 50.
int32_t DrawBranchSize(Random& random) {
  struct Band {
    int upto, low, high;  // of 1,000
  };
  constexpr Band kBands[] = {{14, 1, 2},    {110, 3, 6},   {310, 7, 12},  {580, 13, 20}, {800, 21, 30},
                             {923, 31, 40}, {978, 41, 50}, {996, 51, 70}, {1000, 71, 95}};
  const int64_t draw = random.Below(1000);
  for (const Band& band : kBands) {
    if (draw < band.upto) return static_cast<int32_t>(random.Between(band.low, band.high));
  }
  return kBands[0].high;
}

class Planner {
 public:
  Planner(World* world, int32_t unit)
      : world_(*world), random_(world->Draw(kOrgStream, unit)), unit_(unit), facts_(world->facts[unit]) {
    place_.unit = unit;
    place_.branches.first = Size(world_.branches);
    place_.extras.first = Size(world_.extras);
    place_.closed.first = Size(world_.closed);
    place_.bodies.first = Size(world_.bodies);
    place_.employers.first = Size(world_.employers);
  }

  void PlanOrgans();
  void PlanCommunity();

 private:
  template <typename T>
  static int32_t Size(const std::vector<T>& items) {
    return static_cast<int32_t>(items.size());
  }
  Day Ago(int64_t low, int64_t high) { return kReference - static_cast<Day>(random_.Between(low, high)); }
  const std::string& Code() const { return world_.division(unit_).code; }
  // The community itself, or now and then one of its grids.
  std::string Seat(int64_t grid_share) {
    return facts_.grids > 0 && random_.Chance(grid_share)
               ? GridCode(world_.division(unit_), static_cast<int>(random_.Between(1, facts_.grids)))
               : Code();
  }

  int32_t Add(const std::string& name, const char* kind, int32_t parent, const std::string& unit_code, DateCell founded,
              Day dissolved = kNoDay) {
    if (parent > 0) {
      world_.ledgers.orgs.Row(world_.next_org, name, kind, parent, unit_code, founded, DateCell{dissolved});
    } else {
      world_.ledgers.orgs.Row(world_.next_org, name, kind, "", unit_code, founded, DateCell{dissolved});
    }
    return world_.next_org++;
  }
  void AddTie(const char* kind, const std::string& from_node, const std::string& to_node, Day from, Day to = kNoDay) {
    world_.ledgers.ties.Row(kind, from_node, to_node, DateCell{from}, DateCell{to}, "");
  }
  static std::string Org(int32_t id) { return "org:" + std::to_string(id); }

  // The written date of an old body: often only the year or month is known; `day` becomes the first day of what is
  // written.
  DateCell Founded(Day* day) {
    const Civil c = CivilOf(*day);
    const int64_t draw = random_.Below(10);
    if (draw < 3) {
      *day = DayOf(c.year, 1, 1);
      return {*day, DateCell::kYear};
    }
    if (draw < 4) {
      *day = DayOf(c.year, c.month, 1);
      return {*day, DateCell::kMonth};
    }
    return {*day, DateCell::kDay};
  }

  int32_t PartyAbove() const {
    for (int32_t up = facts_.manager; up >= 0; up = world_.facts[up].manager) {
      if (world_.facts[up].party_org != 0) return world_.facts[up].party_org;
    }
    return 0;
  }
  void AddBranch(const std::string& name, int32_t parent, const std::string& seat, int32_t size, Day founded,
                 int32_t employer, int32_t employer_count) {
    Branch branch;
    branch.id = Add(name, employer_count > 1 ? "party_joint_branch" : "party_branch", parent, seat, {founded});
    branch.size = size;
    branch.founded = founded;
    branch.employer = employer;
    branch.employer_count = employer_count;
    world_.branches.push_back(branch);
  }
  int32_t AddEmployer(const std::string& name, int32_t parent, const std::string& seat) {
    Day founded = Ago(500, 9500);
    const DateCell cell = Founded(&founded);
    world_.employers.push_back({Add(name, "employer", parent, seat, cell), founded});
    return Size(world_.employers) - 1;
  }
  std::string Firm() {
    const std::string name = FirmName(random_);
    return name + (random_.Chance(8000) ? "有限公司" : "股份有限公司");
  }
  void AddFirm(int64_t grid_share) {
    const std::string name = Firm();
    AddEmployer(name, 0, Seat(grid_share));
  }

  void AddTerms(int32_t org, Day elected, int years);
  int32_t AddOffice(const std::string& name, int32_t owner_parent, int32_t branch_parent, const std::string& seat,
                    int32_t quota);
  int32_t AddJointBranch(int32_t quota);
  void AddResidentBranches(int32_t quota);
  void AddFirms(int32_t quota);
  void AddBodiesAround();
  void AddOddBranches();
  void Finish();

  World& world_;
  Random random_;
  int32_t unit_;
  UnitFacts& facts_;
  Place place_;
  std::string name_;  // of the place
};

// The running term and the one before it; some expired terms were extended.
void Planner::AddTerms(int32_t org, Day elected, int years) {
  const int64_t number = random_.Between(2, 9);
  const Day before = YearsAfter(elected, -years), ends = YearsAfter(elected, years);
  const Day extended =
      ends < kReference && random_.Chance(3500) ? kReference + static_cast<Day>(random_.Between(20, 200)) : kNoDay;
  if (random_.Chance(6000)) {
    world_.ledgers.terms.Row(org, number - 1, DateCell{before}, years, DateCell{YearsAfter(before, years)},
                             DateCell{kNoDay});
  }
  world_.ledgers.terms.Row(org, number, DateCell{elected}, years, DateCell{ends}, DateCell{extended});
}

// An employer with `quota` members or fewer: one branch, or a general branch or committee with several.  Returns how
// many members it took.
int32_t Planner::AddOffice(const std::string& name, int32_t owner_parent, int32_t branch_parent,
                           const std::string& seat, int32_t quota) {
  const int64_t draw = random_.Below(100);
  const int employer = AddEmployer(name, owner_parent, seat);
  const OrgRef owner = world_.employers[employer];
  const auto founded = [&] { return std::max(owner.founded + 30, Ago(150, 7000)); };
  const int32_t parent = branch_parent != 0 ? branch_parent : owner.id;
  int32_t branches = 1;
  if (draw < 3 && quota >= 170) {
    branches = static_cast<int32_t>(random_.Between(6, 9));
  } else if (draw < 14 && quota >= 65) {
    branches = static_cast<int32_t>(random_.Between(2, 4));
  }
  int32_t upper = parent;
  const Day first = founded();
  if (branches > 1) {
    const bool committee = branches > 4;
    upper = Add("中共" + name + (committee ? "委员会" : "总支部委员会"),
                committee ? "party_committee" : "party_general_branch", parent, seat, {first});
    world_.bodies.push_back({upper, Size(world_.branches), first, static_cast<uint8_t>(committee ? 5 : 3)});
  }
  int32_t taken = 0;
  for (int32_t i = 0; i < branches && taken < quota; ++i) {
    int32_t size = std::min(DrawBranchSize(random_), quota - taken);
    if (quota - taken - size < 3 && size > 2) size = quota - taken;
    const Day day = branches > 1 ? std::max(first, founded()) : first;
    AddBranch(branches > 1 ? name + "第" + ChineseNumber(i + 1) + "党支部" : "中共" + name + "支部委员会", upper, seat,
              size, day, employer, 1);
    taken += size;
  }
  if (branch_parent != 0)
    AddTie("covers", Org(world_.branches.back().id), Org(owner.id), world_.branches.back().founded);
  return taken;
}

// One branch for the few members of several small firms.
int32_t Planner::AddJointBranch(int32_t quota) {
  const int32_t first = Size(world_.employers);
  const int32_t count = static_cast<int32_t>(random_.Between(2, 5));
  for (int32_t i = 0; i < count; ++i) AddFirm(1500);
  const int32_t size = std::min(static_cast<int32_t>(random_.Between(3, 22)), quota);
  Day founded = Ago(150, 4000);
  for (int32_t i = 0; i < count; ++i) founded = std::max(founded, world_.employers[first + i].founded + 1);
  AddBranch(name_ + "非公企业联合党支部", facts_.party_org, Code(), size, founded, first, count);
  for (int32_t i = 0; i < count; ++i)
    AddTie("covers", Org(world_.branches.back().id), Org(world_.employers[first + i].id), founded);
  return size;
}

void Planner::AddResidentBranches(int32_t quota) {
  // 100 members and more a committee, 50 and more a general branch (支部工作条例, 党章 on the forms of basic
  // organisation).
  const int years = facts_.manager >= 0 ? 5 : 3;
  Day founded = Ago(3700, 14000);
  const DateCell cell = Founded(&founded);
  place_.party_founded = founded;
  place_.party_is_branch = quota < 50;
  const char* const kind = quota >= 100 ? "party_committee" : quota >= 50 ? "party_general_branch" : "party_branch";
  const char* const form = quota >= 100 ? "委员会" : quota >= 50 ? "总支部委员会" : "支部委员会";
  facts_.party_org = Add("中共" + name_ + form, kind, PartyAbove(), Code(), cell);
  place_.party_elected = std::max(DrawTermStart(random_, years), founded);
  if (random_.Chance(3000)) AddTerms(facts_.party_org, place_.party_elected, years);
  if (place_.party_is_branch) {
    Branch branch;
    branch.id = facts_.party_org;
    branch.size = quota;
    branch.founded = founded;
    branch.term_years = static_cast<uint8_t>(years);
    world_.branches.push_back(branch);
  } else {
    int32_t left = quota;
    for (int number = 1; left > 0; ++number) {
      int32_t size = std::min(DrawBranchSize(random_), left);
      if (left - size < 3 && size > 2) size = left;
      // Some were founded in the last weeks.
      const Day day = random_.Chance(200) ? Ago(0, 60) : std::max(founded, Ago(200, 8000));
      AddBranch(name_ + "第" + ChineseNumber(number) + "党支部", facts_.party_org, Seat(4000), size, day, -1, 0);
      left -= size;
    }
  }
  place_.own_branches = Size(world_.branches) - place_.branches.first;
}

void Planner::AddFirms(int32_t quota) {
  for (int32_t left = quota; left > 0;) {
    if (random_.Chance(900)) {
      left -= AddJointBranch(left);
      continue;
    }
    // Under the community's Party organisation, under the street's, or under none, when the branch is tied to the
    // community directly.
    const int64_t draw = random_.Below(100);
    const int32_t street = PartyAbove();
    const int32_t owner_parent = draw < 60 ? facts_.party_org : draw < 75 ? street : 0;
    const std::string name = Firm();
    left -= AddOffice(name, owner_parent, owner_parent == 0 && draw < 95 ? facts_.party_org : 0, Seat(1500), left);
  }
  const int64_t small = random_.Between(0, 2) + facts_.members / 200;
  for (int64_t i = 0; i < small; ++i) AddFirm(2500);
}

void Planner::AddBodiesAround() {
  const int32_t party = facts_.party_org;
  const auto old = [&](int64_t high) {
    Day day = Ago(2300, high);
    const DateCell cell = Founded(&day);
    return cell;
  };
  const char* const committee_name = place_.village ? "村民委员会" : "居民委员会";
  const std::string place = name_;
  const DateCell since = old(12000);
  place_.committee =
      Add(place + committee_name, place_.village ? "villagers_committee" : "residents_committee", party, Code(), since);
  place_.committee_founded = since.day;
  place_.committee_elected = DrawTermStart(random_, 5);
  if (random_.Chance(5000)) AddTerms(place_.committee, place_.committee_elected, 5);
  place_.supervision = Add(place + (place_.village ? "村务监督委员会" : "居务监督委员会"), "supervision_committee",
                           party, Code(), old(5000));
  place_.service_center = Add(place + "党群服务中心", "service_center", place_.committee, Code(), old(4000));
  if (place_.village)
    place_.collective = Add(place + "股份经济合作社", "collective_economic_organization", party, Code(), old(9000));
  const UnitFacts* street = facts_.manager >= 0 ? &world_.facts[facts_.manager] : nullptr;
  if (street != nullptr && street->service_center != 0)
    AddTie("guidance", Org(place_.service_center), Org(street->service_center), DayOf(2021, 1, 1));
  if (street != nullptr && street->alliance != 0) {
    AddTie("alliance", Org(party), Org(street->alliance), Ago(30, 1500));
    if (street->organ_branch != 0) AddTie("pairing", Org(street->organ_branch), Org(party), Ago(30, 1200));
    for (int32_t i = place_.employers.first; i < Size(world_.employers); ++i) {
      if (random_.Chance(700)) AddTie("alliance", Org(world_.employers[i].id), Org(street->alliance), Ago(10, 480));
    }
  }

  place_.owners.first = Size(world_.bodies_around);
  const int64_t owners = place_.village ? 0 : random_.Between(0, 3);
  for (int64_t i = 0; i < owners; ++i) {
    const Day founded = Ago(100, 3500);
    std::string name = random_.Pick(kEstateHeads);
    name += random_.Pick(kEstateTails);
    name += "业主委员会";
    world_.bodies_around.push_back({Add(name, "owners_committee", place_.committee, Seat(5000), {founded}), founded});
    if (random_.Chance(3000)) AddTerms(world_.bodies_around.back().id, std::max(founded, DrawTermStart(random_, 5)), 5);
  }
  place_.owners.count = static_cast<int32_t>(owners);
  place_.properties.first = Size(world_.bodies_around);
  const int64_t properties = place_.village ? 0 : random_.Between(1, 3);
  for (int64_t i = 0; i < properties; ++i) {
    const Day founded = Ago(500, 6000);
    const std::string seat = Seat(3000);
    const std::string name = FirmName(random_) + "物业服务有限公司" + place + "项目部";
    const int32_t id = Add(name, "property_company", random_.Chance(4000) ? party : 0, seat, {founded});
    world_.bodies_around.push_back({id, founded});
    // Every few years another company serves the estate.
    const Day served = Ago(100, 495);
    AddTie("service", Org(id), "unit:" + seat, served,
           random_.Chance(1000) ? kReference + static_cast<Day>(random_.Between(10, 300)) : kNoDay);
  }
  place_.properties.count = static_cast<int32_t>(properties);
  place_.societies.first = Size(world_.bodies_around);
  const int64_t societies = random_.Between(0, 3);
  for (int64_t i = 0; i < societies; ++i) {
    const Day founded = Ago(60, 3000);
    world_.bodies_around.push_back(
        {Add(place + random_.Pick(kSocieties), "social_organization", place_.committee, Code(), {founded}), founded});
  }
  place_.societies.count = static_cast<int32_t>(societies);
}

// Branches beside the formal ones: joined on top, dissolved, or without members yet.
void Planner::AddOddBranches() {
  const int32_t party = facts_.party_org;
  const auto extra = [&](const char* title, const char* kind, const char* manner) {
    Branch branch;
    branch.founded = Ago(60, 1200);
    branch.id = Add(name_ + title, kind, party, Code(), {branch.founded});
    branch.manner = manner;
    world_.extras.push_back(branch);
  };
  if (facts_.members >= 100) {
    if (random_.Chance(5000)) extra("物业行业功能型党支部", "party_functional_branch", "functional");
    if (random_.Chance(2500)) extra("网格功能型党支部", "party_functional_branch", "functional");
    if (random_.Chance(1200)) extra("项目建设临时党支部", "party_temporary_branch", "temporary");
    if (random_.Chance(3000)) extra("流动党员党支部", "party_floating_branch", "floating");
  }
  const int64_t gone = random_.Below(2) + facts_.members / 500;
  for (int64_t i = 0; i < gone; ++i) {
    Branch branch;
    branch.founded = Ago(2400, 7000);
    branch.dissolved = Ago(40, 1500);
    branch.id = Add(name_ + "原第" + ChineseNumber(static_cast<int>(random_.Between(20, 60))) + "党支部",
                    "party_branch", party, Code(), {branch.founded}, branch.dissolved);
    world_.closed.push_back(branch);
  }
  if (random_.Chance(250)) Add(name_ + "新业态党支部", "party_branch", party, Code(), {Ago(0, 20)});
  if (random_.Chance(700))
    Add(name_ + "商圈党支部", "party_branch", party, Code(), {kReference + static_cast<Day>(random_.Between(1, 120))});
}

void Planner::Finish() {
  place_.branches.count = Size(world_.branches) - place_.branches.first;
  place_.extras.count = Size(world_.extras) - place_.extras.first;
  place_.closed.count = Size(world_.closed) - place_.closed.first;
  place_.bodies.count = Size(world_.bodies) - place_.bodies.first;
  place_.employers.count = Size(world_.employers) - place_.employers.first;
  world_.places.push_back(place_);
}

void Planner::PlanOrgans() {
  const Division& division = world_.division(unit_);
  name_ = PlaceName(division);
  const bool street = division.level == DivisionLevel::kStreet;
  const bool work_committee = street && !EndsWith(name_, "镇") && !EndsWith(name_, "乡");
  Day founded = Ago(8000, 16000);
  const DateCell cell = Founded(&founded);
  place_.party_founded = founded;
  facts_.party_org = Add("中共" + name_ + (work_committee ? "工作委员会" : "委员会"),
                         work_committee ? "party_work_committee" : "party_committee", PartyAbove(), Code(), cell);
  place_.party_elected = DrawTermStart(random_, 5);
  if (!work_committee && random_.Chance(7000)) AddTerms(facts_.party_org, place_.party_elected, 5);
  int32_t left = facts_.members;
  if (street) {
    facts_.service_center =
        Add(name_ + "党群服务中心", "service_center", facts_.party_org, Code(), {DayOf(2019, 6, 1)});
    facts_.alliance = Add(name_ + "区域党建联盟", "alliance", facts_.party_org, Code(), {DayOf(2018, 3, 1)});
    const std::string office = name_ + (work_committee ? "办事处" : "人民政府");
    if (left > 0) left -= AddOffice(office, facts_.party_org, 0, Code(), left);
    for (int number = 1; left > 0; ++number) {
      left -= AddOffice(name_ + (number == 1 ? "综合行政执法局" : "事业单位" + ChineseNumber(number)), facts_.party_org,
                        0, Code(), left);
    }
  } else if (left > 0) {
    const int32_t organs = Add("中共" + name_ + "直属机关工作委员会", "party_work_committee", facts_.party_org, Code(),
                               {DayOf(1995, 1, 1), DateCell::kYear});
    for (size_t i = 0; left > 0; ++i) {
      constexpr size_t kCount = sizeof(kBureaus) / sizeof(kBureaus[0]);
      const std::string bureau =
          i < kCount ? kBureaus[i] : "第" + ChineseNumber(static_cast<int>(i - kCount + 1)) + (i % 2 ? "小学" : "中学");
      left -= AddOffice(name_ + bureau, organs, 0, Code(), left);
    }
  }
  if (Size(world_.branches) > place_.branches.first) facts_.organ_branch = world_.branches[place_.branches.first].id;
  world_.organ_members += facts_.members;
  Finish();
}

void Planner::PlanCommunity() {
  const Division& division = world_.division(unit_);
  name_ = PlaceName(division);
  place_.village = IsVillage(division);
  const int32_t members = facts_.members;
  const int32_t residents = members < 30 ? members : members * (place_.village ? 85 : 58) / 100;
  AddResidentBranches(residents);
  AddFirms(members - residents);
  AddBodiesAround();
  AddOddBranches();
  world_.resident_members += residents;
  world_.firm_members += members - residents;
  Finish();
}

}  // namespace

Day DrawTermStart(Random& random, int years) {
  const int64_t draw = random.Below(1000), term = years * 365;
  if (draw < 80) return kReference - static_cast<Day>(random.Between(term + 4, term + 420));
  if (draw < 95) return YearsAfter(kReference, -years) + static_cast<Day>(random.Between(-2, 2));
  return kReference - static_cast<Day>(random.Between(25, term - 30));
}

bool WriteOrganizations(World* world) {
  const int32_t total = static_cast<int32_t>(world->facts.size());
  for (int32_t i = 0; i < total; ++i) {
    if (i < world->tree.first_community) {
      Planner(world, i).PlanOrgans();
    } else if (world->facts[i].members > 0) {
      Planner(world, i).PlanCommunity();
    }
    if (i % 256 == 0 && !world->Report("organizations", i, total)) return false;
  }
  return world->Report("organizations", total, total);
}

}  // namespace jiceng::cli
