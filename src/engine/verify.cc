// Is the store what it says it is: the chain of hashes, the base file, the laws.

#include "base/status.h"
#include "base/strings.h"
#include "engine/compare.h"
#include "engine/into_builder.h"
#include "engine/maintain.h"
#include "graph/columns.h"

namespace jiceng::engine {
namespace {

using model::Tie;
using model::TieKind;
using Faults = std::vector<std::pair<int64_t, std::string>>;

absl::StatusOr<std::shared_ptr<const graph::Snapshot>> FromRows(Store* store, int64_t seq) {
  BaseReader reader(graph::Snapshot::Empty(), store->new_base_path());
  if (seq > 0) RETURN_IF_ERROR(store->rows().ReadRows(0, seq, &reader));
  graph::Stamp stamp;
  stamp.seq = seq;
  ASSIGN_OR_RETURN(std::shared_ptr<const graph::Base> base, reader.Finish(stamp));
  return std::make_shared<const graph::Snapshot>(std::move(base));
}

// Whether the stamp is that of a commit of this store; a base of another store or history is ignored when opening, and
// so here.
absl::StatusOr<bool> IsOurs(store::Store* rows, const graph::Stamp& stamp) {
  ASSIGN_OR_RETURN(const store::Head head, rows->ReadHead());
  if (stamp.uuid != head.uuid || stamp.seq < 1 || stamp.seq > head.seq) return false;
  ASSIGN_OR_RETURN(const std::vector<store::CommitInfo> commits, rows->ReadCommits(stamp.seq, 1));
  return !commits.empty() && commits[0].header.seq == stamp.seq && commits[0].hash == stamp.hash;
}

absl::Status CheckBase(Store* store, const Progress& progress, Faults* faults) {
  if (store->base_path().empty()) return absl::OkStatus();
  // Not mapped: a file that shrinks under a mapping would take the process with it.
  auto file = graph::ColumnFile::Open(store->base_path(), false);
  if (absl::IsNotFound(file.status())) return absl::OkStatus();
  const auto fault = [&](std::string_view what) {
    faults->push_back({0, base::StrCat("base file: ", what, "; delete it, or let optimize write it anew")});
    return absl::OkStatus();
  };
  if (!file.ok()) return fault({file.status().message().data(), file.status().message().size()});
  ASSIGN_OR_RETURN(const bool ours, IsOurs(&store->rows(), (*file)->stamp()));
  if (!ours) return absl::OkStatus();
  const absl::Status digests = (*file)->Verify();
  if (!digests.ok()) return fault({digests.message().data(), digests.message().size()});
  auto base = graph::Base::Open(*file);
  if (!base.ok()) return fault({base.status().message().data(), base.status().message().size()});
  if (progress && !progress("base", 0, 0))
    return base::Error(absl::StatusCode::kCancelled, "CANCELLED", "stopped while verifying");
  const int64_t seq = (*base)->stamp().seq;
  auto fresh = FromRows(store, seq);
  if (!fresh.ok()) return fresh.status();
  const std::optional<std::string> difference = FirstDifference(graph::Snapshot(*base), **fresh);
  if (difference.has_value()) return fault(base::StrCat("does not say what the rows say: ", *difference));
  return absl::OkStatus();
}

// The laws hold for commits as a whole, so every tie there is can be looked at as if a commit had just brought it.
absl::Status CheckLaws(Store* store, const Version& version, const Progress& progress, Faults* faults) {
  constexpr size_t kChunk = 16384;
  int64_t total = 0, done = 0;
  for (int k = 1; k < model::kTieKinds; ++k)
    version.graph->ForEachTie(static_cast<TieKind>(k), [&](const Tie&) { ++total; });
  absl::Status status;
  for (int k = 1; k < model::kTieKinds; ++k) {
    DraftResult chunk;
    const auto check = [&] {
      std::vector<IntegrityError> errors;
      const auto candidate = store->Candidate(version, chunk, &errors, nullptr);
      if (!candidate.ok()) status = candidate.status();
      for (const IntegrityError& error : errors) faults->push_back({0, base::StrCat(error.code, ": ", error.message)});
      done += static_cast<int64_t>(chunk.batch.ties.size());
      chunk = DraftResult();
      if (progress && !progress("laws", done, total))
        status = base::Error(absl::StatusCode::kCancelled, "CANCELLED", "stopped while verifying");
    };
    version.graph->ForEachTie(static_cast<TieKind>(k), [&](const Tie& tie) {
      if (!status.ok()) return;
      chunk.batch.ties.push_back(tie);
      chunk.batch.ties.back().extra = -1;  // an index into the batch that brought the tie; no law looks at attributes
      chunk.tie_origins.push_back(kNowhere);
      if (chunk.batch.ties.size() == kChunk) check();
    });
    if (status.ok() && !chunk.batch.ties.empty()) check();
    RETURN_IF_ERROR(status);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Faults> Verify(Store* store, const Progress& progress) {
  Faults faults;
  RETURN_IF_ERROR(
      store->rows().Verify([&](int64_t done, int64_t total) { return !progress || progress("verify", done, total); },
                           [&](int64_t seq, std::string_view what) { faults.emplace_back(seq, what); }));
  RETURN_IF_ERROR(CheckBase(store, progress, &faults));
  // Of the rows, not of the base: what is wrong with that has been said.
  ASSIGN_OR_RETURN(Version version, store->Head());
  if (!faults.empty()) {
    auto fresh = FromRows(store, version.seq);
    if (!fresh.ok()) {
      faults.emplace_back(0, base::StrCat("the rows make no organisation: ", std::string(fresh.status().message())));
      return faults;
    }
    version.graph = *std::move(fresh);
  }
  RETURN_IF_ERROR(CheckLaws(store, version, progress, &faults));
  return faults;
}

}  // namespace jiceng::engine
