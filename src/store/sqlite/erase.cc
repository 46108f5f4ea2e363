// Erasing people: their ids, names, texts and salts leave the side tables, and the files.
#include <string>

#include "base/status.h"
#include "base/strings.h"
#include "store/sqlite/sqlite_store.h"

namespace jiceng::store {
namespace {

// Runs a statement with one number or one blob bound.
template <typename Bind>
absl::Status RunWith(Connection* connection, std::string_view sql, Bind bind) {
  Statement statement;
  RETURN_IF_ERROR(statement.Prepare(connection, sql));
  bind(&statement);
  return statement.Run();
}

}  // namespace

absl::StatusOr<CommitInfo> SqliteStore::Erase(const model::CommitHeader& header, const model::Batch& batch,
                                              absl::Span<const std::string> marks) {
  const auto no_progress = [](int64_t, int64_t) { return true; };
  return AppendAnd(header, batch, no_progress, [&]() -> absl::Status {
    for (const model::NodeRow& row : batch.nodes) RETURN_IF_ERROR(EraseTexts(row.node));
    return Remember(marks);
  });
}

absl::Status SqliteStore::EraseSealed(absl::Span<const model::NodeNumber> nodes, absl::Span<const std::string> marks) {
  std::lock_guard<std::mutex> lock(mutex_);
  Transaction transaction(&connection_);
  RETURN_IF_ERROR(transaction.Begin(Transaction::kWrite));
  for (const model::NodeNumber node : nodes) RETURN_IF_ERROR(EraseTexts(node));
  RETURN_IF_ERROR(Remember(marks));
  return transaction.Commit();
}

absl::Status SqliteStore::Remember(absl::Span<const std::string> marks) {
  RETURN_IF_ERROR(connection_.Execute(base::StrCat("CREATE TABLE IF NOT EXISTS ", kErasedTable).c_str()));
  for (const std::string& mark : marks) {
    RETURN_IF_ERROR(
        RunWith(&connection_, "INSERT OR IGNORE INTO erased VALUES (?1)", [&](Statement* s) { s->BindBlob(1, mark); }));
  }
  return absl::OkStatus();
}

absl::Status SqliteStore::EraseTexts(model::NodeNumber node) {
  for (const char* sql :
       {"UPDATE identity SET id = NULL, name = NULL, salt = NULL WHERE node = ?1", "DELETE FROM text WHERE node = ?1",
        "DELETE FROM attachment WHERE (SELECT node FROM attachment_row WHERE attachment_row.id = attachment.id) = ?1",
        "DELETE FROM step WHERE (SELECT about FROM step_row WHERE step_row.id = step.id) = ?1",
        // The salt of a tie's attributes is that of the node it leaves.
        "DELETE FROM tie_text WHERE (SELECT from_node FROM tie_row WHERE tie_row.id = tie_text.id) = ?1"}) {
    RETURN_IF_ERROR(RunWith(&connection_, sql, [&](Statement* s) { s->Bind(1, node.ToInt64()); }));
  }
  return absl::OkStatus();
}

absl::Status SqliteStore::Scrub() {
  RETURN_IF_ERROR(process_.Check());
  std::lock_guard<std::mutex> lock(mutex_);
  if (read_only_) return ReadOnlyError();
  // What lies in pages nobody uses any more, or in the unused parts of others, goes with the old file's content; what
  // lies in the write-ahead log when it is cut.
  for (const char* sql : {"PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"}) {
    ASSIGN_OR_RETURN(const int64_t busy, connection_.QueryInt(sql));
    if (busy == 0) continue;
    return base::Error(absl::StatusCode::kUnavailable, "STORE_LOCKED",
                       base::StrCat("another process is reading ", path(),
                                    ": its log cannot be cut yet and still has the bytes; try again"));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> SqliteStore::ReadErased() {
  RETURN_IF_ERROR(process_.Check());
  std::lock_guard<std::mutex> lock(mutex_);
  std::vector<std::string> marks;
  ASSIGN_OR_RETURN(const int64_t there,
                   connection_.QueryInt("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'erased'"));
  if (there == 0) return marks;
  Statement read;
  RETURN_IF_ERROR(read.Prepare(&connection_, "SELECT mark FROM erased ORDER BY mark"));
  for (;;) {
    ASSIGN_OR_RETURN(const bool row, read.Step());
    if (!row) return marks;
    marks.emplace_back(read.Bytes(0));
  }
}

}  // namespace jiceng::store
