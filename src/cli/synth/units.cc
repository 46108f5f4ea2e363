// units.csv: the divisions with invented households and population, and grids; how many members belong where.

#include <algorithm>

#include "cli/synth/world.h"

namespace jiceng::cli {
namespace {

// A community with branches holds about this many members at least; with fewer members than that only some communities
// get any.
constexpr int64_t kMembersPerActiveCommunity = 40;
// Members in the branches of offices above the communities.
constexpr int64_t kOrganPercent = 4;

int64_t SquareRoot(int64_t n) {
  int64_t root = 0;
  for (int64_t bit = int64_t{1} << 20; bit > 0; bit >>= 1) {
    if ((root + bit) * (root + bit) <= n) root += bit;
  }
  return root;
}

// Splits `total` in proportion to the weights, exactly.
void Apportion(int64_t total, const std::vector<int64_t>& weights, int32_t first, World* world) {
  int64_t sum = 0;
  for (const int64_t w : weights) sum += w;
  int64_t before = 0, given = 0;
  for (size_t i = 0; i < weights.size(); ++i) {
    before += weights[i];
    const int64_t upto = sum == 0 ? 0 : total / sum * before + total % sum * before / sum;
    world->facts[first + i].members = static_cast<int32_t>(upto - given);
    given = upto;
  }
}

void DrawPopulations(World* world) {
  const DivisionTree& tree = world->tree;
  for (int32_t i = static_cast<int32_t>(tree.divisions.size()) - 1; i >= 0; --i) {
    UnitFacts& facts = world->facts[i];
    if (i >= tree.first_community) {
      Random random = world->Draw(kUnitStream, i);
      facts.population =
          static_cast<int32_t>(IsVillage(tree.divisions[i]) ? random.Between(500, 3500) : random.Between(2500, 9500));
      facts.households = static_cast<int32_t>(facts.population * 10 / random.Between(24, 31));
    }
    if (facts.manager >= 0) {
      world->facts[facts.manager].population += facts.population;
      world->facts[facts.manager].households += facts.households;
    }
  }
}

void DivideMembers(World* world) {
  const DivisionTree& tree = world->tree;
  const int64_t members = world->options->members, communities = tree.community_count();
  const int64_t active =
      std::clamp<int64_t>(members / kMembersPerActiveCommunity, 1, std::max<int64_t>(communities, 1));
  std::vector<int64_t> organ_weights, weights;
  for (int32_t i = 0; i < tree.first_community; ++i)
    organ_weights.push_back(tree.divisions[i].level == DivisionLevel::kStreet ? 1 : 8);
  for (int64_t i = 0; i < communities; ++i) {
    // Evenly spread where there are more communities than the members can fill.
    const bool lives = i * active / communities != (i + 1) * active / communities;
    Random random = world->Draw(kUnitStream, -1 - i);
    const int64_t weight = IsVillage(tree.divisions[tree.first_community + i]) ? random.Between(100, 500)
                           : random.Chance(1500)                               ? random.Between(600, 3000)
                                                                               : random.Between(400, 1400);
    weights.push_back(lives ? weight : 0);
  }
  const int64_t organ_members = organ_weights.empty() || members < 500 ? 0 : members * kOrganPercent / 100;
  Apportion(organ_members, organ_weights, 0, world);
  Apportion(members - organ_members, weights, tree.first_community, world);
}

void DrawGrids(World* world) {
  for (int32_t i = world->tree.first_community; i < static_cast<int32_t>(world->facts.size()); ++i) {
    UnitFacts& facts = world->facts[i];
    if (facts.members == 0) continue;
    Random random = world->Draw(kUnitStream, int64_t{1} << 40 | i);
    // 12.5 in a community of 560 members, growing with the root of its size: a grid is a matter of doors, not of
    // members alone.
    const int64_t usual = SquareRoot(facts.members * 28) / 10 + random.Between(-2, 2);
    facts.grids =
        static_cast<int32_t>(std::clamp<int64_t>(IsVillage(world->division(i)) ? usual * 2 / 3 : usual, 2, 60));
  }
}

// Every fiftieth community is run by a neighbouring street of its district.
void DrawManagers(World* world) {
  const DivisionTree& tree = world->tree;
  const auto siblings = [&](int32_t a, int32_t b) {
    return b >= 0 && b < tree.first_community && tree.divisions[b].level == tree.divisions[a].level &&
           tree.divisions[b].parent == tree.divisions[a].parent;
  };
  for (int32_t i = 0; i < static_cast<int32_t>(tree.divisions.size()); ++i) {
    const int32_t street = tree.divisions[i].parent;
    world->facts[i].manager = street;
    if (world->options->members == 0 || i < tree.first_community || street < 0) continue;
    if ((static_cast<uint64_t>(i - tree.first_community) + world->options->seed) % 50 != 7) continue;
    if (siblings(street, street + 1)) {
      world->facts[i].manager = street + 1;
    } else if (siblings(street, street - 1)) {
      world->facts[i].manager = street - 1;
    }
  }
}

void WriteGrids(World* world, int32_t community) {
  const Division& division = world->division(community);
  const UnitFacts& facts = world->facts[community];
  CsvFile& units = world->ledgers.units;
  Random random = world->Draw(kUnitStream, int64_t{2} << 40 | community);
  const std::string place = PlaceName(division);
  int32_t people = facts.population, doors = facts.households;
  const auto row = [&](int number, int32_t households, int32_t population, Day from, Day to) {
    units.Row(GridCode(division, number), place + "第" + std::to_string(number) + "网格", "grid", division.code,
              households, population, DateCell{from}, DateCell{to});
  };
  for (int32_t g = 1; g <= facts.grids; ++g) {
    const int32_t left = facts.grids - g + 1;
    const int64_t share = left == 1 ? 0 : random.Between(70, 130);
    const int32_t population = left == 1 ? people : static_cast<int32_t>(people / left * share / 100);
    const int32_t households = left == 1 ? doors : static_cast<int32_t>(doors / left * share / 100);
    people -= population;
    doors -= households;
    row(g, households, population, kNoDay, kNoDay);
  }
  // A grid given up in the last two years, or one still to come.
  if (random.Chance(300)) {
    const bool past = random.Chance(6000);
    const Day day = past ? kReference - static_cast<Day>(random.Between(30, 700))
                         : kReference + static_cast<Day>(random.Between(1, 120));
    row(facts.grids + 1, 0, 0, past ? kNoDay : day, past ? day : kNoDay);
  }
}

}  // namespace

std::string GridCode(const Division& community, int number) {
  std::string code = community.code;
  code.push_back(static_cast<char>('0' + number / 100 % 10));
  code.push_back(static_cast<char>('0' + number / 10 % 10));
  code.push_back(static_cast<char>('0' + number % 10));
  return code;
}

bool WriteUnits(World* world) {
  const DivisionTree& tree = world->tree;
  const int64_t total = static_cast<int64_t>(tree.divisions.size());
  world->facts.resize(tree.divisions.size());
  DrawManagers(world);
  DrawPopulations(world);
  if (world->options->members > 0) {
    DivideMembers(world);
    DrawGrids(world);
  }
  for (int32_t i = 0; i < total; ++i) {
    const Division& division = tree.divisions[i];
    const UnitFacts& facts = world->facts[i];
    world->ledgers.units.Row(division.code, division.name, DivisionLevelName(division.level),
                             facts.manager < 0 ? std::string() : tree.divisions[facts.manager].code, facts.households,
                             facts.population, DateCell{kNoDay}, DateCell{kNoDay});
    if (facts.grids > 0) WriteGrids(world, i);
    if (i % 4096 == 0 && !world->Report("units", i, total)) return false;
  }
  return world->Report("units", total, total);
}

}  // namespace jiceng::cli
