// Synthetic ledgers over real divisions: the `synth` command (docs: the ledger contract).  Everything but the divisions
// is invented.
//
// Dates are placed around one fixed reference day, 2026-06-30: what the ledgers call "now".  Rows after it are plans
// (moves, successors, grids to come), rows before it are history; audits and questions are most lively on that day.
#ifndef JICENG_CLI_SYNTH_SYNTH_H_
#define JICENG_CLI_SYNTH_SYNTH_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jiceng::cli {

// The day the ledgers are set in.
inline constexpr char kSynthReferenceDay[] = "2026-06-30";

struct SynthOptions {
  std::string out_dir;   // made when missing; ledgers that synth did not write are never overwritten
  std::string division;  // 2, 4, 6, 9 or 12 digits, zero-padded or not; "0" or "cn": the whole country
  int64_t members = 0;   // full and probationary members together; 0: units.csv only, real divisions without grids
  uint64_t seed = 1;     // same options, same data set: same bytes
  int64_t prefix = 0;    // 1 to 99: before the numbers of organisations and people, so that several sets do not meet
  std::string divisions_dir;  // a folder with provinces.csv .. villages.csv; empty: the shipped city
  // Called now and then; false stops the work with the error "cancelled".  `total` is in the unit of `done` (rows,
  // places).
  std::function<bool(std::string_view stage, int64_t done, int64_t total)> progress;
  std::string shipped_data_path;  // folder of the shipped city's CSV files
};

struct SynthReport {
  std::vector<std::pair<std::string, int64_t>>
      rows;  // file name and rows without the header, in the order of the contract
  int64_t total_rows = 0;
  int64_t units_without_grids = 0, grids = 0, organizations = 0, members = 0, non_members = 0;
  std::string root_name;  // e.g. "玄武区"; "" for the whole country
};

// Writes units.csv, orgs.csv, people.csv, affiliations.csv, employments.csv, residences.csv, appointments.csv,
// reports.csv, terms.csv, ties.csv and a note SYNTHETIC.txt saying what they are.  On false `*error` is one line and
// the folder may hold half-written ledgers.  Memory grows with divisions and organisations, not with people.
bool Synthesize(const SynthOptions& options, SynthReport* report, std::string* error);

}  // namespace jiceng::cli

#endif  // JICENG_CLI_SYNTH_SYNTH_H_
