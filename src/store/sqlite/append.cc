// Writing a commit.
#include <string>
#include <utility>

#include "base/status.h"
#include "base/strings.h"
#include "store/sqlite/sqlite_store.h"

namespace jiceng::store {
namespace {

using model::NodeRow;

// Above this many rows the WAL's second writing of every page costs more than changing the journal twice.
constexpr int64_t kBulkRows = 50000;
constexpr int64_t kProgressEvery = 1 << 16;

// Takes a rollback journal for one large commit.  Appended pages need no journal, so nearly everything is written once.
// TRUNCATE and not DELETE: at synchronous=FULL SQLite syncs the truncation, so a commit cannot be undone by a power
// failure after it returned.  Where another connection is open the change is refused and the WAL serves.
class BulkJournal {
 public:
  BulkJournal(Connection* connection, bool wanted) : connection_(connection), taken_(wanted) {
    if (taken_) Set("PRAGMA journal_mode = TRUNCATE");
  }
  ~BulkJournal() {
    if (taken_) Set("PRAGMA journal_mode = WAL");
  }
  BulkJournal(const BulkJournal&) = delete;
  BulkJournal& operator=(const BulkJournal&) = delete;

 private:
  void Set(const char* sql) { sqlite3_exec(connection_->db(), sql, nullptr, nullptr, nullptr); }

  Connection* connection_;
  bool taken_;
};

absl::Status Cancelled() {
  return base::Error(absl::StatusCode::kCancelled, "CANCELLED", "the commit was stopped; nothing of it was kept");
}

int TableOf(model::NodeNumber node) { return static_cast<int>(node.kind()) - 1; }

// What added to the ordinal of the batch's first tie row gives its number, and of all others in a batch that only opens
// ties.
int64_t TieOffset(const model::Batch& batch) {
  if (batch.ties.empty()) return 0;
  return batch.ties.front().number - (batch.rows() - static_cast<int64_t>(batch.ties.size()));
}

// Counts rows for the progress callback.
class Meter {
 public:
  Meter(absl::FunctionRef<bool(int64_t, int64_t)> progress, int64_t total) : progress_(progress), total_(total) {}
  bool Tick() { return ++done_ % kProgressEvery != 0 || progress_(done_, total_); }
  int64_t done() const { return done_; }

 private:
  absl::FunctionRef<bool(int64_t, int64_t)> progress_;
  int64_t done_ = 0, total_;
};

}  // namespace

absl::StatusOr<CommitInfo> SqliteStore::Append(const model::CommitHeader& header, const model::Batch& batch,
                                               absl::FunctionRef<bool(int64_t, int64_t)> progress) {
  return AppendAnd(header, batch, progress, [] { return absl::OkStatus(); });
}

absl::Status SqliteStore::ReadOnlyError() const {
  return base::Error(absl::StatusCode::kFailedPrecondition, "STORE_READ_ONLY",
                     base::StrCat(path(), " was opened read-only: open it for writing"));
}

absl::StatusOr<CommitInfo> SqliteStore::AppendAnd(const model::CommitHeader& header, const model::Batch& batch,
                                                  absl::FunctionRef<bool(int64_t, int64_t)> progress,
                                                  absl::FunctionRef<absl::Status()> more) {
  RETURN_IF_ERROR(process_.Check());
  RETURN_IF_ERROR(CheckBatch(batch));
  std::lock_guard<std::mutex> lock(mutex_);
  if (read_only_) return ReadOnlyError();
  BulkJournal journal(&connection_, batch.rows() > kBulkRows);
  Transaction transaction(&connection_);
  RETURN_IF_ERROR(transaction.Begin(Transaction::kWrite));
  ASSIGN_OR_RETURN(const Head head, HeadNow());
  RETURN_IF_ERROR(CheckFollows(head, header));
  ASSIGN_OR_RETURN(const Seal seal, SealCommit(head.hash, header, batch, &random_,
                                               [this](model::NodeNumber node) { return SaltOf(node); }));
  RETURN_IF_ERROR(Insert(header, batch, seal, progress));
  RETURN_IF_ERROR(more());
  const absl::Status committed = transaction.Commit();
  if (!committed.ok()) RETURN_IF_ERROR(Settle(seal.hash, committed));
  return CommitInfo{header, batch.rows(), seal.hash};
}

// With a rollback journal, COMMIT fails with the commit kept when only the journal's removal could not be synced; a
// power failure might then bring the journal back.  A further small transaction, synced in full, puts a journal of its
// own in its place and so settles it.
absl::Status SqliteStore::Settle(const base::Digest& hash, const absl::Status& error) {
  if (sqlite3_get_autocommit(connection_.db()) == 0)
    return error;  // the transaction still stands and will be rolled back
  const absl::StatusOr<Head> head = HeadNow();
  if (!head.ok() || head->hash != hash) return error;
  return connection_.Execute(base::StrCat("PRAGMA user_version = ", kFormat).c_str());
}

absl::Status SqliteStore::AppendSealed(const model::CommitHeader& header, const model::Batch& batch, const Seal& seal) {
  std::lock_guard<std::mutex> lock(mutex_);
  Transaction transaction(&connection_);
  RETURN_IF_ERROR(transaction.Begin(Transaction::kWrite));
  ASSIGN_OR_RETURN(const Head head, HeadNow());
  RETURN_IF_ERROR(CheckFollows(head, header));
  RETURN_IF_ERROR(Insert(header, batch, seal, [](int64_t, int64_t) { return true; }));
  return transaction.Commit();
}

absl::StatusOr<Salt> SqliteStore::SaltOf(model::NodeNumber node) {
  RETURN_IF_ERROR(salt_.Prepare(&connection_, "SELECT salt FROM identity WHERE node = ?"));
  Rewinder rewinder(&salt_);
  salt_.Bind(1, node.ToInt64());
  ASSIGN_OR_RETURN(const bool row, salt_.Step());
  Salt salt;
  if (!row || !salt_.Array(0, &salt)) return NoIdentityError(node);
  return salt;
}

absl::Status SqliteStore::Insert(const model::CommitHeader& header, const model::Batch& batch, const Seal& seal,
                                 absl::FunctionRef<bool(int64_t, int64_t)> progress) {
  Meter meter(progress, batch.rows());
  const auto row_id = [&] { return RowId(header.seq, meter.done()); };

  struct {
    int64_t count = 0, first = 0, last = 0;
  } of_table[3];
  for (size_t i = 0; i < batch.nodes.size(); ++i) {
    auto& table = of_table[TableOf(batch.nodes[i].node)];
    table.last = static_cast<int64_t>(i);
    if (table.count++ == 0) table.first = table.last;
  }
  for (int i = 0; i < 3; ++i) {
    const bool consecutive = of_table[i].last - of_table[i].first + 1 == of_table[i].count;
    RETURN_IF_ERROR(insert_nodes_[i].Begin(&connection_, of_table[i].count, consecutive));
  }
  RETURN_IF_ERROR(insert_identity_.Begin(&connection_, static_cast<int64_t>(batch.identities.size())));
  size_t identity = 0;
  for (const NodeRow& row : batch.nodes) {
    const int table = TableOf(row.node);
    Inserter& insert = insert_nodes_[table];
    insert.Row(row_id());
    insert.Int(row.node.ToInt64());
    insert.Int(kNodeAction.Put(row.action) | kFromPrecision.Put(row.from_precision) |
               kToPrecision.Put(row.to_precision));
    insert.From(row.life.from);
    insert.To(row.life.to);
    for (int f = 0; f < kNodeTables[table].facts; ++f) {
      insert.IntOrNull(row.facts[static_cast<size_t>(f)], model::kNoValue);
    }
    if (row.action == NodeRow::kCreate) {
      insert.Blob(AsBytes(seal.identities[identity]));
      insert_identity_.Int(row.node.ToInt64());
      insert_identity_.Int(header.seq);
      insert_identity_.TextOrDecimal(batch.identities[identity].id);
      insert_identity_.Text(batch.identities[identity].name);
      insert_identity_.Blob(AsBytes(seal.salts[identity]));
      const absl::Status added = insert_identity_.EndRow();
      if (base::ErrorReason(added) == "CONSTRAINT") return NodeExistsError();
      RETURN_IF_ERROR(added);
      ++identity;
    } else {
      insert.Null();
    }
    RETURN_IF_ERROR(insert.EndRow());
    if (!meter.Tick()) return Cancelled();
  }

  RETURN_IF_ERROR(insert_fact_.Begin(&connection_, static_cast<int64_t>(batch.facts.size()), true));
  for (const model::FactRow& row : batch.facts) {
    insert_fact_.Row(row_id());
    insert_fact_.Int(row.node.ToInt64());
    insert_fact_.Int(static_cast<int>(row.fact));
    insert_fact_.From(row.valid.from);
    insert_fact_.To(row.valid.to);
    insert_fact_.IntOrNull(row.value, model::kNoValue);
    RETURN_IF_ERROR(insert_fact_.EndRow());
    if (!meter.Tick()) return Cancelled();
  }

  RETURN_IF_ERROR(insert_text_row_.Begin(&connection_, static_cast<int64_t>(batch.texts.size()), true));
  RETURN_IF_ERROR(insert_text_.Begin(&connection_, static_cast<int64_t>(batch.texts.size())));
  for (size_t i = 0; i < batch.texts.size(); ++i) {
    const model::TextRow& row = batch.texts[i];
    insert_text_row_.Row(row_id());
    insert_text_row_.Int(row.node.ToInt64());
    insert_text_row_.Int(static_cast<int>(row.attribute));
    insert_text_row_.From(row.valid.from);
    insert_text_row_.To(row.valid.to);
    insert_text_row_.Blob(AsBytes(seal.texts[i]));
    RETURN_IF_ERROR(insert_text_row_.EndRow());
    insert_text_.Int(row.node.ToInt64());
    insert_text_.Int(row_id());
    insert_text_.Text(row.value);
    RETURN_IF_ERROR(insert_text_.EndRow());
    if (!meter.Tick()) return Cancelled();
  }

  RETURN_IF_ERROR(insert_term_.Begin(&connection_, static_cast<int64_t>(batch.terms.size()), true));
  for (const model::TermRow& row : batch.terms) {
    insert_term_.Row(row_id());
    insert_term_.Int(row.org.ToInt64());
    insert_term_.Int(row.number);
    insert_term_.From(row.elected_on);
    insert_term_.Int(row.years);
    insert_term_.To(row.ends_on);
    insert_term_.To(row.extended_to);
    insert_term_.Int(row.withdrawn ? 1 : 0);
    RETURN_IF_ERROR(insert_term_.EndRow());
    if (!meter.Tick()) return Cancelled();
  }

  RETURN_IF_ERROR(insert_attachment_row_.Begin(&connection_, static_cast<int64_t>(batch.attachments.size()), true));
  RETURN_IF_ERROR(insert_attachment_.Begin(&connection_, static_cast<int64_t>(batch.attachments.size())));
  for (size_t i = 0; i < batch.attachments.size(); ++i) {
    const model::AttachmentRow& row = batch.attachments[i];
    insert_attachment_row_.Row(row_id());
    insert_attachment_row_.Int(static_cast<int>(row.kind));
    insert_attachment_row_.IntOrNull(row.node.ToInt64(), 0);
    insert_attachment_row_.Text(row.name);
    insert_attachment_row_.From(row.valid.from);
    insert_attachment_row_.To(row.valid.to);
    insert_attachment_row_.Int(row.priority);
    insert_attachment_row_.Int(row.withdrawn ? 1 : 0);
    insert_attachment_row_.Blob(AsBytes(seal.contents[i]));
    RETURN_IF_ERROR(insert_attachment_row_.EndRow());
    insert_attachment_.Int(row_id());
    insert_attachment_.Blob(row.content);
    RETURN_IF_ERROR(insert_attachment_.EndRow());
    if (!meter.Tick()) return Cancelled();
  }

  RETURN_IF_ERROR(insert_step_row_.Begin(&connection_, static_cast<int64_t>(batch.steps.size()), true));
  RETURN_IF_ERROR(insert_step_.Begin(&connection_, static_cast<int64_t>(batch.steps.size())));
  for (size_t i = 0; i < batch.steps.size(); ++i) {
    const model::StepRow& row = batch.steps[i];
    insert_step_row_.Row(row_id());
    insert_step_row_.Int(row.matter);
    insert_step_row_.Int(row.number);
    insert_step_row_.Int(row.about.ToInt64());
    insert_step_row_.Int(row.day.days());
    insert_step_row_.Int(row.minute);
    insert_step_row_.IntOrNull(row.actor.ToInt64(), 0);
    insert_step_row_.Text(row.word);
    insert_step_row_.Int(row.withdrawn ? 1 : 0);
    insert_step_row_.Blob(AsBytes(seal.steps[i]));
    RETURN_IF_ERROR(insert_step_row_.EndRow());
    insert_step_.Int(row_id());
    insert_step_.Blob(row.content);
    RETURN_IF_ERROR(insert_step_.EndRow());
    if (!meter.Tick()) return Cancelled();
  }

  RETURN_IF_ERROR(insert_tie_.Begin(&connection_, static_cast<int64_t>(batch.ties.size()), true));
  RETURN_IF_ERROR(insert_tie_commitment_.Begin(&connection_, static_cast<int64_t>(seal.attributes.size())));
  RETURN_IF_ERROR(insert_tie_text_.Begin(&connection_, static_cast<int64_t>(seal.attributes.size())));
  const int64_t tie_offset = TieOffset(batch);
  size_t attributes = 0;
  for (const model::Tie& row : batch.ties) {
    insert_tie_.Row(row_id());
    insert_tie_.IntOrNull(row.number, meter.done() + tie_offset);
    insert_tie_.Int(kTieKind.Put(static_cast<int>(row.kind)) | kTieManner.Put(row.manner) | kTieRole.Put(row.role) |
                    kTieWithdrawn.Put(row.withdrawn ? 1 : 0) | kTieAttributes.Put(row.extra >= 0 ? 1 : 0));
    insert_tie_.Int(row.from.ToInt64());
    insert_tie_.Int(row.to.ToInt64());
    insert_tie_.From(row.valid.from);
    insert_tie_.To(row.valid.to);
    RETURN_IF_ERROR(insert_tie_.EndRow());
    if (row.extra >= 0) {
      insert_tie_commitment_.Int(row_id());
      insert_tie_commitment_.Blob(AsBytes(seal.attributes[attributes++]));
      RETURN_IF_ERROR(insert_tie_commitment_.EndRow());
      insert_tie_text_.Int(row_id());
      insert_tie_text_.Text(batch.extras[static_cast<size_t>(row.extra)]);
      RETURN_IF_ERROR(insert_tie_text_.EndRow());
    }
    if (!meter.Tick()) return Cancelled();
  }
  if (!progress(batch.rows(), batch.rows())) return Cancelled();
  return InsertCommit(header, batch, seal);
}

absl::Status SqliteStore::InsertCommit(const model::CommitHeader& header, const model::Batch& batch, const Seal& seal) {
  Inserter& insert = insert_commit_;
  RETURN_IF_ERROR(insert.Begin(&connection_, 1));
  insert.Int(header.seq);
  insert.Int(header.recorded_at);
  insert.Text(header.operation);
  insert.Text(header.author);
  insert.Text(header.reason);
  insert.Text(header.basis);
  insert.Blob(AsBytes(seal.header.salt));
  insert.Blob(AsBytes(seal.header.author));
  insert.Blob(AsBytes(seal.header.reason));
  insert.Blob(AsBytes(seal.header.basis));
  insert.Int(batch.rows());
  insert.Int(TieOffset(batch));
  insert.Blob(base::Bytes(seal.hash));
  return insert.EndRow();
}

}  // namespace jiceng::store
