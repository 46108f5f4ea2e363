// Any bytes as any ledger and any register.  The first byte says which.  Besides not crashing, what comes out must be
// what the headers promise.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "ledgers/csv.h"
#include "ledgers/ledger.h"
#include "ledgers/register.h"
#include "tests/ledgers/fixtures.h"

namespace jiceng::ledgers {
namespace {

void Demand(bool holds) {
  if (!holds) std::abort();
}

void CheckCells(absl::Span<const Cell> cells, size_t count) {
  Demand(cells.size() == count);
  for (const Cell& cell : cells) {
    Demand(cell.present == !cell.text.empty() ||
           cell.present);  // canonical JSON of an empty object is empty but present
    Demand(base::FindInvalidUtf8(cell.text) == std::string_view::npos);
  }
}

void CheckProblems(const Diagnostics& diagnostics) {
  for (const Problem& problem : diagnostics.errors()) {
    Demand(!problem.code.empty() && !problem.message.empty());
    Demand(problem.cell.size() < 300);
  }
}

void ReadAsLedger(Ledger ledger, std::string_view bytes) {
  const LedgerSpec& spec = SpecOf(ledger);
  const Source source(spec.file, bytes);
  Diagnostics diagnostics;
  int64_t last = 1;
  std::vector<std::string> further;
  const absl::Status status = ReadLedger(
      ledger, source, FrozenCatalogue(), &diagnostics,
      [&](int64_t row, absl::Span<const Cell> cells) {
        Demand(row > last);
        last = row;
        Demand(spec.open || further.empty());
        CheckCells(cells, spec.columns.size() + further.size());
        for (const IntervalSpec& interval : spec.intervals) {
          const Cell& first = cells[static_cast<size_t>(interval.first)];
          const Cell& second = cells[static_cast<size_t>(interval.second)];
          Demand(!first.present || !second.present || first.date <= second.date);
        }
      },
      [](int64_t) { return true; }, &further);
  Demand(status.ok() || diagnostics.error_count() > 0);
  CheckProblems(diagnostics);
}

void ReadAsRegister(std::string_view bytes) {
  const Source source("register.csv", bytes);
  const RegisterMapping* found = MatchRegister(source, FrozenRegisters());
  for (const RegisterMapping& mapping : FrozenRegisters()) {
    Diagnostics diagnostics;
    const absl::Status status =
        ReadRegister(mapping, source, FrozenCatalogue(), &diagnostics,
                     [&](int64_t, absl::Span<const Cell> cells) { CheckCells(cells, kRegisterFields); });
    Demand(status.ok() || diagnostics.error_count() > 0);
    Demand(!status.ok() || found != nullptr);
    CheckProblems(diagnostics);
  }
}

void CutOnly(std::string_view bytes) {
  CsvReader csv(bytes);
  CsvRecord record;
  int64_t row = 0;
  size_t position = 0;
  while (csv.Next(&record)) {
    Demand(record.row == ++row && !record.cells.empty());
    Demand(csv.position() > position);
    position = csv.position();
  }
  Demand(position == bytes.size());
}

}  // namespace
}  // namespace jiceng::ledgers

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace jiceng::ledgers;
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const int which = data[0] % (kLedgers + 2);
  if (which < kLedgers) {
    ReadAsLedger(static_cast<Ledger>(which), bytes);
  } else if (which == kLedgers) {
    ReadAsRegister(bytes);
  } else {
    CutOnly(bytes);
  }
  return 0;
}
