#include <utility>

#include "ledgers/ledger.h"

namespace jiceng::ledgers {

void Diagnostics::AddError(Problem problem) {
  ++error_count_;
  if (errors_.size() < kept_errors_) errors_.push_back(std::move(problem));
}

void Diagnostics::AddWarning(Problem problem) {
  if (++warning_counts_[problem.code] <= kKeptWarnings) warnings_.push_back(std::move(problem));
}

}  // namespace jiceng::ledgers
