// Making a draft's batch the head: the laws, the rows, the new snapshot.

#include <unistd.h>

#include <new>

#include "base/status.h"
#include "base/strings.h"
#include "engine/into_builder.h"
#include "engine/store.h"
#include "model/integrity.h"

namespace jiceng::engine {
namespace {

using model::Fact;
using model::NodeNumber;
using model::Tie;
using model::TieKind;
using model::TieLaw;

// The laws that need the graph around a tie.
class Checker {
 public:
  Checker(const graph::Snapshot& graph, const model::Catalogue& catalogue, std::vector<IntegrityError>* errors)
      : graph_(graph), catalogue_(catalogue), errors_(errors) {}

  void Check(const Tie& tie, Origin origin) {
    const TieLaw& law = model::LawOf(tie.kind);
    if (!graph_.In(tie.from) || !graph_.In(tie.to) || graph_.Withdrawn(tie.from) || graph_.Withdrawn(tie.to)) {
      Report(origin, "UNKNOWN_REFERENCE", base::StrCat("a ", law.name, " tie names a node that is not there"));
      return;
    }
    if (auto violation = model::CheckTie(tie, catalogue_)) return Report(tie, origin, *violation);
    if (law.party_org_from) CheckParty(tie, tie.from, origin);
    if (law.party_org_to) CheckParty(tie, tie.to, origin);
    const auto upward = [&](NodeNumber node, absl::FunctionRef<void(NodeNumber, base::Validity)> visit) {
      graph_.ForEachFrom(tie.kind, node, [&](const Tie& t) { visit(t.to, t.valid); });
    };
    if (law.shape == TieLaw::kTree) {
      CheckLevels(tie, origin);
      if (auto violation = model::CheckOneParent(tie, upward)) Report(tie, origin, *violation);
    }
    if (law.shape == TieLaw::kTree || law.shape == TieLaw::kAcyclic) {
      if (auto violation = model::CheckAcyclic(tie, upward)) Report(tie, origin, *violation);
    }
  }

 private:
  void Report(Origin origin, const char* code, std::string message) {
    errors_->push_back({origin, code, std::move(message)});
  }

  void Report(const Tie& tie, Origin origin, const model::Violation& violation) {
    std::string message = base::StrCat(graph_.Text(tie.from), " → ", graph_.Text(tie.to), ": ", violation.message);
    for (size_t i = 0; i < violation.path.size(); ++i)
      message += base::StrCat(i == 0 ? ": " : " → ", graph_.Text(violation.path[i]));
    Report(origin, violation.code, std::move(message));
  }

  // The organisation must be a Party organisation on every day of the tie on which its kind is known.
  void CheckParty(const Tie& tie, NodeNumber org, Origin origin) {
    bool party = true;
    std::string kind;
    graph_.FactTimeline(org, Fact::kOrgKind).ForEach([&](base::Validity valid, int32_t number) {
      if (valid.Intersect(tie.valid).IsEmpty() || catalogue_.IsParty(number)) return;
      const model::OrgKind* record = catalogue_.FindOrgKind(number);
      if (record == nullptr) return;  // written by a newer catalogue
      party = false;
      kind = record->id;
    });
    if (!party) {
      Report(origin, "NOT_A_PARTY_ORGANIZATION",
             base::StrCat(model::TieKindName(tie.kind), ": the tie needs a Party organisation, and ", graph_.Text(org),
                          " is a ", kind));
    }
  }

  void CheckLevels(const Tie& tie, Origin origin) {
    const base::Date day = tie.valid.from.IsFinite() ? tie.valid.from
                           : tie.valid.to.IsFinite() ? tie.valid.to.AddDays(-1)
                                                     : base::Date();
    const int32_t lower = graph_.FactAt(tie.from, Fact::kLevel, day), upper = graph_.FactAt(tie.to, Fact::kLevel, day);
    if (lower == model::kNoValue || upper == model::kNoValue || upper < lower) return;
    Report(origin, "LEVEL_ORDER",
           base::StrCat(graph_.Text(tie.from), ", a ", model::LevelName(static_cast<model::Level>(lower)),
                        ", cannot lie in ", graph_.Text(tie.to), ", a ",
                        model::LevelName(static_cast<model::Level>(upper))));
  }

  const graph::Snapshot& graph_;
  const model::Catalogue& catalogue_;
  std::vector<IntegrityError>* errors_;
};

absl::Status CheckExpected(const Version& version, const CommitOptions& options) {
  if (options.expected_seq < 0 || options.expected_seq == version.seq) return absl::OkStatus();
  return base::Error(absl::StatusCode::kAborted, "SEQ_MOVED",
                     base::StrCat("the head is ", version.seq, ", not ", options.expected_seq,
                                  ": someone wrote meanwhile; look again and retry"),
                     "expected_seq");
}

model::CommitHeader MakeHeader(const Version& version, std::string_view operation, const CommitOptions& options) {
  model::CommitHeader header;
  header.seq = version.seq + 1;  // refused by the store when another process wrote meanwhile
  header.recorded_at = options.recorded_at;
  header.author = options.author;
  header.reason = options.reason;
  header.basis = options.basis;
  header.operation = std::string(operation);
  return header;
}

// A batch this large is folded into a new base rather than kept as a delta.
bool IsLarge(const model::Batch& batch) { return batch.rows() > 50000; }

}  // namespace

absl::StatusOr<std::shared_ptr<const graph::Snapshot>> Store::Candidate(const Version& version,
                                                                        const DraftResult& draft,
                                                                        std::vector<IntegrityError>* errors,
                                                                        const Progress& progress) {
  RETURN_IF_ERROR(draft.room);
  std::shared_ptr<const graph::Snapshot> candidate;
  if (IsLarge(draft.batch)) {
    if (progress && !progress("build", 0, draft.batch.rows())) return absl::CancelledError("stopped while building");
    graph::Stamp stamp;
    stamp.seq = version.seq + 1;
    ASSIGN_OR_RETURN(std::shared_ptr<const graph::Base> base,
                     BuildBase(new_base_path(), stamp, [&](graph::BaseBuilder* builder) {
                       builder->Load(*version.graph);
                       builder->OnBatch(draft.batch);
                     }));
    candidate = std::make_shared<const graph::Snapshot>(std::move(base));
  } else {
    candidate = version.graph->With(draft.batch);
  }
  Checker checker(*candidate, catalogue_.model, errors);
  const size_t n = draft.batch.ties.size();
  for (size_t i = 0; i < n; ++i) {
    if (progress && i % 65536 == 0 && !progress("check", static_cast<int64_t>(i), static_cast<int64_t>(n))) {
      return absl::CancelledError("stopped while checking");
    }
    if (!draft.batch.ties[i].withdrawn) checker.Check(draft.batch.ties[i], draft.tie_origins[i]);
  }
  // A node taken back must leave nothing behind.
  for (const model::NodeRow& row : draft.batch.nodes) {
    if (row.action != model::NodeRow::kWithdraw) continue;
    for (int k = 1; k < model::kTieKinds; ++k) {
      const auto in_use = [&](const Tie& tie) {
        errors->push_back(
            {kNowhere, "IN_USE",
             base::StrCat(candidate->Text(row.node), " is still part of a ", model::TieKindName(tie.kind), " tie")});
      };
      candidate->ForEachFrom(static_cast<TieKind>(k), row.node, in_use);
      candidate->ForEachTo(static_cast<TieKind>(k), row.node, in_use);
    }
  }
  return candidate;
}

absl::StatusOr<int64_t> Store::Commit(const Version& version, const DraftResult& draft,
                                      std::shared_ptr<const graph::Snapshot> candidate, std::string_view operation,
                                      const CommitOptions& options) {
  RETURN_IF_ERROR(CheckExpected(version, options));
  if (options.trial != nullptr) {
    *options.trial = {version.seq, draft.batch.empty() ? version.graph : candidate};
    return version.seq;
  }
  if (draft.batch.empty()) return version.seq;
  const model::CommitHeader header = MakeHeader(version, operation, options);
  ASSIGN_OR_RETURN(const store::CommitInfo info, rows_->Append(header, draft.batch, [&](int64_t done, int64_t total) {
    return !options.progress || options.progress("write", done, total);
  }));
  if (IsLarge(draft.batch) && !base_path().empty()) {
    ASSIGN_OR_RETURN(const store::Head head, rows_->ReadHead());
    graph::Stamp stamp;
    stamp.uuid = head.uuid;
    stamp.seq = header.seq;
    stamp.hash = info.hash;
    // The commit is durable whether or not its cache can be written; without one the next opening reads rows.
    TellUnwritten(candidate->base().file().WriteTo(base_path(), stamp));
  }
  std::lock_guard<std::mutex> lock(mutex_);
  head_ = {header.seq, std::move(candidate)};
  committed_.notify_all();
  return header.seq;
}

absl::StatusOr<int64_t> Store::CommitErasure(const Version& version, const model::Batch& batch, const Marks& marks,
                                             const CommitOptions& options) {
  RETURN_IF_ERROR(CheckExpected(version, options));
  // The file first: when this is cut off after it, a cache is missing.  What another process may write in its place
  // before the commit is older than that, and so not used.
  const std::string base_file = base_path();
  if (!base_file.empty()) {
    unlink(base_file.c_str());
    unlink((base_file + ".tmp").c_str());
  }
  const model::CommitHeader header = MakeHeader(version, kErase, options);
  RETURN_IF_ERROR(rows_->Erase(header, batch, marks).status());
  {
    std::lock_guard<std::mutex> lock(mutex_);  // reasons of waivers
    resolved_from_.reset();
    resolved_.reset();
  }
  // It is durable.  What is left is memory and a cache: the next to ask for the head makes up for it.
  try {
    const absl::StatusOr<Version> now = Head();
    const absl::StatusOr<store::Head> head = rows_->ReadHead();
    if (now.ok() && head.ok() && now->seq == head->seq && !base_file.empty()) TellUnwritten(Fold(*now, *head));
  } catch (const std::bad_alloc&) {
  }
  return header.seq;
}

}  // namespace jiceng::engine
