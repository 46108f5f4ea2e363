#include "store/sqlite/schema.h"

#include <vector>

#include "base/status.h"
#include "base/strings.h"
#include "store/sqlite/views.h"

namespace jiceng::store {
namespace {

struct Table {
  std::string name, sql;
  int64_t since = kOldestFormat;
};

std::string NodeTableSql(const NodeTable& table) {
  std::string facts;
  for (int i = 0; i < table.facts; ++i) absl::StrAppend(&facts, ", ", table.columns[i], " INTEGER");
  return base::StrCat("CREATE TABLE ", table.name,
                      " (id INTEGER PRIMARY KEY, node INTEGER NOT NULL, traits INTEGER NOT NULL, life_from INTEGER, "
                      "life_to INTEGER",
                      facts, ", commitment BLOB)");
}

// The log's tables are clustered by (seq, ordinal) through `id` and carry no index: questions are answered from memory,
// and catching up is a range of ids.  The side tables identity, text, attachment, step and tie_text hold what can be
// erased.
//
// Two columns are kept short.  identity.id is an integer where the id is a plain decimal, which the text form gives
// back byte for byte.  tie_row.tie is NULL where the number is the row's ordinal and its commit's tie_offset, as in all
// rows of a commit that only opens ties: their numbers follow each other.
std::vector<Table> Tables() {
  std::vector<Table> tables = {
      {"store_info",
       "CREATE TABLE store_info (one INTEGER PRIMARY KEY CHECK (one = 1), format INTEGER NOT NULL, uuid BLOB NOT NULL, "
       "key BLOB NOT NULL, digest BLOB NOT NULL)"},
      {"commit_log",
       "CREATE TABLE commit_log (seq INTEGER PRIMARY KEY, recorded_at INTEGER NOT NULL, operation TEXT NOT NULL, "
       "author TEXT, reason TEXT, basis TEXT, salt BLOB, author_commitment BLOB NOT NULL, "
       "reason_commitment BLOB NOT NULL, basis_commitment BLOB NOT NULL, rows INTEGER NOT NULL, "
       "tie_offset INTEGER NOT NULL, hash BLOB NOT NULL)"},
  };
  for (const NodeTable& table : kNodeTables) tables.push_back({table.name, NodeTableSql(table)});
  const Table rest[] = {
      {"fact_row",
       "CREATE TABLE fact_row (id INTEGER PRIMARY KEY, node INTEGER NOT NULL, fact INTEGER NOT NULL, valid_from "
       "INTEGER, "
       "valid_to INTEGER, value INTEGER)"},
      {"text_row",
       "CREATE TABLE text_row (id INTEGER PRIMARY KEY, node INTEGER NOT NULL, attribute INTEGER NOT NULL, "
       "valid_from INTEGER, valid_to INTEGER, commitment BLOB NOT NULL)"},
      {"term_row",
       "CREATE TABLE term_row (id INTEGER PRIMARY KEY, org INTEGER NOT NULL, number INTEGER NOT NULL, "
       "elected_on INTEGER, years INTEGER NOT NULL, ends_on INTEGER, extended_to INTEGER, withdrawn INTEGER NOT NULL)"},
      {"attachment_row",
       "CREATE TABLE attachment_row (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, node INTEGER, name TEXT NOT NULL, "
       "valid_from INTEGER, valid_to INTEGER, priority INTEGER NOT NULL, withdrawn INTEGER NOT NULL, "
       "commitment BLOB NOT NULL)"},
      {"step_row",
       "CREATE TABLE step_row (id INTEGER PRIMARY KEY, matter INTEGER NOT NULL, number INTEGER NOT NULL, "
       "about INTEGER NOT NULL, day INTEGER NOT NULL, minute INTEGER NOT NULL, actor INTEGER, word TEXT NOT NULL, "
       "withdrawn INTEGER NOT NULL, commitment BLOB NOT NULL)",
       4},
      {"tie_row",
       "CREATE TABLE tie_row (id INTEGER PRIMARY KEY, tie INTEGER, traits INTEGER NOT NULL, from_node INTEGER NOT "
       "NULL, "
       "to_node INTEGER NOT NULL, valid_from INTEGER, valid_to INTEGER)"},
      {"tie_commitment", "CREATE TABLE tie_commitment (id INTEGER PRIMARY KEY, commitment BLOB NOT NULL)"},
      {"identity", "CREATE TABLE identity (node INTEGER PRIMARY KEY, seq INTEGER NOT NULL, id, name TEXT, salt BLOB)"},
      {"text",
       "CREATE TABLE text (node INTEGER, id INTEGER, value TEXT NOT NULL, PRIMARY KEY (node, id)) WITHOUT ROWID"},
      {"attachment", "CREATE TABLE attachment (id INTEGER PRIMARY KEY, content BLOB NOT NULL)"},
      {"step", "CREATE TABLE step (id INTEGER PRIMARY KEY, content BLOB NOT NULL)", 4},
      {"tie_text", "CREATE TABLE tie_text (id INTEGER PRIMARY KEY, attributes TEXT NOT NULL)"},
  };
  tables.insert(tables.end(), std::begin(rest), std::end(rest));
  return tables;
}

// Of the info row, which no commit's hash covers.
base::Digest InfoDigest(int64_t format, const StoreInfo& info) {
  return base::Sha256(base::StrCat("jiceng store ", format, ":", AsBytes(info.uuid), AsBytes(info.key)));
}

absl::StatusOr<int64_t> FormatOf(Connection* connection) { return connection->QueryInt("PRAGMA user_version"); }

absl::Status SetFormat(Connection* connection) {
  return connection->Execute(base::StrCat("PRAGMA user_version = ", kFormat).c_str());
}

}  // namespace

std::string Trait::Sql(std::string_view traits) const {
  return base::StrCat("(", traits, " >> ", shift, " & ", mask, ")");
}

absl::Status CorruptError(const std::string& path, std::string_view what) {
  return base::Error(absl::StatusCode::kDataLoss, "STORE_CORRUPT",
                     base::StrCat(path, " is damaged: ", what, "; restore it from a backup"));
}

absl::Status CreateSchema(Connection* connection, const StoreInfo& info) {
  Transaction transaction(connection);
  RETURN_IF_ERROR(transaction.Begin(Transaction::kWrite));
  RETURN_IF_ERROR(connection->Execute(base::StrCat("PRAGMA application_id = ", kApplicationId).c_str()));
  RETURN_IF_ERROR(SetFormat(connection));
  for (const Table& table : Tables()) RETURN_IF_ERROR(connection->Execute(table.sql.c_str()));
  for (const std::string& view : ViewStatements()) RETURN_IF_ERROR(connection->Execute(view.c_str()));
  Statement insert;
  RETURN_IF_ERROR(insert.Prepare(connection, "INSERT INTO store_info VALUES (1, ?, ?, ?, ?)"));
  const base::Digest digest = InfoDigest(kFormat, info);
  insert.Bind(1, kFormat);
  insert.BindBlob(2, AsBytes(info.uuid));
  insert.BindBlob(3, AsBytes(info.key));
  insert.BindBlob(4, base::Bytes(digest));
  RETURN_IF_ERROR(insert.Run());
  return transaction.Commit();
}

absl::Status CheckSchema(Connection* connection) {
  ASSIGN_OR_RETURN(const int64_t format, FormatOf(connection));
  Statement read;
  RETURN_IF_ERROR(read.Prepare(connection, "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?"));
  for (const Table& table : Tables()) {
    if (table.since > format) continue;
    Rewinder rewinder(&read);
    read.BindText(1, table.name);
    ASSIGN_OR_RETURN(const bool row, read.Step());
    if (!row || read.Bytes(0) != table.sql) {
      return CorruptError(connection->path(), base::StrCat("table ", table.name, " is not as it was made"));
    }
  }
  {
    Rewinder rewinder(&read);
    read.BindText(1, "erased");
    ASSIGN_OR_RETURN(const bool row, read.Step());
    if (row && read.Bytes(0) != base::StrCat("CREATE TABLE ", kErasedTable)) {
      return CorruptError(connection->path(), "table erased is not as it was made");
    }
  }
  ASSIGN_OR_RETURN(const int64_t triggers,
                   connection->QueryInt("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'"));
  if (triggers != 0) return CorruptError(connection->path(), "it has triggers, which no store has");
  return absl::OkStatus();
}

absl::StatusOr<StoreInfo> ReadInfo(Connection* connection) {
  ASSIGN_OR_RETURN(const int64_t format, FormatOf(connection));
  Statement read;
  RETURN_IF_ERROR(read.Prepare(connection, "SELECT uuid, key, digest FROM store_info"));
  ASSIGN_OR_RETURN(const bool row, read.Step());
  StoreInfo info;
  base::Digest digest;
  if (!row || !read.Array(0, &info.uuid) || !read.Array(1, &info.key) || !read.Array(2, &digest) ||
      digest != InfoDigest(format, info)) {
    return CorruptError(connection->path(), "its info row is not as it was made");
  }
  return info;
}

absl::Status Upgrade(Connection* connection) {
  Transaction transaction(connection);
  RETURN_IF_ERROR(transaction.Begin(Transaction::kWrite));
  ASSIGN_OR_RETURN(const int64_t format, FormatOf(connection));
  if (format == kFormat) return absl::OkStatus();  // another process was first
  RETURN_IF_ERROR(CheckSchema(connection));
  ASSIGN_OR_RETURN(const StoreInfo info, ReadInfo(connection));
  for (const Table& table : Tables()) {
    if (table.since > format) RETURN_IF_ERROR(connection->Execute(table.sql.c_str()));
  }
  std::string drop;
  {
    Statement views;
    RETURN_IF_ERROR(
        views.Prepare(connection, "SELECT name FROM sqlite_schema WHERE type = 'view' AND name LIKE 'jiceng%'"));
    for (;;) {
      ASSIGN_OR_RETURN(const bool row, views.Step());
      if (!row) break;
      drop += base::StrCat("DROP VIEW \"", views.Bytes(0), "\";");
    }
  }
  if (!drop.empty()) RETURN_IF_ERROR(connection->Execute(drop.c_str()));
  for (const std::string& view : ViewStatements()) RETURN_IF_ERROR(connection->Execute(view.c_str()));
  Statement update;
  RETURN_IF_ERROR(update.Prepare(connection, "UPDATE store_info SET format = ?1, digest = ?2"));
  const base::Digest digest = InfoDigest(kFormat, info);
  update.Bind(1, kFormat);
  update.BindBlob(2, base::Bytes(digest));
  RETURN_IF_ERROR(update.Run());
  RETURN_IF_ERROR(SetFormat(connection));
  return transaction.Commit();
}

absl::StatusOr<bool> HasTable(Connection* connection, std::string_view name) {
  Statement read;
  RETURN_IF_ERROR(read.Prepare(connection, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1"));
  read.BindText(1, name);
  return read.Step();
}

}  // namespace jiceng::store
