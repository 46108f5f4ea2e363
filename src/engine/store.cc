#include "engine/store.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/status.h"
#include "base/strings.h"
#include "engine/into_builder.h"
#include "engine/policies.h"

namespace jiceng::engine {
namespace {

constexpr int64_t kManyRows =
    200000;  // more rows than this since the base: building a new one in memory is quicker than a delta

}  // namespace

absl::Status NoSuchSeq(int64_t seq, int64_t head) {
  return base::Error(absl::StatusCode::kOutOfRange, "NO_SUCH_SEQ",
                     base::StrCat("there is no commit ", seq, "; the head is ", head), "seq");
}

absl::StatusOr<std::shared_ptr<Store>> Store::Open(std::string_view url, const OpenOptions& options) {
  std::shared_ptr<Store> store(new Store());
  ASSIGN_OR_RETURN(store->catalogue_,
                   wire::DecodeCatalogue(options.catalogue.empty() ? wire::BuiltinCatalogue() : options.catalogue));
  store->notices_.Begin(options.notices);
  int64_t format = 0;
  store::OpenOptions how = options.store;
  how.upgraded_from = &format;
  ASSIGN_OR_RETURN(store->rows_, store::Open(url, how));
  if (format != 0) {
    store->notices_.Tell(NoticeLevel::kInfo, "STORE_UPGRADED", [&] {
      return base::StrCat("the store had format ", format, "; older releases do not read it any more");
    });
  }
  store->read_only_ = options.store.read_only;
  store->map_base_ = options.map_base;
  ASSIGN_OR_RETURN(const store::Head head, store->rows_->ReadHead());
  std::shared_ptr<const graph::Snapshot> snapshot;
  ASSIGN_OR_RETURN(snapshot, store->Load(head.seq, options.progress));
  ASSIGN_OR_RETURN(Marks erased, store->rows_->ReadErased());
  std::lock_guard<std::mutex> lock(store->mutex_);
  store->head_ = {head.seq, std::move(snapshot)};
  store->erased_ = std::make_shared<const Marks>(std::move(erased));
  return store;
}

std::string Store::base_path() const {
  const std::string path = rows_->path();
  return path.empty() ? std::string() : path + ".base";
}

absl::StatusOr<std::shared_ptr<const graph::Base>> Store::OpenBase(const store::Head& head) {
  if (base_path().empty()) return absl::NotFoundError("a store in memory has no base file");
  ASSIGN_OR_RETURN(std::shared_ptr<const graph::ColumnFile> file, graph::ColumnFile::Open(base_path(), map_base_));
  const graph::Stamp& stamp = file->stamp();
  if (stamp.uuid != head.uuid || stamp.seq < 1 || stamp.seq > head.seq)
    return absl::NotFoundError("the base file is of another store");
  if (stamp.seq == head.seq) {
    if (stamp.hash != head.hash) return absl::NotFoundError("the base file is of another history");
  } else {
    ASSIGN_OR_RETURN(const bool erased, ErasedSince(stamp.seq, head.seq));
    if (erased) {
      if (!read_only_) unlink(base_path().c_str());
      return absl::NotFoundError("the base file has ids of people who have been erased since");
    }
    ASSIGN_OR_RETURN(const std::vector<store::CommitInfo> commits, rows_->ReadCommits(stamp.seq, 1));
    if (commits.empty() || commits[0].header.seq != stamp.seq || commits[0].hash != stamp.hash) {
      return absl::NotFoundError("the base file is of another history");
    }
  }
  return graph::Base::Open(std::move(file));
}

absl::StatusOr<std::shared_ptr<const graph::Snapshot>> Store::Load(int64_t seq, const Progress& progress) {
  ASSIGN_OR_RETURN(const store::Head head, rows_->ReadHead());
  if (seq == head.seq && seq > 0) {
    auto base = OpenBase(head);
    // A base that cannot be used is a cache that is missing: the rows say the same.
    if (base.ok()) {
      const int64_t after = (*base)->stamp().seq;
      return CatchUp(std::make_shared<graph::Snapshot>(*std::move(base)), after, seq);
    }
    // In memory there is none, and a young store has not made one yet.
    if (!base_path().empty() && ::access(base_path().c_str(), F_OK) == 0) {
      notices_.Tell(NoticeLevel::kWarning, "BASE_UNUSABLE", [&] {
        return base::StrCat(base_path(), ": ", base.status().message(),
                            "; all rows are read instead, which takes longer");
      });
    }
  }
  if (progress && !progress("load", 0, 0)) return absl::CancelledError("stopped while loading");
  BaseReader reader(graph::Snapshot::Empty(), new_base_path());
  if (seq > 0) RETURN_IF_ERROR(rows_->ReadRows(0, seq, &reader));
  graph::Stamp stamp;
  stamp.uuid = head.uuid;
  stamp.seq = seq;
  ASSIGN_OR_RETURN(std::shared_ptr<const graph::Base> base, reader.Finish(stamp));
  return std::make_shared<const graph::Snapshot>(std::move(base));
}

absl::StatusOr<bool> Store::ErasedSince(int64_t after, int64_t to) {
  if (after >= to) return false;
  ASSIGN_OR_RETURN(const std::vector<store::CommitInfo> commits, rows_->ReadCommits(to, to - after));
  return std::any_of(commits.begin(), commits.end(),
                     [](const store::CommitInfo& commit) { return commit.header.operation == kErase; });
}

absl::StatusOr<std::shared_ptr<const graph::Snapshot>> Store::CatchUp(std::shared_ptr<const graph::Snapshot> from,
                                                                      int64_t after, int64_t to) {
  if (after >= to) return from;
  ASSIGN_OR_RETURN(const std::vector<store::CommitInfo> commits, rows_->ReadCommits(to, to - after));
  int64_t rows = 0;
  for (const store::CommitInfo& commit : commits) rows += commit.rows;
  notices_.Tell(NoticeLevel::kInfo, "CAUGHT_UP",
                [&] { return base::StrCat("read ", commits.size(), " commits with ", rows, " rows"); });
  if (rows <= kManyRows) {
    graph::DeltaBuilder builder = from->Builder();
    IntoBuilder reader(&builder);
    RETURN_IF_ERROR(rows_->ReadRows(after, to, &reader));
    return from->With(&builder);
  }
  graph::Stamp stamp = from->base().stamp();
  stamp.seq = to;
  BaseReader reader(std::move(from), new_base_path());
  RETURN_IF_ERROR(rows_->ReadRows(after, to, &reader));
  ASSIGN_OR_RETURN(std::shared_ptr<const graph::Base> base, reader.Finish(stamp));
  return std::make_shared<const graph::Snapshot>(std::move(base));
}

Version Store::Known() {
  std::lock_guard<std::mutex> lock(mutex_);
  return head_;
}

absl::StatusOr<Version> Store::Head() {
  ASSIGN_OR_RETURN(const store::Head head, rows_->ReadHead());
  const Version known = Known();
  if (known.seq == head.seq) return known;
  std::shared_ptr<const graph::Snapshot> snapshot;
  std::shared_ptr<const Marks> marks;
  ASSIGN_OR_RETURN(const bool erased, ErasedSince(known.seq, head.seq));
  if (erased) {  // what is in memory has ids that are to be nowhere
    ASSIGN_OR_RETURN(snapshot, Load(head.seq, nullptr));
    ASSIGN_OR_RETURN(Marks read, rows_->ReadErased());
    marks = std::make_shared<const Marks>(std::move(read));
  } else {
    ASSIGN_OR_RETURN(snapshot, CatchUp(known.graph, known.seq, head.seq));
  }
  std::lock_guard<std::mutex> lock(mutex_);
  if (head.seq > head_.seq) head_ = {head.seq, std::move(snapshot)};
  if (marks != nullptr) erased_ = std::move(marks);
  return head_;
}

std::shared_ptr<const Store::Marks> Store::erased() {
  std::lock_guard<std::mutex> lock(mutex_);
  return erased_;
}

absl::StatusOr<int64_t> Store::Wait(int64_t seq, int64_t timeout_ms, const Progress& progress) {
  using Milliseconds = std::chrono::milliseconds;
  constexpr Milliseconds kLookAgain{50};
  const auto begun = std::chrono::steady_clock::now();
  while (true) {
    const absl::StatusOr<store::Head> head = rows_->ReadHead();
    // Another process may be writing much, with the file locked: there will be a commit to see.
    if (!head.ok() && base::ErrorReason(head.status()) != "STORE_LOCKED") return head.status();
    if (head.ok() && head->seq < seq) return NoSuchSeq(seq, head->seq);
    if (head.ok() && head->seq > seq) return head->seq;
    const auto waited = std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - begun);
    if (progress && !progress("wait", waited.count(), std::max<int64_t>(timeout_ms, 0))) {
      return absl::CancelledError("stopped while waiting");
    }
    if (timeout_ms >= 0 && waited.count() >= timeout_ms) return seq;
    const Milliseconds rest = timeout_ms < 0 ? kLookAgain : Milliseconds(timeout_ms) - waited;
    std::unique_lock<std::mutex> lock(mutex_);
    committed_.wait_for(lock, std::min(kLookAgain, rest), [&] { return head_.seq > seq; });
  }
}

absl::StatusOr<Version> Store::At(int64_t seq) {
  ASSIGN_OR_RETURN(const Version head, Head());
  if (seq == head.seq) return head;
  if (seq < 0 || seq > head.seq) {
    return NoSuchSeq(seq, head.seq);
  }
  std::shared_ptr<const graph::Snapshot> snapshot;
  ASSIGN_OR_RETURN(snapshot, Load(seq, nullptr));
  return Version{seq, std::move(snapshot)};
}

absl::StatusOr<int64_t> Store::SeqAt(int64_t time) {
  constexpr int64_t kPage = 1024;
  int64_t before = 0;
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<store::CommitInfo> commits, rows_->ReadCommits(before, kPage));
    for (const store::CommitInfo& commit : commits) {
      if (commit.header.recorded_at <= time) return commit.header.seq;
    }
    if (static_cast<int64_t>(commits.size()) < kPage) return 0;
    before = commits.back().header.seq - 1;
    if (before < 1) return 0;
  }
}

absl::StatusOr<std::shared_ptr<const rules::Attached>> Store::AttachedTo(const graph::Snapshot& snapshot) {
  const std::shared_ptr<const model::Attachments>& attachments = snapshot.attachments();
  if (attachments->empty()) return nullptr;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (resolved_from_ == attachments) return resolved_;
  }
  ASSIGN_OR_RETURN(std::shared_ptr<const rules::Attached> attached, ReadAttached(*attachments, catalogue_));
  std::lock_guard<std::mutex> lock(mutex_);
  resolved_from_ = attachments;
  resolved_ = attached;
  return attached;
}

absl::StatusOr<bool> Store::Refuses(const Version& version, const DraftResult& draft,
                                    const std::shared_ptr<const graph::Snapshot>& candidate,
                                    const CommitOptions& options) {
  if (draft.batch.empty()) return false;
  ASSIGN_OR_RETURN(std::optional<rules::Findings> found,
                   NewlyBlocked(this, version, *candidate, draft.batch, options.recorded_at));
  if (!found.has_value()) return false;
  if (options.refused != nullptr) options.refused->emplace(Refusal{{version.seq, candidate}, *std::move(found)});
  return true;
}

absl::Status Store::Optimize(const Progress& progress) {
  Turn turn(this);
  if (base_path().empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const Version version, Head());
  ASSIGN_OR_RETURN(const store::Head head, rows_->ReadHead());
  if (head.seq != version.seq)
    return base::Error(absl::StatusCode::kAborted, "SEQ_MOVED", "another process wrote meanwhile; try again");
  if (head.seq == 0) return absl::OkStatus();
  if (progress && !progress("fold", 0, 0)) return absl::CancelledError("stopped before folding");
  return Fold(version, head);
}

void Store::TellUnwritten(const absl::Status& written) {
  if (written.ok()) return;
  notices_.Tell(NoticeLevel::kWarning, "BASE_NOT_WRITTEN", [&] {
    return base::StrCat(base_path(), ": ", written.message(),
                        "; the commit is kept, and the next opening reads all rows");
  });
}

absl::Status Store::Fold(const Version& version, const store::Head& head) {
  graph::Stamp stamp;
  stamp.uuid = head.uuid;
  stamp.seq = head.seq;
  stamp.hash = head.hash;
  ASSIGN_OR_RETURN(
      std::shared_ptr<const graph::Base> base,
      BuildBase(new_base_path(), stamp, [&](graph::BaseBuilder* builder) { builder->Load(*version.graph); }));
  RETURN_IF_ERROR(base->file().WriteTo(base_path(), stamp));
  std::lock_guard<std::mutex> lock(mutex_);
  if (head_.seq == head.seq) {
    auto folded = std::make_shared<const graph::Snapshot>(std::move(base));
    if (docket_.version.graph == head_.graph) docket_.version.graph = folded;  // it says the same
    head_.graph = std::move(folded);
  }
  return absl::OkStatus();
}

}  // namespace jiceng::engine
