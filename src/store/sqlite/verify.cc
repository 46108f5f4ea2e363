// Walking the chain.
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/status.h"
#include "base/strings.h"
#include "store/sqlite/sqlite_store.h"

namespace jiceng::store {
namespace {

using model::NodeNumber;
using model::NodeRow;

constexpr int64_t kProgressEvery = 1 << 16;
constexpr int64_t kMaxStructureProblems = 20;

absl::Status Stopped() {
  return base::Error(absl::StatusCode::kCancelled, "CANCELLED", "the check was stopped before its end");
}

bool IsDamage(const absl::Status& status) { return base::ErrorReason(status) == "STORE_CORRUPT"; }

// Takes commits and their rows in order and compares each hash with the one stored.
class ChainWalk final : public LogVisitor {
 public:
  ChainWalk(Connection* connection, const Uuid& uuid, int64_t total_rows,
            absl::FunctionRef<bool(int64_t, int64_t)> progress,
            absl::FunctionRef<void(int64_t, std::string_view)> problem)
      : connection_(connection),
        previous_(GenesisHash(uuid)),
        total_rows_(total_rows),
        progress_(progress),
        problem_(problem) {}

  // Takes the first commit; call before the scan.
  absl::Status Begin() {
    RETURN_IF_ERROR(
        commits_.Prepare(connection_,
                         "SELECT seq, recorded_at, operation, author, reason, basis, salt, author_commitment, "
                         "reason_commitment, basis_commitment, rows, hash FROM commit_log ORDER BY seq"));
    return NextCommit();
  }
  // Finishes the commits that are left; call after the scan.
  absl::Status End() {
    while (chain_ != nullptr) RETURN_IF_ERROR(EndCommit());
    return absl::OkStatus();
  }
  int64_t seq() const { return expected_seq_; }
  int64_t identities() const { return identities_; }
  int64_t texts() const { return texts_; }
  int64_t contents() const { return contents_; }  // of attachments
  int64_t steps() const { return steps_; }
  int64_t attributes() const { return attributes_; }
  int64_t commitments() const { return commitments_; }  // to attributes

  absl::Status Node(int64_t id, const NodeRow& row, const Sealed& sealed) override {
    ASSIGN_OR_RETURN(const bool wanted, Reach(id));
    if (!wanted) return absl::OkStatus();
    const bool create = row.action == NodeRow::kCreate;
    if (create != sealed.has_commitment) {
      Problem(id, "a node row has a commitment too many or too few");
    } else if (create) {
      ++identities_;
      if (!sealed.has_side_row) {
        Problem(id, base::StrCat("the identity of node ", row.node.ToInt64(), " is missing"));
      } else if (sealed.seq != SeqOfRow(id)) {
        Problem(id, base::StrCat("the identity of node ", row.node.ToInt64(), " names another commit"));
      } else if (sealed.has_salt ? committer_.Identity(sealed.salt, sealed.id, sealed.value) != sealed.commitment
                                 : sealed.has_value || !sealed.value.empty()) {
        Problem(id, base::StrCat("the id or name of node ", row.node.ToInt64(), " is not what was committed"));
      }
    }
    chain_->Node(row, sealed.commitment);
    return absl::OkStatus();
  }
  absl::Status Fact(int64_t id, const model::FactRow& row) override {
    ASSIGN_OR_RETURN(const bool wanted, Reach(id));
    if (wanted) chain_->Fact(row);
    return absl::OkStatus();
  }
  absl::Status Text(int64_t id, NodeNumber node, model::TextAttribute attribute, base::Validity valid,
                    const Sealed& sealed) override {
    ASSIGN_OR_RETURN(const bool wanted, Reach(id));
    if (!wanted) return absl::OkStatus();
    CheckText(id, node, sealed, &texts_);
    chain_->Text(node, attribute, valid, sealed.commitment);
    return absl::OkStatus();
  }
  absl::Status Term(int64_t id, const model::TermRow& row) override {
    ASSIGN_OR_RETURN(const bool wanted, Reach(id));
    if (wanted) chain_->Term(row);
    return absl::OkStatus();
  }
  absl::Status Attachment(int64_t id, const model::AttachmentRow& row, const Sealed& sealed) override {
    ASSIGN_OR_RETURN(const bool wanted, Reach(id));
    if (!wanted) return absl::OkStatus();
    CheckText(id, row.node, sealed, &contents_);
    chain_->Attachment(row, sealed.commitment);
    return absl::OkStatus();
  }
  absl::Status Step(int64_t id, const model::StepRow& row, const Sealed& sealed) override {
    ASSIGN_OR_RETURN(const bool wanted, Reach(id));
    if (!wanted) return absl::OkStatus();
    CheckText(id, row.about, sealed, &steps_);
    chain_->Step(row, sealed.commitment);
    return absl::OkStatus();
  }
  absl::Status Tie(int64_t id, const model::Tie& row, const Sealed& sealed) override {
    ASSIGN_OR_RETURN(const bool wanted, Reach(id));
    if (!wanted) return absl::OkStatus();
    if (sealed.has_commitment) {
      ++commitments_;
      CheckText(id, row.from, sealed, &attributes_);
    }
    chain_->Tie(row, sealed.has_commitment ? &sealed.commitment : nullptr);
    return absl::OkStatus();
  }

 private:
  void Problem(int64_t id, std::string_view what) {
    problem_(SeqOfRow(id), base::StrCat("row ", OrdinalOfRow(id), ": ", what));
  }

  // A text is gone with its node's salt, or is there and is what was committed.
  void CheckText(int64_t id, NodeNumber node, const Sealed& sealed, int64_t* present) {
    if (sealed.has_value) ++*present;
    if (sealed.has_value != sealed.has_salt) {
      Problem(id, base::StrCat("a text of node ", node.ToInt64(),
                               sealed.has_salt ? " is missing" : " outlived its erasure"));
    } else if (sealed.has_value && committer_.Text(sealed.salt, sealed.value) != sealed.commitment) {
      Problem(id, base::StrCat("a text of node ", node.ToInt64(), " is not what was committed"));
    }
  }

  // Finishes commits until the row's own is at hand.  False for a row that belongs to none.
  absl::StatusOr<bool> Reach(int64_t id) {
    if (++done_ % kProgressEvery == 0 && !progress_(done_, total_rows_)) return Stopped();
    while (chain_ != nullptr && header_.seq < SeqOfRow(id)) RETURN_IF_ERROR(EndCommit());
    if (chain_ == nullptr || header_.seq != SeqOfRow(id)) {
      if (stray_seq_ != SeqOfRow(id)) problem_(SeqOfRow(id), "there are rows of a commit that is not in the log");
      stray_seq_ = SeqOfRow(id);
      return false;
    }
    if (chain_->rows() != OrdinalOfRow(id) && !gap_) {
      gap_ = true;
      Problem(id, base::StrCat("stands where row ", chain_->rows(), " should"));
    }
    return true;
  }

  absl::Status EndCommit() {
    if (chain_->rows() != rows_) {
      problem_(header_.seq, base::StrCat("the commit has ", chain_->rows(), " rows, its header tells of ", rows_));
    }
    if (chain_->Finish() != hash_)
      problem_(header_.seq, "the hash of the commit does not fit its rows and its predecessor");
    previous_ = hash_;
    return NextCommit();
  }

  absl::Status NextCommit() {
    chain_.reset();
    gap_ = false;
    ASSIGN_OR_RETURN(const bool row, commits_.Step());
    if (!row) return absl::OkStatus();
    ++expected_seq_;
    header_.seq = commits_.Int(0);
    if (header_.seq != expected_seq_) {
      problem_(expected_seq_, base::StrCat("the commit is missing; the next is ", header_.seq));
      expected_seq_ = header_.seq;
    }
    header_.recorded_at = commits_.Int(1);
    header_.operation = std::string(commits_.Bytes(2));
    header_.author = std::string(commits_.Bytes(3));
    header_.reason = std::string(commits_.Bytes(4));
    header_.basis = std::string(commits_.Bytes(5));
    rows_ = commits_.Int(10);
    HeaderSeal stored;
    const bool erased = commits_.IsNull(6);
    if ((!erased && !commits_.Array(6, &stored.salt)) || !commits_.Array(7, &stored.author) ||
        !commits_.Array(8, &stored.reason) || !commits_.Array(9, &stored.basis) || !commits_.Array(11, &hash_)) {
      problem_(header_.seq, "the header of the commit is damaged");
    }
    if (!erased) {
      const HeaderSeal made = SealHeader(stored.salt, header_);
      if (made.author != stored.author || made.reason != stored.reason || made.basis != stored.basis) {
        problem_(header_.seq, "the author, reason or basis of the commit is not what was committed");
      }
    }
    chain_ = std::make_unique<ChainHasher>(previous_, header_, stored, rows_);
    return absl::OkStatus();
  }

  Connection* connection_;
  Statement commits_;
  base::Digest previous_;
  int64_t total_rows_;
  absl::FunctionRef<bool(int64_t, int64_t)> progress_;
  absl::FunctionRef<void(int64_t, std::string_view)> problem_;
  Committer committer_;

  std::unique_ptr<ChainHasher> chain_;  // of the commit at hand; none at the end of the log
  model::CommitHeader header_;
  base::Digest hash_{};
  int64_t rows_ = 0, expected_seq_ = 0, stray_seq_ = -1, done_ = 0;
  int64_t identities_ = 0, texts_ = 0, contents_ = 0, steps_ = 0, attributes_ = 0, commitments_ = 0;
  bool gap_ = false;
};

// The b-trees themselves: pages lost or used twice, keys out of order.
absl::Status CheckStructure(Connection* connection, absl::FunctionRef<void(int64_t, std::string_view)> problem) {
  Statement check;
  RETURN_IF_ERROR(check.Prepare(connection, base::StrCat("PRAGMA integrity_check(", kMaxStructureProblems, ")")));
  for (;;) {
    ASSIGN_OR_RETURN(const bool row, check.Step());
    if (!row) return absl::OkStatus();
    if (check.Bytes(0) != "ok") problem(0, base::StrCat("file structure: ", check.Bytes(0)));
  }
}

absl::Status CheckCount(Connection* connection, const char* table, int64_t expected,
                        absl::FunctionRef<void(int64_t, std::string_view)> problem) {
  ASSIGN_OR_RETURN(const int64_t there, connection->QueryInt(base::StrCat("SELECT count(*) FROM ", table).c_str()));
  if (there != expected)
    problem(0, base::StrCat("table ", table, " has ", there, " rows, the log tells of ", expected));
  return absl::OkStatus();
}

}  // namespace

absl::Status SqliteStore::Verify(absl::FunctionRef<bool(int64_t, int64_t)> progress,
                                 absl::FunctionRef<void(int64_t, std::string_view)> problem) {
  RETURN_IF_ERROR(process_.Check());
  std::lock_guard<std::mutex> lock(mutex_);
  Transaction transaction(&connection_);
  RETURN_IF_ERROR(transaction.Begin(Transaction::kRead));
  int64_t total = 0;
  const auto walk_all = [&]() -> absl::Status {
    RETURN_IF_ERROR(CheckSchema(&connection_));
    ASSIGN_OR_RETURN(total, connection_.QueryInt("SELECT coalesce(sum(rows), 0) FROM commit_log"));
    ChainWalk walk(&connection_, info_.uuid, total, progress, problem);
    LogScan scan(LogScan::kVerify);
    absl::Status walked = walk.Begin();
    if (walked.ok()) walked = scan.Run(&connection_, INT64_MIN, INT64_MAX, &walk);
    if (walked.ok()) walked = walk.End();
    if (IsDamage(walked)) {
      problem(walk.seq(), std::string(walked.message()));
      return absl::OkStatus();
    }
    RETURN_IF_ERROR(walked);
    RETURN_IF_ERROR(CheckCount(&connection_, "identity", walk.identities(), problem));
    RETURN_IF_ERROR(CheckCount(&connection_, "text", walk.texts(), problem));
    RETURN_IF_ERROR(CheckCount(&connection_, "attachment", walk.contents(), problem));
    ASSIGN_OR_RETURN(const bool has_steps, HasTable(&connection_, "step"));
    if (has_steps) RETURN_IF_ERROR(CheckCount(&connection_, "step", walk.steps(), problem));
    RETURN_IF_ERROR(CheckCount(&connection_, "tie_commitment", walk.commitments(), problem));
    return CheckCount(&connection_, "tie_text", walk.attributes(), problem);
  };
  absl::Status walked = walk_all();
  if (IsDamage(walked)) {
    problem(0, std::string(walked.message()));
  } else {
    RETURN_IF_ERROR(walked);
  }
  const absl::Status structure = CheckStructure(&connection_, problem);
  if (IsDamage(structure)) {
    problem(0, std::string(structure.message()));
  } else {
    RETURN_IF_ERROR(structure);
  }
  if (!progress(total, total)) return Stopped();
  return absl::OkStatus();
}

}  // namespace jiceng::store
