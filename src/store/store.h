// Durable rows and the log.  The only room doing I/O on stores.
#ifndef JICENG_STORE_STORE_H_
#define JICENG_STORE_STORE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "base/digest.h"
#include "model/rows.h"

namespace jiceng::store {

struct OpenOptions {
  bool create = false;  // make a new store; it must not exist yet
  bool read_only = false;
  int64_t busy_timeout_ms = 5000;
  uint64_t seed = 0;                 // of uuid, key and salts; 0: the system's generator (anything else is for tests)
  int64_t* upgraded_from = nullptr;  // set to the store's format when opening has given it a newer one
};

// What identifies a store and where its log stands.
struct Head {
  std::array<uint8_t, 16> uuid{};
  int64_t seq = 0;      // 0: no commit yet
  base::Digest hash{};  // of the commit `seq`; of the uuid when there is none
  int64_t recorded_at = INT64_MIN;
};

struct CommitInfo {
  model::CommitHeader header;
  int64_t rows = 0;
  base::Digest hash{};
};

// One text of a node as it lies in the erasable table, oldest belief first.
struct StoredText {
  model::NodeNumber node;
  model::TextAttribute attribute{};
  base::Validity valid;
  int64_t seq = 0;
  std::string_view value;  // valid during the callback only
};

// A row of the log with all it says, names included.  Views are valid during the callback only; "" where there is no
// text or it has been erased.
struct LogRow {
  int64_t seq = 0, ordinal = 0;  // the commit, and the row's place in it from 0
  std::variant<model::NodeRow, model::FactRow, StoredText, model::TermRow, model::AttachmentRow, model::StepRow,
               model::Tie>
      row;
  std::string_view id, name;    // of a created node
  std::string_view attributes;  // of a tie
};

// Receives rows in log order while a range of the log is read.  Views are valid during the call only.
class RowReader {
 public:
  virtual ~RowReader() = default;
  virtual void OnNode(int64_t seq, const model::NodeRow& row) = 0;
  virtual void OnFact(int64_t seq, const model::FactRow& row) = 0;
  virtual void OnTerm(int64_t seq, const model::TermRow& row) = 0;
  // The content is "" where it was erased with its node.
  virtual void OnAttachment(int64_t seq, const model::AttachmentRow& row) = 0;
  // The content is "" where it was erased with the node it is about.
  virtual void OnStep(int64_t seq, const model::StepRow& row) = 0;
  // `attributes` is the tie's JSON or "".
  virtual void OnTie(int64_t seq, const model::Tie& row, std::string_view attributes) = 0;
  // Ids and codes only (what the dictionary needs); a created node's id comes as attribute kId over all time.
  virtual void OnText(int64_t seq, model::NodeNumber node, model::TextAttribute attribute, base::Validity valid,
                      std::string_view value) = 0;
};

// Internally locked: any thread may call, one call runs at a time.  After fork, calls in the child fail with
// STORE_USED_AFTER_FORK.
class Store {
 public:
  virtual ~Store() = default;

  virtual absl::StatusOr<Head> ReadHead() = 0;
  virtual std::string key() const = 0;   // 32 random bytes made at creation, for keyed hashes
  virtual std::string path() const = 0;  // of the store's file, or "" in memory

  // Writes one commit, durable when this returns.  header.seq must be head + 1.
  // Errors: ABORTED, reason SEQ_MOVED, when another process wrote first; UNAVAILABLE (STORE_LOCKED, DISK); DATA_LOSS.
  // On error nothing is kept.  A large batch (more than ~50,000 rows) may take a rollback journal instead of the WAL.
  virtual absl::StatusOr<CommitInfo> Append(const model::CommitHeader& header, const model::Batch& batch,
                                            absl::FunctionRef<bool(int64_t done, int64_t total)> progress) = 0;

  // Reads the rows of the commits in (after_seq, to_seq], in order.
  virtual absl::Status ReadRows(int64_t after_seq, int64_t to_seq, RowReader* reader) = 0;
  // Reads rows from the place (seq, ordinal) on, whatever is there of it, in order and at most `limit`.
  virtual absl::Status ReadLog(int64_t seq, int64_t ordinal, int64_t limit,
                               absl::FunctionRef<void(const LogRow&)> visit) = 0;
  // Commits newest first, at most `limit`, with seq <= before (0: from the head).
  virtual absl::StatusOr<std::vector<CommitInfo>> ReadCommits(int64_t before, int64_t limit) = 0;

  // All texts of one node, or of all nodes ordered by node number; within a node by seq.
  virtual absl::Status ReadTexts(model::NodeNumber node, absl::FunctionRef<void(const StoredText&)> visit) = 0;
  virtual absl::Status ReadAllTexts(absl::FunctionRef<void(const StoredText&)> visit) = 0;
  // Nodes having a text of that attribute containing `part` (exactly equal when `whole`), in node order, at most
  // `limit`.
  virtual absl::StatusOr<std::vector<model::NodeNumber>> SearchText(model::TextAttribute attribute,
                                                                    std::string_view part, bool whole,
                                                                    int64_t limit) = 0;

  // Appends a commit and forgets the people it has node rows of, in one transaction: ids, names, salts and texts, the
  // contents of what is attached to them, what was told with steps of matters about them, and the attributes of ties
  // that leave them.  `marks` are kept for ReadErased(): keyed hashes by which someone who has
  // been erased is known again.  Errors: those of Append.
  virtual absl::StatusOr<CommitInfo> Erase(const model::CommitHeader& header, const model::Batch& batch,
                                           absl::Span<const std::string> marks) = 0;
  // Leaves no byte of what has been erased in any file.  Rewrites the whole file.  Errors: UNAVAILABLE STORE_LOCKED
  // while someone else reads.
  virtual absl::Status Scrub() = 0;
  virtual absl::StatusOr<std::vector<std::string>> ReadErased() = 0;  // in bytewise order

  // Walks the hash chain and the commitments of texts; calls `problem` for each fault with its seq, the first being the
  // first bad commit.
  virtual absl::Status Verify(absl::FunctionRef<bool(int64_t done, int64_t total)> progress,
                              absl::FunctionRef<void(int64_t seq, std::string_view what)> problem) = 0;
  // Copies the store to a new file while others may read and write.  Errors: ALREADY_EXISTS.
  virtual absl::Status Backup(const std::string& file) = 0;
};

// Opens `sqlite:PATH`, a bare path, or `memory:`.  Errors say exactly why:
//   NOT_FOUND STORE_NOT_FOUND · ALREADY_EXISTS STORE_EXISTS · DATA_LOSS NOT_A_STORE, STORE_TRUNCATED, STORE_CORRUPT ·
//   FAILED_PRECONDITION STORE_NEWER · UNAVAILABLE STORE_LOCKED, STORE_HELD (another copy in this process) ·
//   INVALID_ARGUMENT BAD_URL.
absl::StatusOr<std::unique_ptr<Store>> Open(std::string_view url, const OpenOptions& options);

}  // namespace jiceng::store

#endif  // JICENG_STORE_STORE_H_
