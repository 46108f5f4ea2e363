// An open store: its rows, its catalogue and the snapshot of its head.
#ifndef JICENG_ENGINE_STORE_H_
#define JICENG_ENGINE_STORE_H_

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/draft.h"
#include "engine/notices.h"
#include "graph/snapshot.h"
#include "procedures/docket.h"
#include "rules/findings.h"
#include "store/store.h"
#include "wire/catalogue.h"

namespace jiceng::engine {

// Called now and then during long work; false stops it with CANCELLED.
using Progress = std::function<bool(const char* stage, int64_t done, int64_t total)>;

struct OpenOptions {
  store::OpenOptions store;
  bool map_base = true;
  std::string_view catalogue;  // bytes that replace the compiled-in catalogue, or empty
  Progress progress;
  Notices::Sink notices;  // until the store stops telling
};

// One version of the organisation with the seq that wrote it.  Immutable, share freely.
struct Version {
  int64_t seq = 0;
  std::shared_ptr<const graph::Snapshot> graph;
};

// The operation of a commit that erased people; the words of others are for people.
inline constexpr char kErase[] = "erase";

// Why a commit is refused: what it would newly break of the rules that a pack blocks, and the version that would be.
struct Refusal {
  Version version;
  rules::Findings findings;
};

// A step of a matter, or an opening, that may not be taken: why, and which change of the change set it is.
struct RefusedStep {
  int64_t change = 0;
  std::vector<procedures::Refusal> refusals;
};

// What a commit tells besides its rows.
struct CommitOptions {
  int64_t recorded_at = 0;
  int64_t expected_seq = -1;  // -1: any
  std::string author, reason, basis;
  Progress progress;
  // Where the version that would be is put instead of being kept; null: it is kept.  Its seq is that of the head it was
  // tried on.
  Version* trial = nullptr;
  // Where it is put why a commit was refused, or would have been if it were not a trial; null: nobody asks.
  std::optional<Refusal>* refused = nullptr;
  // Likewise, of a step of a matter that may not be taken.  There is no version that would be.
  std::optional<RefusedStep>* refused_step = nullptr;
};

// A law that a batch breaks, with the origin of the tie at fault.
struct IntegrityError {
  Origin origin = kNowhere;
  std::string code, message;
};

// OUT_OF_RANGE NO_SUCH_SEQ.
absl::Status NoSuchSeq(int64_t seq, int64_t head);

// Internally locked: any thread.  Readers take a version and never wait; writers take turns.
class Store {
 public:
  // Errors: those of store::Open, and INVALID_ARGUMENT for a catalogue that does not decode.
  static absl::StatusOr<std::shared_ptr<Store>> Open(std::string_view url, const OpenOptions& options);

  const wire::Catalogue& catalogue() const { return catalogue_; }
  store::Store& rows() { return *rows_; }
  bool read_only() const { return read_only_; }
  Notices& notices() { return notices_; }
  std::string base_path() const;  // "" in memory
  // Where a base can be built that is to be mapped: as above, "" when files are not to be mapped or not to be written.
  std::string new_base_path() const { return map_base_ && !read_only_ ? base_path() : std::string(); }

  // The head as this process knows it after looking whether another process has written.
  absl::StatusOr<Version> Head();
  // The head as this process last knew it, without looking.  What is committed on it is refused when another process has
  // written since.
  Version Known();
  // The organisation as commit `seq` left it; built from rows, O(rows).
  absl::StatusOr<Version> At(int64_t seq);
  // The last commit recorded at or before `time`, 0 when there is none.
  absl::StatusOr<int64_t> SeqAt(int64_t time);

  // Where all matters of a version stand.  That of the head is kept and carried on; any other takes as long as reading
  // all its matters.
  std::shared_ptr<const procedures::Docket> DocketOf(const Version& version);

  // Writing: hold the turn while a draft is made and committed, so that the head does not move under it in this
  // process.
  class Turn {
   public:
    explicit Turn(Store* store) : lock_(store->writing_) {}

   private:
    std::lock_guard<std::mutex> lock_;
  };

  // Checks the finished draft's ties against the laws with everything in place; `version` is what the draft was made
  // over.  Returns the candidate.
  absl::StatusOr<std::shared_ptr<const graph::Snapshot>> Candidate(const Version& version, const DraftResult& draft,
                                                                   std::vector<IntegrityError>* errors,
                                                                   const Progress& progress);
  // Whether the batch may not be kept since it newly breaks what a pack blocks; why goes where the options say.
  absl::StatusOr<bool> Refuses(const Version& version, const DraftResult& draft,
                               const std::shared_ptr<const graph::Snapshot>& candidate, const CommitOptions& options);
  // Writes the batch and makes the candidate the head.  Returns the new seq.  An empty batch is no commit: the head's
  // seq comes back, and that of a trial too. Errors: ABORTED (SEQ_MOVED), INVALID_ARGUMENT (RECORDED_BEFORE_HEAD), and those of store::Append.
  absl::StatusOr<int64_t> Commit(const Version& version, const DraftResult& draft,
                                 std::shared_ptr<const graph::Snapshot> candidate, std::string_view operation,
                                 const CommitOptions& options);

  // Marks of people who have been erased, in bytewise order; see engine/erase.h.  Never null.
  using Marks = std::vector<std::string>;
  std::shared_ptr<const Marks> erased();
  // Writes what erases the people the batch has node rows of: their texts go, the base is built anew from the rows.
  // Hold the turn.
  absl::StatusOr<int64_t> CommitErasure(const Version& version, const model::Batch& batch, const Marks& marks,
                                        const CommitOptions& options);

  // Waits until the head is beyond `seq` and gives it, or `seq` itself when `timeout_ms` have passed (below 0: there is
  // no end).  What this process commits is noticed at once, what another does when it is next looked for, twenty times a
  // second; `progress` is told "wait" as often.  Errors: OUT_OF_RANGE NO_SUCH_SEQ beyond the head; CANCELLED.
  absl::StatusOr<int64_t> Wait(int64_t seq, int64_t timeout_ms, const Progress& progress);

  // The packs and waivers of a snapshot of this store, resolved against its catalogue; null when there are none.  The
  // same pointer for snapshots between which nothing was attached or detached, as long as they are asked for in turn.
  // Errors: DATA_LOSS (BAD_ATTACHMENT).
  absl::StatusOr<std::shared_ptr<const rules::Attached>> AttachedTo(const graph::Snapshot& snapshot);

  // Folds base and delta into a new base file.
  absl::Status Optimize(const Progress& progress);

 private:
  Store() = default;
  absl::StatusOr<std::shared_ptr<const graph::Snapshot>> Load(int64_t seq, const Progress& progress);
  absl::StatusOr<std::shared_ptr<const graph::Base>> OpenBase(const store::Head& head);
  // Writes the base file of the head.
  absl::Status Fold(const Version& version, const store::Head& head);
  // Of a base file that could not be written, which only costs the next opening time.
  void TellUnwritten(const absl::Status& written);
  absl::StatusOr<bool> ErasedSince(int64_t after, int64_t to);
  absl::StatusOr<std::shared_ptr<const graph::Snapshot>> CatchUp(std::shared_ptr<const graph::Snapshot> from,
                                                                 int64_t after, int64_t to);

  std::unique_ptr<store::Store> rows_;
  wire::Catalogue catalogue_;
  Notices notices_;
  bool read_only_ = false, map_base_ = true;
  std::mutex writing_;
  std::mutex mutex_;
  Version head_;                         // under mutex_, likewise the next
  std::shared_ptr<const Marks> erased_;  // at head_
  std::condition_variable committed_;    // told when head_ has moved by a commit of this process
  // Under mutex_, likewise the next: the packs and waivers that were last asked for.
  std::shared_ptr<const model::Attachments> resolved_from_;
  std::shared_ptr<const rules::Attached> resolved_;
  struct {
    Version version;
    std::shared_ptr<const procedures::Docket> docket;
  } docket_;  // under mutex_; of a head
};

}  // namespace jiceng::engine

#endif  // JICENG_ENGINE_STORE_H_
