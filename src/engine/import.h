// Ledgers in: what files say becomes one commit, or every row that stands in the way is named.
#ifndef JICENG_ENGINE_IMPORT_H_
#define JICENG_ENGINE_IMPORT_H_

#include <string>
#include <utility>
#include <vector>

#include "engine/store.h"
#include "ledgers/ledger.h"

namespace jiceng::engine {

struct ImportOptions {
  std::vector<std::string> paths;
  // Ledgers in memory, which outlives the call, by the names of their files; where there are any, no path is read.
  std::vector<std::pair<std::string, std::string_view>> bytes;
  bool dry_run = false;
  bool keep_good = false;                     // leave bad rows out instead of keeping nothing
  bool snapshot_mode = false;                 // the ledgers list all that holds on `date` within `scope`
  base::Date date = base::Date::Beginning();  // changed facts and structure hold from then; Beginning(): they correct
                                              // what was believed
  std::string scope;                          // snapshot mode: a node in text
  int64_t max_closures = -1;                  // -1: no limit
  std::string under;                          // registers: where names are looked for; "": everywhere
  CommitOptions commit;
};

// Refused: more closures than allowed, or a rule newly broken that a pack blocks; then commit.refused has the findings.
enum class ImportOutcome { kDone = 1, kChecked = 2, kRejected = 3, kRefused = 4 };

// A tie that snapshot mode ends, with its nodes in text.
struct Closure {
  model::Tie tie;
  std::string from, to;
};

struct ImportReport {
  ImportOutcome outcome = ImportOutcome::kDone;
  int64_t seq = 0;
  int64_t rejected = 0;  // rows
  std::vector<std::pair<std::string, int64_t>>
      rows;  // accepted by file name, in order of name; unchanged and identical ones included
  ledgers::Diagnostics diagnostics;
  std::vector<Closure> closures;
};

// Errors: those of reading files and of Store::Commit, INVALID_ARGUMENT for options, CANCELLED.  Bad rows are in the
// report, not an error.
absl::StatusOr<ImportReport> Import(Store* store, const ImportOptions& options);

}  // namespace jiceng::engine

#endif  // JICENG_ENGINE_IMPORT_H_
