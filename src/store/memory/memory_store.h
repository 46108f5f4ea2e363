// A store in memory: the same log, the same chain, gone with its handle.  For tests and what-if.
#ifndef JICENG_STORE_MEMORY_MEMORY_STORE_H_
#define JICENG_STORE_MEMORY_MEMORY_STORE_H_

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "store/process_guard.h"
#include "store/seal.h"
#include "store/sqlite/schema.h"
#include "store/store.h"

namespace jiceng::store {

class MemoryStore final : public Store {
 public:
  explicit MemoryStore(const OpenOptions& options);

  absl::StatusOr<Head> ReadHead() override;
  std::string key() const override { return std::string(AsBytes(info_.key)); }
  std::string path() const override { return ""; }
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
  absl::Status Scrub() override { return process_.Check(); }  // nothing lies in files
  absl::StatusOr<std::vector<std::string>> ReadErased() override;

 private:
  // A commit as it was given; `strings` holds what the batch's identities point at.
  struct Commit {
    CommitInfo info;
    model::Batch batch;
    std::deque<std::string> strings;
    Seal seal;
  };
  // Where the texts of a node lie.
  struct Texts {
    Commit* created = nullptr;  // with its identity at `identity`
    size_t identity = 0;
    std::vector<std::pair<Commit*, size_t>> rows;  // in batch.texts
  };

  Head HeadNow() const;
  absl::StatusOr<CommitInfo> AppendLocked(const model::CommitHeader& header, const model::Batch& batch,
                                          absl::FunctionRef<bool(int64_t, int64_t)> progress);
  absl::StatusOr<Salt> SaltOf(model::NodeNumber node) const;
  void Visit(model::NodeNumber node, const Texts& texts, absl::FunctionRef<void(const StoredText&)> visit) const;

  ProcessGuard process_;
  std::mutex mutex_;  // over everything below
  bool read_only_;
  StoreInfo info_;
  base::RandomBytes random_;
  std::vector<std::unique_ptr<Commit>> commits_;  // seq 1 first
  std::map<model::NodeNumber, Texts> texts_;
  std::set<model::NodeNumber> erased_;  // their strings are empty and their commitments are those of the seals
  std::set<std::string> marks_;
};

}  // namespace jiceng::store

#endif  // JICENG_STORE_MEMORY_MEMORY_STORE_H_
