// Who is compared: the library, SQLite, and the peers that were found when this was built and can run here.
#ifndef JICENG_BENCHMARKS_SIDES_H_
#define JICENG_BENCHMARKS_SIDES_H_

#include "benchmarks/jiceng_side.h"
#include "benchmarks/options.h"
#include "benchmarks/sqlite_side.h"
#ifdef JICENG_BENCHMARKS_DUCKDB
#include "benchmarks/duckdb_side.h"
#endif
#ifdef JICENG_BENCHMARKS_POSTGRES
#include "benchmarks/postgres_side.h"
#endif

namespace jiceng::benchmarks {

template <class S>
struct Of {
  using Side = S;
};

// Calls `visit(Of<Side>())` for every peer that takes part.
template <class Visit>
void ForEachPeer(const Options& options, const Visit& visit) {
  const auto offer = [&](auto of) {
    if (!options.Without(decltype(of)::Side::kName)) visit(of);
  };
  offer(Of<SqliteSide>());
#ifdef JICENG_BENCHMARKS_DUCKDB
  offer(Of<DuckdbSide>());
#endif
#ifdef JICENG_BENCHMARKS_POSTGRES
  offer(Of<PostgresSide>());
#endif
}

// The same, the library first.
template <class Visit>
void ForEachSide(const Options& options, const Visit& visit) {
  visit(Of<JicengSide>());
  ForEachPeer(options, visit);
}

}  // namespace jiceng::benchmarks

#endif  // JICENG_BENCHMARKS_SIDES_H_
