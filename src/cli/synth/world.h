// What is kept while the ledgers are written: divisions and organisations, never people.
#ifndef JICENG_CLI_SYNTH_WORLD_H_
#define JICENG_CLI_SYNTH_WORLD_H_

#include <cstdint>
#include <string>
#include <vector>

#include "cli/synth/csv_file.h"
#include "cli/synth/dates.h"
#include "cli/synth/divisions.h"
#include "cli/synth/random.h"
#include "cli/synth/synth.h"

namespace jiceng::cli {

// The ledgers of the contract, in its order.
struct Ledgers {
  CsvFile units, orgs, people, affiliations, employments, residences, appointments, reports, terms, ties;
};

// A run of elements in one of World's vectors, or a run of ids.
struct Span {
  int32_t first = 0, count = 0;
  int32_t end() const { return first + count; }
};

// What is drawn for a division, beside its real facts.
struct UnitFacts {
  int32_t manager =
      -1;  // the division it stands under in units.csv; a few communities have another street than their code says
  int32_t households = 0, population = 0;
  int32_t members = 0;  // who belong to branches seated here, not below
  int32_t grids = 0;    // live ones, numbered from 001
  int32_t party_org = 0, alliance = 0, service_center = 0, organ_branch = 0;  // org ids, 0: none
  int64_t first_person = 0;                                                   // of its own organs
  int32_t persons = 0;
};

struct OrgRef {
  int32_t id;
  Day founded;
};

// A branch that holds formal affiliations, or (extras) one that people join on top, or a dissolved one.
struct Branch {
  int32_t id = 0;
  int32_t size = 0;
  int32_t employer = -1;       // index in World::employers; -1: a branch of residents
  int32_t employer_count = 0;  // more than one: a joint branch
  Day founded = kNoDay, dissolved = kNoDay;
  uint8_t term_years = 3;
  const char* manner = "formal";
};

// A committee or general branch above branches of its own, led by people of its first branch.
struct Body {
  int32_t id;
  int32_t branch;  // index in World::branches
  Day founded;
  uint8_t term_years;
};

// Everything seated in one community, or the organs of one higher unit.
struct Place {
  int32_t unit = 0;
  bool village = false, party_is_branch = false;
  Span branches, extras, closed, bodies, employers;  // in the vectors of World
  int32_t own_branches = 0;                          // the first of `branches`: of residents
  Day party_founded = kNoDay, party_elected = kNoDay, committee_elected = kNoDay, committee_founded = kNoDay;
  int32_t committee = 0, supervision = 0, service_center = 0, collective = 0;  // org ids
  Span owners, properties, societies;                                          // in World::bodies_around
};

struct World {
  const SynthOptions* options = nullptr;
  Ledgers ledgers;
  DivisionTree tree;
  std::vector<UnitFacts> facts;  // beside tree.divisions
  std::vector<Place> places;
  std::vector<Branch> branches, extras, closed;
  std::vector<Body> bodies;
  std::vector<OrgRef> employers, bodies_around;
  int32_t next_org = 1000001;
  int64_t next_person = 1000000001;
  int64_t resident_members = 0, firm_members = 0, organ_members = 0;  // by what their branch belongs to
  int64_t members_written = 0, non_members_written = 0;

  Random Draw(uint64_t stream, int64_t index) const {
    return Random(options->seed, stream, static_cast<uint64_t>(index));
  }
  const Division& division(int32_t unit) const { return tree.divisions[unit]; }
  bool Report(std::string_view stage, int64_t done, int64_t total) const {
    return !options->progress || options->progress(stage, done, total);
  }
};

// Streams of chance, one a purpose.
enum Stream : uint64_t { kUnitStream = 1, kOrgStream = 2, kPeopleStream = 3 };

// "320102002001" + 7 -> "320102002001007".
std::string GridCode(const Division& community, int number);

// The stages, in order.  Each is false when the host cancelled.
bool WriteUnits(World* world);          // units.csv; divides the members among the units
bool WriteOrganizations(World* world);  // orgs.csv, terms.csv, ties among organisations; fills the places
bool WritePeople(World* world);         // all ledgers with people

// The day a term of `years` now running began: mostly within the term, some 8 % longer ago, some within two days of its
// end.
Day DrawTermStart(Random& random, int years);

}  // namespace jiceng::cli

#endif  // JICENG_CLI_SYNTH_WORLD_H_
