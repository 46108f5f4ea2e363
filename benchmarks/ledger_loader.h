// Ledgers for the peers: read, numbered and sorted in memory, handed over in the order of schema.sql's tables.
#ifndef JICENG_BENCHMARKS_LEDGER_LOADER_H_
#define JICENG_BENCHMARKS_LEDGER_LOADER_H_

#include <string>

#include "benchmarks/table_writer.h"

namespace jiceng::benchmarks {

// Fails on a reference that is not in the ledgers, and on ledgers that the peers' tables cannot hold.
void LoadLedgers(const std::string& ledgers, TableWriter& writer);

}  // namespace jiceng::benchmarks

#endif  // JICENG_BENCHMARKS_LEDGER_LOADER_H_
