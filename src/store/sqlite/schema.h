// The tables of a store file, format 4.  docs/store-format.md explains them, docs/sql-views.md the views on top.
#ifndef JICENG_STORE_SQLITE_SCHEMA_H_
#define JICENG_STORE_SQLITE_SCHEMA_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "model/node.h"
#include "store/canonical.h"
#include "store/sqlite/connection.h"

namespace jiceng::store {

inline constexpr uint32_t kApplicationId = 0x4a434e47;  // "JCNG" at byte 68 of the file
inline constexpr int64_t kFormat = 4;                   // user_version
inline constexpr int64_t kOldestFormat = 3;             // without steps of matters; any before that is refused

// A row's id: the commit that wrote it and its place there, counting all rows of the commit in batch order.
constexpr int64_t RowId(int64_t seq, int64_t ordinal) { return seq << 32 | ordinal; }
constexpr int64_t SeqOfRow(int64_t id) { return id >> 32; }
constexpr int64_t OrdinalOfRow(int64_t id) { return id & 0xffffffff; }

// Small values of a row that share its integer `traits`: a column of its own costs a byte even where it holds nothing,
// in each of millions of rows.  What is common takes the low bits, since SQLite keeps small integers in few bytes.
struct Trait {
  int shift;
  int64_t mask;
  constexpr int64_t Put(int64_t value) const { return value << shift; }
  constexpr int64_t Of(int64_t traits) const { return traits >> shift & mask; }
  std::string Sql(std::string_view traits) const;  // the value as an expression
};
inline constexpr Trait kNodeAction{0, 3}, kFromPrecision{2, 3}, kToPrecision{4, 3};
inline constexpr int64_t kNodeTraits = 0x3f;
inline constexpr Trait kTieKind{0, 0x1f}, kTieManner{5, 0xff}, kTieRole{13, 0xff}, kTieWithdrawn{21, 1},
    kTieAttributes{22, 1};
inline constexpr int64_t kTieTraits = 0x7fffff;

// The table of a node kind's rows and its fact columns in the order of model::Fact.
struct NodeTable {
  model::NodeKind kind;
  const char* name;
  int facts;
  std::array<const char*, model::kMaxFacts> columns;
};
inline constexpr NodeTable kNodeTables[] = {
    {model::NodeKind::kUnit, "unit_row", 4, {"level", "households", "population", "parent"}},
    {model::NodeKind::kOrganization, "organization_row", 3, {"kind", "parent", "seat"}},
    {model::NodeKind::kPerson, "person_row", 5, {"party_status", "in_service", "joined_on", "full_on", "sex"}},
};

// What a store is from its creation on.
struct StoreInfo {
  Uuid uuid{};
  std::array<uint8_t, 32> key{};
};

// The list of marks of erased people, which no store has before the first erasure.
inline constexpr char kErasedTable[] = "erased (mark BLOB PRIMARY KEY) WITHOUT ROWID";

// Makes the tables, views and the info row, in one transaction.
absl::Status CreateSchema(Connection* connection, const StoreInfo& info);
// Errors: DATA_LOSS STORE_CORRUPT when a table is not as CreateSchema() makes it, or a trigger has come.
absl::Status CheckSchema(Connection* connection);
absl::StatusOr<StoreInfo> ReadInfo(Connection* connection);
// Makes of a store of an older format one of this, in one transaction: tables and views are added, no row is touched.
absl::Status Upgrade(Connection* connection);
absl::StatusOr<bool> HasTable(Connection* connection, std::string_view name);

absl::Status CorruptError(const std::string& path, std::string_view what);

}  // namespace jiceng::store

#endif  // JICENG_STORE_SQLITE_SCHEMA_H_
