#include "cli/synth/synth.h"

#include <filesystem>
#include <fstream>

#include "cli/synth/world.h"

namespace jiceng::cli {
namespace {

constexpr char kNote[] = "SYNTHETIC.txt";
// More people than this have no ten-digit number left.
constexpr int64_t kMostMembers = 200000000;

// With one, organisations have 7 more digits and people 9.
constexpr int64_t kMostPrefix = 99, kOrgsOfPrefix = 10000000, kPeopleOfPrefix = 1000000000;

struct LedgerFile {
  const char* name;
  const char* header;
  CsvFile Ledgers::*file;
};
constexpr LedgerFile kLedgers[] = {
    {"units.csv", "code,name,level,parent_code,households,population,from,to", &Ledgers::units},
    {"orgs.csv", "org_id,name,kind,parent_id,unit_code,founded,dissolved", &Ledgers::orgs},
    {"people.csv", "person_id,name,party_status,joined_on,in_service,full_on,status_from,sex", &Ledgers::people},
    {"affiliations.csv", "person_id,branch_id,kind,from,to", &Ledgers::affiliations},
    {"employments.csv", "person_id,employer_id,from,to", &Ledgers::employments},
    {"residences.csv", "person_id,unit_code,from,to", &Ledgers::residences},
    {"appointments.csv", "person_id,org_id,unit_code,post,kind,from,to", &Ledgers::appointments},
    {"reports.csv", "subject_id,community_code,reported_on,ended_on", &Ledgers::reports},
    {"terms.csv", "org_id,term_no,elected_on,years,ends_on,extended_to", &Ledgers::terms},
    {"ties.csv", "kind,from_node,to_node,from,to,attributes", &Ledgers::ties},
};

// Makes the folder ready: ledgers of an earlier run go, anyone else's stay and stop us.
bool PrepareFolder(const SynthOptions& options, std::string* error) {
  namespace fs = std::filesystem;
  std::error_code failure;
  const fs::path folder(options.out_dir);
  fs::create_directories(folder, failure);
  if (failure || !fs::is_directory(folder, failure)) {
    *error = "cannot make the folder '" + options.out_dir + "'" +
             (failure ? ": " + failure.message() : ": a file is in the way");
    return false;
  }
  const bool ours = fs::exists(folder / kNote, failure);
  for (const LedgerFile& ledger : kLedgers) {
    const fs::path path = folder / ledger.name;
    if (!fs::exists(path, failure)) continue;
    if (!ours) {
      *error = "'" + path.string() + "' is there and no " + kNote + " says that it is synthetic: choose another folder";
      return false;
    }
    if (!fs::remove(path, failure)) {
      *error = "cannot replace '" + path.string() + "': " + failure.message();
      return false;
    }
  }
  std::ofstream note(folder / kNote, std::ios::binary);
  note << "These ledgers are synthetic: no person, organisation or figure in them is real; only codes and names of "
          "divisions are.\n"
       << "本目录台账为模拟数据：除行政区划代码与名称外，人员、组织、数字均为虚构。\n"
       << "division " << options.division << ", members " << options.members << ", seed " << options.seed
       << ", reference day " << kSynthReferenceDay << "\n";
  if (!note.flush()) {
    *error = "cannot write in the folder '" + options.out_dir + "'";
    return false;
  }
  return true;
}

bool CheckOptions(const SynthOptions& options, std::string* error) {
  if (options.out_dir.empty()) {
    *error = "no folder to write to was given";
  } else if (options.members < 0 || options.members > kMostMembers) {
    *error = "the number of members must lie between 0 and " + std::to_string(kMostMembers);
  } else if (options.prefix < 0 || options.prefix > kMostPrefix) {
    *error = "the prefix must lie between 0 and " + std::to_string(kMostPrefix);
  } else if (options.divisions_dir.empty() && options.shipped_data_path.empty()) {
    *error = "no divisions were given and the shipped ones were not found";
  } else {
    return true;
  }
  return false;
}

}  // namespace

bool Synthesize(const SynthOptions& options, SynthReport* report, std::string* error) {
  *report = SynthReport();
  error->clear();
  if (!CheckOptions(options, error)) return false;
  World world;
  world.options = &options;
  if (options.prefix > 0) {
    world.next_org = static_cast<int32_t>(options.prefix * kOrgsOfPrefix) + 1;
    world.next_person = options.prefix * kPeopleOfPrefix + 1;
  }
  const bool shipped = options.divisions_dir.empty();
  if (!ReadDivisions(
          shipped ? options.shipped_data_path : options.divisions_dir, options.division,
          [&](int64_t rows) { return world.Report("divisions", rows, 0); }, &world.tree, error)) {
    if (shipped && error->rfind("no division has", 0) == 0) {
      *error += " (the shipped divisions hold one city; --divisions DIR reads the full china-division files)";
    }
    return false;
  }
  if (options.members > 0 && world.tree.community_count() == 0) {
    *error = "the division " + options.division + " has no communities for members to live in";
    return false;
  }
  if (!PrepareFolder(options, error)) return false;
  // Without members there are only units.
  const size_t files = options.members > 0 ? sizeof(kLedgers) / sizeof(kLedgers[0]) : 1;
  for (size_t i = 0; i < files; ++i) {
    if (!(world.ledgers.*kLedgers[i].file).Open(options.out_dir + "/" + kLedgers[i].name, kLedgers[i].header, error))
      return false;
  }
  if (!WriteUnits(&world) || (options.members > 0 && (!WriteOrganizations(&world) || !WritePeople(&world)))) {
    *error = "cancelled";
    return false;
  }
  for (size_t i = 0; i < files; ++i) {
    CsvFile& file = world.ledgers.*kLedgers[i].file;
    if (!file.Close(error)) return false;
    report->rows.emplace_back(kLedgers[i].name, file.rows());
    report->total_rows += file.rows();
  }
  report->units_without_grids = static_cast<int64_t>(world.tree.divisions.size());
  report->grids = world.ledgers.units.rows() - report->units_without_grids;
  report->organizations = world.ledgers.orgs.rows();
  report->members = world.members_written;
  report->non_members = world.non_members_written;
  const bool one_root = world.tree.divisions.size() == 1 || world.tree.divisions[1].parent == 0;
  if (one_root) report->root_name = world.tree.divisions[0].name;
  return true;
}

}  // namespace jiceng::cli
