// Reading rows, commits and texts.
#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "base/status.h"
#include "base/strings.h"
#include "store/sqlite/sqlite_store.h"

namespace jiceng::store {
namespace {

using model::NodeNumber;
using model::TextAttribute;

constexpr int64_t kMaxSeq = (int64_t{1} << 31) - 2;  // what fits above the 32 bits of the ordinal

class Replayer final : public LogVisitor {
 public:
  explicit Replayer(RowReader* reader) : reader_(reader) {}

  absl::Status Node(int64_t id, const model::NodeRow& row, const Sealed& sealed) override {
    reader_->OnNode(SeqOfRow(id), row);
    if (sealed.has_value) reader_->OnText(SeqOfRow(id), row.node, TextAttribute::kId, {}, sealed.id);
    return absl::OkStatus();
  }
  absl::Status Fact(int64_t id, const model::FactRow& row) override {
    reader_->OnFact(SeqOfRow(id), row);
    return absl::OkStatus();
  }
  absl::Status Text(int64_t id, NodeNumber node, TextAttribute attribute, base::Validity valid,
                    const Sealed& sealed) override {
    if (sealed.has_value) reader_->OnText(SeqOfRow(id), node, attribute, valid, sealed.value);
    return absl::OkStatus();
  }
  absl::Status Term(int64_t id, const model::TermRow& row) override {
    reader_->OnTerm(SeqOfRow(id), row);
    return absl::OkStatus();
  }
  absl::Status Attachment(int64_t id, const model::AttachmentRow& row, const Sealed&) override {
    reader_->OnAttachment(SeqOfRow(id), row);
    return absl::OkStatus();
  }
  absl::Status Step(int64_t id, const model::StepRow& row, const Sealed&) override {
    reader_->OnStep(SeqOfRow(id), row);
    return absl::OkStatus();
  }
  absl::Status Tie(int64_t id, const model::Tie& row, const Sealed& sealed) override {
    reader_->OnTie(SeqOfRow(id), row, sealed.value);
    return absl::OkStatus();
  }

 private:
  RowReader* reader_;
};

// Hands rows out whole.
class Teller final : public LogVisitor {
 public:
  explicit Teller(absl::FunctionRef<void(const LogRow&)> visit) : visit_(visit) {}

  absl::Status Node(int64_t id, const model::NodeRow& row, const Sealed& sealed) override {
    return Tell(id, row, sealed.id, sealed.has_value ? sealed.value : std::string_view(), {});
  }
  absl::Status Fact(int64_t id, const model::FactRow& row) override { return Tell(id, row); }
  absl::Status Text(int64_t id, NodeNumber node, TextAttribute attribute, base::Validity valid,
                    const Sealed& sealed) override {
    return Tell(id, StoredText{node, attribute, valid, SeqOfRow(id), sealed.value});
  }
  absl::Status Term(int64_t id, const model::TermRow& row) override { return Tell(id, row); }
  absl::Status Attachment(int64_t id, const model::AttachmentRow& row, const Sealed&) override { return Tell(id, row); }
  absl::Status Step(int64_t id, const model::StepRow& row, const Sealed&) override { return Tell(id, row); }
  absl::Status Tie(int64_t id, const model::Tie& row, const Sealed& sealed) override {
    return Tell(id, row, {}, {}, sealed.value);
  }

 private:
  template <typename Row>
  absl::Status Tell(int64_t id, const Row& row, std::string_view node_id = {}, std::string_view name = {},
                    std::string_view attributes = {}) {
    visit_({SeqOfRow(id), OrdinalOfRow(id), row, node_id, name, attributes});
    return absl::OkStatus();
  }

  absl::FunctionRef<void(const LogRow&)> visit_;
};

// identity: node, seq, id, name
void VisitIdentity(const Statement& s, absl::FunctionRef<void(const StoredText&)> visit) {
  const NodeNumber node = NodeNumber::FromInt64(s.Int(0));
  const int64_t seq = s.Int(1);
  if (!s.IsNull(2)) visit({node, TextAttribute::kId, {}, seq, s.Bytes(2)});
  if (!s.IsNull(3)) visit({node, TextAttribute::kName, {}, seq, s.Bytes(3)});
}

// text joined to text_row: node, id, attribute, valid_from, valid_to, value
void VisitTextRow(const Statement& s, absl::FunctionRef<void(const StoredText&)> visit) {
  base::Validity valid;
  if (!s.IsNull(3)) valid.from = base::Date::FromDays(static_cast<int32_t>(s.Int(3)));
  if (!s.IsNull(4)) valid.to = base::Date::FromDays(static_cast<int32_t>(s.Int(4)));
  visit({NodeNumber::FromInt64(s.Int(0)), static_cast<TextAttribute>(s.Int(2) & 0xff), valid, SeqOfRow(s.Int(1)),
         s.Bytes(5)});
}

constexpr char kTextColumns[] =
    "SELECT t.node, t.id, r.attribute, r.valid_from, r.valid_to, t.value FROM text t CROSS JOIN text_row r "
    "ON r.id = t.id AND r.attribute BETWEEN 0 AND 6 ";

// Steps to the next row and gives its node, or the greatest number at the end.
absl::StatusOr<int64_t> NextNode(Statement* statement) {
  ASSIGN_OR_RETURN(const bool row, statement->Step());
  return row ? statement->Int(0) : std::numeric_limits<int64_t>::max();
}

}  // namespace

absl::Status SqliteStore::ReadRows(int64_t after_seq, int64_t to_seq, RowReader* reader) {
  RETURN_IF_ERROR(process_.Check());
  std::lock_guard<std::mutex> lock(mutex_);
  const int64_t first = std::clamp<int64_t>(after_seq, 0, kMaxSeq) + 1;
  const int64_t end = std::clamp<int64_t>(to_seq, 0, kMaxSeq) + 1;
  if (first >= end) return absl::OkStatus();
  Transaction transaction(&connection_);  // the tables must be read as of one moment
  RETURN_IF_ERROR(transaction.Begin(Transaction::kRead));
  Replayer replayer(reader);
  RETURN_IF_ERROR(replay_.Run(&connection_, RowId(first, 0), RowId(end, 0), &replayer));
  return transaction.Commit();
}

absl::Status SqliteStore::ReadLog(int64_t seq, int64_t ordinal, int64_t limit,
                                  absl::FunctionRef<void(const LogRow&)> visit) {
  RETURN_IF_ERROR(process_.Check());
  std::lock_guard<std::mutex> lock(mutex_);
  if (seq > kMaxSeq || limit <= 0) return absl::OkStatus();
  seq = std::max<int64_t>(seq, 0);
  ordinal = std::clamp<int64_t>(ordinal, 0, std::numeric_limits<uint32_t>::max());
  Transaction transaction(&connection_);
  RETURN_IF_ERROR(transaction.Begin(Transaction::kRead));
  // A commit's ordinals have no gaps, so its number of rows says where the page ends.
  int64_t end = RowId(seq, ordinal);
  {
    RETURN_IF_ERROR(lengths_.Prepare(&connection_, "SELECT seq, rows FROM commit_log WHERE seq >= ?1 ORDER BY seq"));
    Rewinder rewinder(&lengths_);
    lengths_.Bind(1, seq);
    for (int64_t left = limit; left > 0;) {
      ASSIGN_OR_RETURN(const bool row, lengths_.Step());
      if (!row) break;
      const int64_t first = lengths_.Int(0) == seq ? ordinal : 0;
      const int64_t taken = std::clamp<int64_t>(lengths_.Int(1) - first, 0, left);
      end = RowId(lengths_.Int(0), first + taken);
      left -= taken;
    }
  }
  Teller teller(visit);
  RETURN_IF_ERROR(everything_.Run(&connection_, RowId(seq, ordinal), end, &teller));
  return transaction.Commit();
}

absl::StatusOr<std::vector<CommitInfo>> SqliteStore::ReadCommits(int64_t before, int64_t limit) {
  RETURN_IF_ERROR(process_.Check());
  std::lock_guard<std::mutex> lock(mutex_);
  RETURN_IF_ERROR(
      commits_.Prepare(&connection_,
                       "SELECT seq, recorded_at, operation, author, reason, basis, rows, hash FROM commit_log "
                       "WHERE seq <= ?1 ORDER BY seq DESC LIMIT ?2"));
  Rewinder rewinder(&commits_);
  commits_.Bind(1, before <= 0 ? std::numeric_limits<int64_t>::max() : before);
  commits_.Bind(2, std::max<int64_t>(limit, 0));
  std::vector<CommitInfo> commits;
  for (;;) {
    ASSIGN_OR_RETURN(const bool row, commits_.Step());
    if (!row) return commits;
    CommitInfo info;
    info.header.seq = commits_.Int(0);
    info.header.recorded_at = commits_.Int(1);
    info.header.operation = std::string(commits_.Bytes(2));
    info.header.author = std::string(commits_.Bytes(3));
    info.header.reason = std::string(commits_.Bytes(4));
    info.header.basis = std::string(commits_.Bytes(5));
    info.rows = commits_.Int(6);
    if (!commits_.Array(7, &info.hash)) {
      return CorruptError(path(), base::StrCat("commit ", info.header.seq, " has no hash"));
    }
    commits.push_back(std::move(info));
  }
}

absl::Status SqliteStore::ReadTexts(NodeNumber node, absl::FunctionRef<void(const StoredText&)> visit) {
  RETURN_IF_ERROR(process_.Check());
  std::lock_guard<std::mutex> lock(mutex_);
  RETURN_IF_ERROR(identity_of_node_.Prepare(&connection_, "SELECT node, seq, id, name FROM identity WHERE node = ?1"));
  RETURN_IF_ERROR(texts_of_node_.Prepare(&connection_, base::StrCat(kTextColumns, "WHERE t.node = ?1 ORDER BY t.id")));
  Transaction transaction(&connection_);
  RETURN_IF_ERROR(transaction.Begin(Transaction::kRead));
  {
    Rewinder rewind_identity(&identity_of_node_), rewind_texts(&texts_of_node_);
    identity_of_node_.Bind(1, node.ToInt64());
    ASSIGN_OR_RETURN(const bool found, identity_of_node_.Step());
    if (found) VisitIdentity(identity_of_node_, visit);
    texts_of_node_.Bind(1, node.ToInt64());
    for (;;) {
      ASSIGN_OR_RETURN(const bool row, texts_of_node_.Step());
      if (!row) break;
      VisitTextRow(texts_of_node_, visit);
    }
  }
  return transaction.Commit();
}

absl::Status SqliteStore::ReadAllTexts(absl::FunctionRef<void(const StoredText&)> visit) {
  RETURN_IF_ERROR(process_.Check());
  std::lock_guard<std::mutex> lock(mutex_);
  Transaction transaction(&connection_);
  RETURN_IF_ERROR(transaction.Begin(Transaction::kRead));
  {
    Statement identities, texts;
    RETURN_IF_ERROR(identities.Prepare(&connection_, "SELECT node, seq, id, name FROM identity ORDER BY node"));
    RETURN_IF_ERROR(texts.Prepare(&connection_, base::StrCat(kTextColumns, "ORDER BY t.node, t.id")));
    ASSIGN_OR_RETURN(int64_t identity, NextNode(&identities));
    ASSIGN_OR_RETURN(int64_t text, NextNode(&texts));
    constexpr int64_t kEnd = std::numeric_limits<int64_t>::max();
    while (identity != kEnd || text != kEnd) {
      if (identity <= text) {
        VisitIdentity(identities, visit);
        ASSIGN_OR_RETURN(identity, NextNode(&identities));
      } else {
        VisitTextRow(texts, visit);
        ASSIGN_OR_RETURN(text, NextNode(&texts));
      }
    }
  }
  return transaction.Commit();
}

absl::StatusOr<std::vector<NodeNumber>> SqliteStore::SearchText(TextAttribute attribute, std::string_view part,
                                                                bool whole, int64_t limit) {
  RETURN_IF_ERROR(process_.Check());
  std::lock_guard<std::mutex> lock(mutex_);
  std::vector<NodeNumber> found;
  if (limit <= 0) return found;
  Transaction transaction(&connection_);
  RETURN_IF_ERROR(transaction.Begin(Transaction::kRead));
  {
    // instr() and not LIKE: no wildcards, no folding of case.  A scan, about 0.2 s a million names.
    const bool with_identity = attribute == TextAttribute::kId || attribute == TextAttribute::kName;
    const std::string column = attribute == TextAttribute::kId ? "CAST(id AS TEXT)" : "name";
    const auto matches = [whole](std::string_view what) {
      return whole ? base::StrCat(what, " = ?2") : base::StrCat("instr(", what, ", ?2) > 0");
    };
    Statement identities, texts;
    if (with_identity) {
      RETURN_IF_ERROR(identities.Prepare(
          &connection_,
          base::StrCat("SELECT node FROM identity WHERE ?1 IS NOT NULL AND ", matches(column), " ORDER BY node")));
      identities.Bind(1, static_cast<int>(attribute));
      identities.BindText(2, part);
    }
    RETURN_IF_ERROR(texts.Prepare(
        &connection_,
        base::StrCat("SELECT t.node FROM text t CROSS JOIN text_row r ON r.id = t.id WHERE ", matches("t.value"),
                     " AND t.value <> '' AND r.attribute = ?1 ORDER BY t.node, t.id")));
    texts.Bind(1, static_cast<int>(attribute));
    texts.BindText(2, part);

    constexpr int64_t kEnd = std::numeric_limits<int64_t>::max();
    int64_t identity = kEnd;
    if (with_identity) {
      ASSIGN_OR_RETURN(identity, NextNode(&identities));
    }
    ASSIGN_OR_RETURN(int64_t text, NextNode(&texts));
    while (std::min(identity, text) != kEnd && static_cast<int64_t>(found.size()) < limit) {
      const NodeNumber node = NodeNumber::FromInt64(std::min(identity, text));
      if (found.empty() || found.back() != node) found.push_back(node);
      if (identity <= text) {
        ASSIGN_OR_RETURN(identity, NextNode(&identities));
      } else {
        ASSIGN_OR_RETURN(text, NextNode(&texts));
      }
    }
  }
  RETURN_IF_ERROR(transaction.Commit());
  return found;
}

}  // namespace jiceng::store
