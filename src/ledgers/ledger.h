// The ledgers of the contract: which files there are, which columns each has, and typed rows out of them.
#ifndef JICENG_LEDGERS_LEDGER_H_
#define JICENG_LEDGERS_LEDGER_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "base/date.h"
#include "model/catalogue.h"
#include "model/tie.h"

namespace jiceng::ledgers {

// In the order in which references resolve: what a ledger refers to lies in one before it.
enum class Ledger : uint8_t {
  kUnits,
  kOrgs,
  kPeople,
  kAffiliations,
  kEmployments,
  kResidences,
  kAppointments,
  kReports,
  kTerms,
  kTies,
  kHistory,
  kMatters,
  kMatterSteps,
};
inline constexpr int kLedgers = 13;

// What a cell of the column must look like and what Cell carries besides the text.
enum class CellType : uint8_t {
  kText,         // any; no control characters
  kPersonName,   // base::CheckPersonName
  kId,           // a host id
  kSubject,      // a host id, or the text form of a person or organisation, "person:1"
  kUnitCode,     // the code a unit is given: a host id; a warning ODD_CODE when it is no division or grid code
  kUnitRef,      // a unit named by id or code
  kNode,         // text form of a node, "org:1"
  kLevel,        // number = model::Level
  kOrgKind,      // number = model::OrgKind::number
  kRole,         // number = model::Role::number
  kManner,       // number = manner of the ledger's tie kind
  kPartyStatus,  // number = model::PartyStatus
  kFlag,         // "0" or "1"
  kCount,        // a whole number >= 0, fits int32
  kSex,          // "male"/"female" (also "男"/"女"): number 1 or 2
  kDate,         // ISO date; date
  kPartialDate,  // YYYY, YYYY-MM or YYYY-MM-DD; date and precision
  kTieKind,      // number = model::TieKind
  kJsonObject,   // text = canonical JSON (keys sorted, no spaces), "" for an empty object
};

struct ColumnSpec {
  const char* name;
  CellType type;
  bool in_header;        // the header must have it
  bool not_empty;        // every row must fill it
  const char* title_zh;  // what offices call it, spellings parted by '|'; only to recognise a header that is close
};

// Two dates of a row in order: `first` is before `second`, or, when `same_day_ok` (the second is a last day), not after
// it.
struct IntervalSpec {
  int first, second;  // positions in columns
  bool same_day_ok;
};

struct LedgerSpec {
  Ledger ledger;
  const char* file;                 // "units.csv"
  model::TieKind tie;               // what each row is, or kNone; its manners are the `kind` column's values
  std::vector<ColumnSpec> columns;  // fixed order; rows are given in it whatever the file's order
  std::vector<IntervalSpec> intervals;
  std::vector<int> one_of;  // exactly one of these columns is filled in a row; empty: no such demand
  // It may have any further columns, whose names say what is in them (what is told with a step depends on the procedure);
  // then its own are also known by the titles that offices give them.
  bool open = false;
};
const LedgerSpec& SpecOf(Ledger ledger);
const LedgerSpec* FindSpec(std::string_view file_name);  // ASCII case does not matter; nullptr: not a ledger

// One cell, valid during the row callback only (the text may lie in a buffer that is reused).
struct Cell {
  std::string_view text;  // as written, white space at both ends cut; "" when empty or the column is absent. Full-width
                          // digits of unit codes are narrowed
  int64_t number = 0;
  base::Date date;
  uint8_t precision = 0;  // base::PartialDate::Precision
  bool present = false;   // the file has the column and the cell is not empty
};

// What was wrong or odd with one cell, or with a whole row or file (column empty, row 0).
struct Problem {
  std::string file;  // name as given to the import, e.g. "units.csv"
  int64_t row = 0;   // as in Excel: the header is row 1
  std::string column, cell;
  std::string code;     // stable: BAD_DATE, MISSING_COLUMN, UNKNOWN_REFERENCE, ...
  std::string message;  // what was expected and what to do
};

// Collects errors whole, or the first `kept_errors` of them, and warnings by code (the first few of each code whole).
// One thread at a time.
class Diagnostics {
 public:
  static constexpr size_t kAllErrors = ~size_t{0};
  static constexpr int64_t kKeptWarnings = 20;  // of each code
  explicit Diagnostics(size_t kept_errors = kAllErrors) : kept_errors_(kept_errors) {}

  void AddError(Problem problem);
  void AddWarning(Problem problem);
  const std::vector<Problem>& errors() const { return errors_; }
  int64_t error_count() const { return error_count_; }  // kept or not
  const std::vector<Problem>& warnings() const { return warnings_; }
  const std::map<std::string, int64_t>& warning_counts() const { return warning_counts_; }

 private:
  size_t kept_errors_;
  int64_t error_count_ = 0;
  std::vector<Problem> errors_, warnings_;
  std::map<std::string, int64_t> warning_counts_;
};

// A ledger's bytes: a file mapped (a large one) or read, or memory of the host.  Moves, does not copy.
class Source {
 public:
  Source(std::string name, std::string bytes);          // owns
  Source(std::string name, std::string_view borrowed);  // outlives the source
  // Errors: NOT_FOUND, PERMISSION_DENIED, UNAVAILABLE.
  static absl::StatusOr<Source> FromFile(const std::string& path);
  Source(Source&&) noexcept;
  Source& operator=(Source&&) noexcept;
  ~Source();

  const std::string& name() const { return name_; }  // the file's own name without its folder
  std::string_view bytes() const { return bytes_; }
  // Lets the memory of what was read go while the rest is read; a mapped file's pages come back when asked for again.
  void LetGo(size_t from, size_t to) const;

 private:
  std::string name_, owned_;
  std::string_view bytes_;
  void* mapped_ = nullptr;
};

// Files and folders (their CSV files, sorted by name; not deeper) -> sources.  CSV files that are no ledger are left
// out with the warning SKIPPED_FILE, unless `wanted` says to keep one (a register); a path that is not there is
// NOT_FOUND; a folder without a ledger, or paths without any, INVALID_ARGUMENT, reason NO_LEDGER.
absl::StatusOr<std::vector<Source>> OpenSources(absl::Span<const std::string> paths, Diagnostics* diagnostics);
absl::StatusOr<std::vector<Source>> OpenSources(absl::Span<const std::string> paths, Diagnostics* diagnostics,
                                                absl::FunctionRef<bool(const Source&)> wanted);
// The same of sources that are there already.
absl::StatusOr<std::vector<Source>> TakeSources(std::vector<Source> given, Diagnostics* diagnostics,
                                                absl::FunctionRef<bool(const Source&)> wanted);

// Reads one ledger row by row.  UTF-8 (BOM allowed) or else GB18030; RFC 4180 quoting; CRLF, LF or CR; columns in any
// order; headers matched after NormalizeWidth and ASCII case folding; unknown columns are UNKNOWN_COLUMN warnings.
// `row` is called for each row that is well formed cell by cell with `cells` in the spec's order; ill-formed rows go to
// `diagnostics` (every bad cell, not only the first) and are skipped.  A missing or doubled header column, or bytes in
// no encoding, is an error of the whole file: it goes to `diagnostics` and is returned as INVALID_ARGUMENT with the
// problem's code as its reason.  Bad rows alone leave the status OK.  Empty lines, and rows of empty cells only, are
// skipped but counted.  `progress` gets bytes done; returning false stops with CANCELLED.
// Where the ledger is open, the cells of further columns follow those of the spec, as text; `further`, where it is given,
// has their headers as written before the first row is read.
absl::Status ReadLedger(Ledger ledger, const Source& source, const model::Catalogue& catalogue,
                        Diagnostics* diagnostics,
                        absl::FunctionRef<void(int64_t row, absl::Span<const Cell> cells)> row,
                        absl::FunctionRef<bool(int64_t bytes)> progress, std::vector<std::string>* further = nullptr);

// Columns by position in their spec, for readers of rows.
enum UnitColumn {
  kUnitCode,
  kUnitName,
  kUnitLevel,
  kUnitParentCode,
  kUnitHouseholds,
  kUnitPopulation,
  kUnitId,
  kUnitFrom,
  kUnitTo
};
enum OrgColumn {
  kOrgId,
  kOrgName,
  kOrgKindColumn,
  kOrgParentId,
  kOrgUnitCode,
  kOrgFounded,
  kOrgDissolved,
  kOrgUscc,
  kOrgPartyCode
};
enum PersonColumn {
  kPersonId,
  kPersonName,
  kPersonStatus,
  kPersonJoinedOn,
  kPersonInService,
  kPersonFullOn,
  kPersonStatusFrom,
  kPersonSex
};
// affiliations (target branch_id), employments (employer_id), residences (unit_code); kManner only in the first
enum SimpleTieColumn { kTiePerson, kTieTarget, kTieFrom, kTieTo, kTieManner };
enum AppointmentColumn {
  kPostPerson,
  kPostOrg,
  kPostUnit,
  kPostRole,
  kPostManner,
  kPostFrom,
  kPostTo,
  kPostCapacity,
  kPostChannel,
  kPostOnBehalfOf,
  kPostExOfficioOf,
};
enum ReportColumn { kReportSubject, kReportCommunity, kReportFrom, kReportTo };
enum TermColumn { kTermOrg, kTermNo, kTermElectedOn, kTermYears, kTermEndsOn, kTermExtendedTo };
enum AnyTieColumn { kAnyKind, kAnyFromNode, kAnyToNode, kAnyFrom, kAnyTo, kAnyAttributes };
enum HistoryColumn { kHistoryNode, kHistoryAttribute, kHistoryValue, kHistoryFrom, kHistoryTo };
enum MatterColumn { kMatterId, kMatterProcedure, kMatterVersion, kMatterOpened, kMatterActor };
enum MatterStepColumn { kStepMatter, kStepNumber, kStepAt, kStepName, kStepActor };

}  // namespace jiceng::ledgers

#endif  // JICENG_LEDGERS_LEDGER_H_
