#include "store/sqlite/log_scan.h"

#include <limits>
#include <string>

#include "base/status.h"
#include "base/strings.h"

namespace jiceng::store {
namespace {

using model::NodeNumber;

constexpr int64_t kExhausted = std::numeric_limits<int64_t>::max();

// Columns of a row as the model's types.  A value that does not fit is remembered rather than returned, so that a row
// is read in one go.
class Columns {
 public:
  explicit Columns(const Statement& statement) : s_(statement) {}

  bool good() const { return good_; }
  bool IsNull(int column) const { return s_.IsNull(column); }
  std::string_view Bytes(int column) const { return s_.Bytes(column); }

  int64_t Within(int column, int64_t least, int64_t greatest) { return Check(s_.Int(column), least, greatest); }
  // A value that is not a column of its own.
  int64_t Check(int64_t value, int64_t least, int64_t greatest) {
    if (value >= least && value <= greatest) return value;
    good_ = false;
    return least;
  }
  uint8_t Byte(int column, int greatest) { return static_cast<uint8_t>(Within(column, 0, greatest)); }
  int32_t Int32(int column) { return static_cast<int32_t>(Within(column, INT32_MIN, INT32_MAX)); }
  int32_t Int32Or(int column, int32_t null) { return s_.IsNull(column) ? null : Int32(column); }
  uint32_t Uint32(int column) { return static_cast<uint32_t>(Within(column, 0, UINT32_MAX)); }
  NodeNumber Node(int column) {
    const NodeNumber node = NodeNumber::FromBits(Uint32(column));
    if (node.kind() == model::NodeKind::kNone) good_ = false;
    return node;
  }
  base::Date Day(int column, base::Date null) { return s_.IsNull(column) ? null : base::Date::FromDays(Int32(column)); }
  base::Validity Validity(int column) {
    return {Day(column, base::Date::Beginning()), Day(column + 1, base::Date::Forever())};
  }
  template <size_t N>
  bool ArrayOrNull(int column, std::array<uint8_t, N>* out) {
    if (s_.IsNull(column)) return false;
    if (!s_.Array(column, out)) good_ = false;
    return true;
  }

 private:
  const Statement& s_;
  bool good_ = true;
};

std::string NodeSql(const NodeTable& table, LogScan::Detail detail) {
  std::string facts;
  for (int i = 0; i < table.facts; ++i) absl::StrAppend(&facts, ", r.", table.columns[i]);
  return base::StrCat("SELECT r.id, r.node, r.traits, r.life_from, r.life_to, ",
                      detail == LogScan::kReplay ? "i.id" : "i.id, i.name, i.seq, i.salt, r.commitment", facts,
                      " FROM ", table.name, " r LEFT JOIN identity i ON ", kNodeAction.Sql("r.traits"),
                      " = 0 AND i.node = r.node "
                      "WHERE r.id >= ?1 AND r.id < ?2 ORDER BY r.id");
}

std::string TextSql(LogScan::Detail detail) {
  if (detail == LogScan::kReplay) {
    std::string codes = base::StrCat(static_cast<int>(model::TextAttribute::kId));
    for (int a = 0; a <= static_cast<int>(model::TextAttribute::kCitizenIdHash); ++a) {
      if (model::IsCode(static_cast<model::TextAttribute>(a))) absl::StrAppend(&codes, ", ", a);
    }
    return base::StrCat(
        "SELECT r.id, r.node, r.attribute, r.valid_from, r.valid_to, t.value FROM text_row r "
        "LEFT JOIN text t ON t.node = r.node AND t.id = r.id "
        "WHERE r.id >= ?1 AND r.id < ?2 AND r.attribute IN (",
        codes, ") ORDER BY r.id");
  }
  return "SELECT r.id, r.node, r.attribute, r.valid_from, r.valid_to, t.value, i.salt, r.commitment FROM text_row r "
         "LEFT JOIN text t ON t.node = r.node AND t.id = r.id LEFT JOIN identity i ON i.node = r.node "
         "WHERE r.id >= ?1 AND r.id < ?2 ORDER BY r.id";
}

std::string TieSql(LogScan::Detail detail) {
  // Few ties have attributes: the lookups are made for those alone.
  const std::string if_any = base::StrCat(", CASE WHEN ", kTieAttributes.Sql("r.traits"), " THEN (SELECT ");
  return base::StrCat("SELECT r.id, r.tie, r.traits, r.from_node, r.to_node, r.valid_from, r.valid_to", if_any,
                      "x.attributes FROM tie_text x WHERE x.id = r.id) END",
                      detail == LogScan::kReplay
                          ? ""
                          : base::StrCat(if_any, "i.salt FROM identity i WHERE i.node = r.from_node) END", if_any,
                                         "c.commitment FROM tie_commitment c WHERE c.id = r.id) END"),
                      " FROM tie_row r WHERE r.id >= ?1 AND r.id < ?2 ORDER BY r.id");
}

}  // namespace

absl::Status LogScan::Prepare(Connection* connection) {
  connection_ = connection;
  if (!statements_[kSteps].prepared()) {
    // A store of format 3 that is only read has none, until another process writes to it.
    ASSIGN_OR_RETURN(const bool there, HasTable(connection, "step_row"));
    if (there) RETURN_IF_ERROR(PrepareSteps());
  }
  if (statements_[kTies].prepared()) return absl::OkStatus();
  for (int i = 0; i < kNodes; ++i)
    RETURN_IF_ERROR(statements_[i].Prepare(connection, NodeSql(kNodeTables[i], detail_)));
  RETURN_IF_ERROR(statements_[kFacts].Prepare(
      connection,
      "SELECT id, node, fact, valid_from, valid_to, value FROM fact_row WHERE id >= ?1 AND id < ?2 ORDER BY id"));
  RETURN_IF_ERROR(statements_[kTexts].Prepare(connection, TextSql(detail_)));
  RETURN_IF_ERROR(statements_[kTerms].Prepare(
      connection,
      "SELECT id, org, number, elected_on, years, ends_on, extended_to, withdrawn FROM term_row "
      "WHERE id >= ?1 AND id < ?2 ORDER BY id"));
  RETURN_IF_ERROR(statements_[kAttachments].Prepare(
      connection,
      "SELECT r.id, r.kind, r.node, r.name, r.valid_from, r.valid_to, r.priority, r.withdrawn, a.content, i.salt, "
      "r.commitment FROM attachment_row r LEFT JOIN attachment a ON a.id = r.id LEFT JOIN identity i ON i.node = "
      "r.node "
      "WHERE r.id >= ?1 AND r.id < ?2 ORDER BY r.id"));
  RETURN_IF_ERROR(tie_offset_.Prepare(connection, "SELECT tie_offset FROM commit_log WHERE seq = ?1"));
  return statements_[kTies].Prepare(connection, TieSql(detail_));
}

absl::Status LogScan::PrepareSteps() {
  return statements_[kSteps].Prepare(
      connection_,
      "SELECT r.id, r.matter, r.number, r.about, r.day, r.minute, r.actor, r.word, r.withdrawn, s.content, i.salt, "
      "r.commitment FROM step_row r LEFT JOIN step s ON s.id = r.id LEFT JOIN identity i ON i.node = r.about "
      "WHERE r.id >= ?1 AND r.id < ?2 ORDER BY r.id");
}

absl::Status LogScan::Run(Connection* connection, int64_t first, int64_t end, LogVisitor* visitor) {
  RETURN_IF_ERROR(Prepare(connection));
  struct ResetAll {
    Statement* statements;
    ~ResetAll() {
      for (int i = 0; i < kTables; ++i) statements[i].Reset();
    }
  } reset_all{statements_};

  int64_t next[kTables];
  const auto advance = [&](int table) -> absl::Status {
    ASSIGN_OR_RETURN(const bool row, statements_[table].Step());
    next[table] = row ? statements_[table].Int(0) : kExhausted;
    return absl::OkStatus();
  };
  tie_offset_seq_ = kNoSeq;
  for (int i = 0; i < kTables; ++i) {
    next[i] = kExhausted;
    if (!statements_[i].prepared()) continue;
    statements_[i].Reset();
    statements_[i].Bind(1, first);
    statements_[i].Bind(2, end);
    RETURN_IF_ERROR(advance(i));
  }
  for (;;) {
    int table = 0;
    int64_t bound = kExhausted;  // the least id of the other tables
    for (int i = 1; i < kTables; ++i) {
      if (next[i] < next[table]) {
        bound = next[table];
        table = i;
      } else if (next[i] < bound) {
        bound = next[i];
      }
    }
    if (next[table] == kExhausted) return absl::OkStatus();
    // A commit's rows of one kind lie together, so a table is left only a few times a commit.
    do {
      RETURN_IF_ERROR(Visit(table, visitor));
      RETURN_IF_ERROR(advance(table));
    } while (next[table] < bound);
  }
}

void LogScan::Forget() {
  for (Statement& statement : statements_) statement.Forget();
  tie_offset_.Forget();
}

absl::Status LogScan::Visit(int table, LogVisitor* visitor) {
  const Statement& s = statements_[table];
  const int64_t id = s.Int(0);
  switch (table) {
    case kFacts: {
      Columns c(s);
      model::FactRow row;
      row.node = c.Node(1);
      row.fact = static_cast<model::Fact>(c.Byte(2, model::kMaxFacts - 1));
      row.valid = c.Validity(3);
      row.value = c.Int32Or(5, model::kNoValue);
      if (c.good()) return visitor->Fact(id, row);
      break;
    }
    case kTexts:
      return VisitText(visitor);
    case kTerms: {
      Columns c(s);
      model::TermRow row;
      row.org = c.Node(1);
      row.number = c.Int32(2);
      row.elected_on = c.Day(3, base::Date::Beginning());
      row.years = c.Int32(4);
      row.ends_on = c.Day(5, base::Date::Forever());
      row.extended_to = c.Day(6, base::Date::Forever());
      row.withdrawn = c.Byte(7, 1) != 0;
      if (c.good()) return visitor->Term(id, row);
      break;
    }
    case kAttachments:
      return VisitAttachment(visitor);
    case kSteps:
      return VisitStep(visitor);
    case kTies:
      return VisitTie(visitor);
    default:
      return VisitNode(table, visitor);
  }
  return CorruptError(connection_->path(), base::StrCat("row ", OrdinalOfRow(id), " of commit ", SeqOfRow(id),
                                                        " holds a value no such row can have"));
}

absl::StatusOr<int64_t> LogScan::TieOffset(int64_t seq) {
  if (seq == tie_offset_seq_) return tie_offset_of_seq_;
  Rewinder rewinder(&tie_offset_);
  tie_offset_.Bind(1, seq);
  ASSIGN_OR_RETURN(const bool row, tie_offset_.Step());
  tie_offset_of_seq_ = row ? tie_offset_.Int(0) : 0;  // a row of no commit is told of elsewhere
  tie_offset_seq_ = seq;
  return tie_offset_of_seq_;
}

absl::Status LogScan::VisitNode(int table, LogVisitor* visitor) {
  const Statement& s = statements_[table];
  const int64_t id = s.Int(0);
  Columns c(s);
  model::NodeRow row;
  row.node = c.Node(1);
  const int64_t traits = c.Within(2, 0, kNodeTraits);
  row.action = static_cast<model::NodeRow::Action>(kNodeAction.Of(traits));
  row.life = c.Validity(3);
  row.from_precision = static_cast<uint8_t>(c.Check(kFromPrecision.Of(traits), 0, base::PartialDate::kYear));
  row.to_precision = static_cast<uint8_t>(c.Check(kToPrecision.Of(traits), 0, base::PartialDate::kYear));
  Sealed sealed;
  sealed.has_value = !c.IsNull(5);
  sealed.id = c.Bytes(5);
  int column = 6;
  if (detail_ == kVerify) {
    sealed.value = c.Bytes(6);
    sealed.has_side_row = !c.IsNull(7);
    sealed.seq = s.Int(7);
    sealed.has_salt = c.ArrayOrNull(8, &sealed.salt);
    sealed.has_commitment = c.ArrayOrNull(9, &sealed.commitment);
    column = 10;
  }
  for (int i = 0; i < kNodeTables[table].facts; ++i) {
    row.facts[static_cast<size_t>(i)] = c.Int32Or(column + i, model::kNoValue);
  }
  if (c.good() && row.node.kind() == kNodeTables[table].kind) return visitor->Node(id, row, sealed);
  return CorruptError(connection_->path(), base::StrCat("node row ", OrdinalOfRow(id), " of commit ", SeqOfRow(id),
                                                        " holds a value no such row can have"));
}

absl::Status LogScan::VisitText(LogVisitor* visitor) {
  const Statement& s = statements_[kTexts];
  const int64_t id = s.Int(0);
  Columns c(s);
  const NodeNumber node = c.Node(1);
  const auto attribute =
      static_cast<model::TextAttribute>(c.Byte(2, static_cast<int>(model::TextAttribute::kCitizenIdHash)));
  const base::Validity valid = c.Validity(3);
  Sealed sealed;
  sealed.has_value = sealed.has_side_row = !c.IsNull(5);
  sealed.value = c.Bytes(5);
  if (detail_ == kVerify) {
    sealed.has_salt = c.ArrayOrNull(6, &sealed.salt);
    sealed.has_commitment = c.ArrayOrNull(7, &sealed.commitment);
  }
  if (c.good()) return visitor->Text(id, node, attribute, valid, sealed);
  return CorruptError(connection_->path(), base::StrCat("text row ", OrdinalOfRow(id), " of commit ", SeqOfRow(id),
                                                        " holds a value no such row can have"));
}

absl::Status LogScan::VisitAttachment(LogVisitor* visitor) {
  const Statement& s = statements_[kAttachments];
  const int64_t id = s.Int(0);
  Columns c(s);
  model::AttachmentRow row;
  row.kind = static_cast<model::AttachmentKind>(c.Within(1, 1, model::kAttachmentKinds - 1));
  if (!c.IsNull(2)) row.node = c.Node(2);
  row.name = std::string(c.Bytes(3));
  row.valid = c.Validity(4);
  row.priority = c.Int32(6);
  row.withdrawn = c.Byte(7, 1) != 0;
  row.content = std::string(c.Bytes(8));
  Sealed sealed;
  sealed.has_value = sealed.has_side_row = !c.IsNull(8);
  sealed.value = row.content;
  sealed.has_salt = !row.node || c.ArrayOrNull(9, &sealed.salt);
  sealed.has_commitment = c.ArrayOrNull(10, &sealed.commitment);
  if (c.good()) return visitor->Attachment(id, row, sealed);
  return CorruptError(connection_->path(), base::StrCat("attachment row ", OrdinalOfRow(id), " of commit ",
                                                        SeqOfRow(id), " holds a value no such row can have"));
}

absl::Status LogScan::VisitStep(LogVisitor* visitor) {
  const Statement& s = statements_[kSteps];
  const int64_t id = s.Int(0);
  Columns c(s);
  model::StepRow row;
  row.matter = static_cast<uint32_t>(c.Within(1, 1, UINT32_MAX));
  row.number = static_cast<int32_t>(c.Within(2, 0, INT32_MAX));
  row.about = c.Node(3);
  row.day = base::Date::FromDays(c.Int32(4));
  row.minute = static_cast<int32_t>(c.Within(5, 0, 1439));
  if (!c.IsNull(6)) row.actor = c.Node(6);
  row.word = std::string(c.Bytes(7));
  row.withdrawn = c.Byte(8, 1) != 0;
  row.content = std::string(c.Bytes(9));
  Sealed sealed;
  sealed.has_value = sealed.has_side_row = !c.IsNull(9);
  sealed.value = row.content;
  sealed.has_salt = c.ArrayOrNull(10, &sealed.salt);
  sealed.has_commitment = c.ArrayOrNull(11, &sealed.commitment);
  if (c.good() && row.day.IsFinite()) return visitor->Step(id, row, sealed);
  return CorruptError(connection_->path(), base::StrCat("step row ", OrdinalOfRow(id), " of commit ", SeqOfRow(id),
                                                        " holds a value no such row can have"));
}

absl::Status LogScan::VisitTie(LogVisitor* visitor) {
  const Statement& s = statements_[kTies];
  const int64_t id = s.Int(0);
  Columns c(s);
  int64_t number = s.Int(1);
  if (c.IsNull(1)) {
    ASSIGN_OR_RETURN(const int64_t offset, TieOffset(SeqOfRow(id)));
    number = OrdinalOfRow(id) + offset;
  }
  const int64_t traits = c.Within(2, 0, kTieTraits);
  model::Tie row;
  row.number = static_cast<uint32_t>(c.Check(number, 0, UINT32_MAX));
  row.kind = static_cast<model::TieKind>(c.Check(kTieKind.Of(traits), 1, model::kTieKinds - 1));
  row.manner = static_cast<uint8_t>(kTieManner.Of(traits));
  row.role = static_cast<uint8_t>(kTieRole.Of(traits));
  row.withdrawn = kTieWithdrawn.Of(traits) != 0;
  row.from = c.Node(3);
  row.to = c.Node(4);
  row.valid = c.Validity(5);
  Sealed sealed;
  sealed.has_value = sealed.has_side_row = !c.IsNull(7);
  sealed.value = c.Bytes(7);
  if (detail_ == kVerify) {
    sealed.has_salt = c.ArrayOrNull(8, &sealed.salt);
    sealed.has_commitment = c.ArrayOrNull(9, &sealed.commitment);
  }
  if (c.good()) return visitor->Tie(id, row, sealed);
  return CorruptError(connection_->path(), base::StrCat("tie row ", OrdinalOfRow(id), " of commit ", SeqOfRow(id),
                                                        " holds a value no such row can have"));
}

}  // namespace jiceng::store
