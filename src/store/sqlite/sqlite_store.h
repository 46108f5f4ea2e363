// The durable store: one SQLite file (format in docs/store-format.md).
#ifndef JICENG_STORE_SQLITE_SQLITE_STORE_H_
#define JICENG_STORE_SQLITE_SQLITE_STORE_H_

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "store/process_guard.h"
#include "store/seal.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/inserter.h"
#include "store/sqlite/lock_file.h"
#include "store/sqlite/log_scan.h"
#include "store/sqlite/schema.h"
#include "store/store.h"

namespace jiceng::store {

class SqliteStore final : public Store {
 public:
  // Opens an existing file.  Errors: those of store::Open().
  static absl::StatusOr<std::unique_ptr<SqliteStore>> Open(const std::string& path, const OpenOptions& options);
  ~SqliteStore() override;

  absl::StatusOr<Head> ReadHead() override;
  std::string key() const override { return std::string(AsBytes(info_.key)); }
  std::string path() const override { return connection_.path(); }
  absl::StatusOr<CommitInfo> Append(const model::CommitHeader& header, const model::Batch& batch,
                                    absl::FunctionRef<bool(int64_t, int64_t)> progress) override;
  absl::Status ReadRows(int64_t after_seq, int64_t to_seq, RowReader* reader) override;
  absl::Status ReadLog(int64_t seq, int64_t ordinal, int64_t limit,
                       absl::FunctionRef<void(const LogRow&)> visit) override;
  absl::StatusOr<std::vector<CommitInfo>> ReadCommits(int64_t before, int64_t limit) override;
  absl::Status ReadTexts(model::NodeNumber node, absl::FunctionRef<void(const StoredText&)> visit) override;
  absl::Status ReadAllTexts(absl::FunctionRef<void(const StoredText&)> visit) override;
  absl::StatusOr<std::vector<model::NodeNumber>> SearchText(model::TextAttribute attribute, std::string_view part,
                                                            bool whole, int64_t limit) override;
  absl::Status Verify(absl::FunctionRef<bool(int64_t, int64_t)> progress,
                      absl::FunctionRef<void(int64_t, std::string_view)> problem) override;
  absl::Status Backup(const std::string& file) override;

  absl::StatusOr<CommitInfo> Erase(const model::CommitHeader& header, const model::Batch& batch,
                                   absl::Span<const std::string> marks) override;
  absl::Status Scrub() override;
  absl::StatusOr<std::vector<std::string>> ReadErased() override;

  // Writes a commit that another store sealed (a backup of memory: keeps salts and hashes), and takes away what was
  // erased there.
  absl::Status AppendSealed(const model::CommitHeader& header, const model::Batch& batch, const Seal& seal);
  absl::Status EraseSealed(absl::Span<const model::NodeNumber> nodes, absl::Span<const std::string> marks);

 private:
  SqliteStore() = default;

  absl::StatusOr<Head> HeadNow();
  absl::StatusOr<Salt> SaltOf(model::NodeNumber node);
  absl::Status Insert(const model::CommitHeader& header, const model::Batch& batch, const Seal& seal,
                      absl::FunctionRef<bool(int64_t, int64_t)> progress);
  // Appends, and runs `more` in the same transaction.
  absl::StatusOr<CommitInfo> AppendAnd(const model::CommitHeader& header, const model::Batch& batch,
                                       absl::FunctionRef<bool(int64_t, int64_t)> progress,
                                       absl::FunctionRef<absl::Status()> more);
  absl::Status EraseTexts(model::NodeNumber node);
  absl::Status Remember(absl::Span<const std::string> marks);
  absl::Status ReadOnlyError() const;
  absl::Status Settle(const base::Digest& hash, const absl::Status& error);
  absl::Status InsertCommit(const model::CommitHeader& header, const model::Batch& batch, const Seal& seal);
  void ForgetAll();

  ProcessGuard process_;
  std::mutex mutex_;  // over everything below
  LockFile lock_file_;
  Connection connection_;
  StoreInfo info_;
  bool read_only_ = false;
  base::RandomBytes random_;

  // Declared after the connection they belong to, so that they go first.
  Statement head_, salt_, commits_, lengths_, texts_of_node_, identity_of_node_;
  LogScan replay_{LogScan::kReplay}, everything_{LogScan::kVerify};
  Inserter insert_nodes_[3] = {{"unit_row", 10}, {"organization_row", 9}, {"person_row", 11}};
  Inserter insert_identity_{"identity", 5}, insert_fact_{"fact_row", 6}, insert_text_row_{"text_row", 6},
      insert_text_{"text", 3}, insert_term_{"term_row", 8}, insert_attachment_row_{"attachment_row", 9},
      insert_attachment_{"attachment", 2}, insert_step_row_{"step_row", 10}, insert_step_{"step", 2},
      insert_tie_{"tie_row", 7}, insert_tie_commitment_{"tie_commitment", 2}, insert_tie_text_{"tie_text", 2},
      insert_commit_{"commit_log", 13};
};

}  // namespace jiceng::store

#endif  // JICENG_STORE_SQLITE_SQLITE_STORE_H_
