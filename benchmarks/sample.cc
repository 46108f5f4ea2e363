#include "benchmarks/sample.h"

#include <algorithm>
#include <random>
#include <unordered_map>

#include "benchmarks/ledger_reader.h"

namespace jiceng::benchmarks {
namespace {

constexpr size_t kUnitsOfALevel = 64;
constexpr size_t kPairs = 1 << 16;

std::vector<std::string> Thin(const std::vector<std::string>& all, const std::string& otherwise) {
  if (all.empty()) return {otherwise};
  const size_t take = std::min(all.size(), kUnitsOfALevel);
  std::vector<std::string> some;
  for (size_t i = 0; i < take; ++i) some.push_back(all[i * all.size() / take]);
  return some;
}

}  // namespace

Sample ReadSample(const std::string& ledgers) {
  Sample sample;
  for (const char* name : {"units", "orgs", "people", "affiliations", "employments", "residences", "appointments",
                           "reports", "terms", "ties"}) {
    LedgerReader reader(ledgers + "/" + name + ".csv");
    while (reader.Next()) ++sample.rows;
  }

  std::vector<std::string> districts, streets, communities, units;
  std::unordered_map<std::string, std::string> parents;
  std::unordered_set<std::string> community_codes;
  LedgerReader unit_rows(ledgers + "/units.csv");
  const size_t code = unit_rows.Column("code"), level = unit_rows.Column("level"),
               parent = unit_rows.Column("parent_code");
  while (unit_rows.Next()) {
    const std::string id(unit_rows.Cell(code));
    const std::string node = "unit:" + id;
    units.push_back(node);
    parents[id] = unit_rows.Cell(parent);
    if (unit_rows.Cell(parent).empty() && sample.top.empty()) sample.top = node;
    if (unit_rows.Cell(level) == "district") districts.push_back(node);
    if (unit_rows.Cell(level) == "street") streets.push_back(node);
    if (unit_rows.Cell(level) == "community") {
      communities.push_back(node);
      community_codes.insert(id);
    }
  }
  sample.districts = Thin(districts, sample.top);
  sample.streets = Thin(streets, sample.top);
  sample.communities = Thin(communities, sample.top);

  LedgerReader orgs(ledgers + "/orgs.csv");
  const size_t org = orgs.Column("org_id"), kind = orgs.Column("kind"), seat = orgs.Column("unit_code");
  while (orgs.Next()) {
    if (orgs.Cell(kind) == "party_committee" && community_codes.count(std::string(orgs.Cell(seat))) != 0)
      sample.committees.insert("org:" + std::string(orgs.Cell(org)));
  }

  std::vector<std::pair<std::string, std::string>> homes;
  LedgerReader residences(ledgers + "/residences.csv");
  const size_t person = residences.Column("person_id"), unit = residences.Column("unit_code");
  while (residences.Next()) homes.emplace_back(residences.Cell(person), residences.Cell(unit));
  LedgerReader people(ledgers + "/people.csv");
  while (people.Next()) ++sample.members;

  std::mt19937 random(1);
  for (size_t i = 0; i < kPairs && !homes.empty(); ++i) {
    const auto& [who, home] = homes[random() % homes.size()];
    std::string above = home;
    for (uint32_t up = random() % 4; up > 0 && parents.count(above) != 0 && !parents[above].empty(); --up)
      above = parents[above];
    sample.person_unit.emplace_back("person:" + who, i % 2 == 0 ? "unit:" + above : units[random() % units.size()]);
  }
  return sample;
}

}  // namespace jiceng::benchmarks
