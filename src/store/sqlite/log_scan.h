// Reads rows of the log in order, whichever table each lies in.
#ifndef JICENG_STORE_SQLITE_LOG_SCAN_H_
#define JICENG_STORE_SQLITE_LOG_SCAN_H_

#include <cstdint>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "model/rows.h"
#include "store/canonical.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/schema.h"

namespace jiceng::store {

// What a row says about its erasable text, and the text itself.
struct Sealed {
  bool has_commitment = false;
  Commitment commitment{};
  bool has_side_row = false;  // a row in identity, text, step or tie_text
  int64_t seq = 0;            // identity.seq
  bool has_salt = false;      // false once the node is erased
  Salt salt{};
  bool has_value = false;
  std::string_view id, value;  // of an identity: id and name; else the value alone
};

// Takes rows in log order.  A returned error ends the scan.  Views are valid during the call.
class LogVisitor {
 public:
  virtual ~LogVisitor() = default;
  virtual absl::Status Node(int64_t id, const model::NodeRow& row, const Sealed& sealed) = 0;
  virtual absl::Status Fact(int64_t id, const model::FactRow& row) = 0;
  virtual absl::Status Text(int64_t id, model::NodeNumber node, model::TextAttribute attribute, base::Validity valid,
                            const Sealed& sealed) = 0;
  virtual absl::Status Term(int64_t id, const model::TermRow& row) = 0;
  virtual absl::Status Attachment(int64_t id, const model::AttachmentRow& row, const Sealed& sealed) = 0;
  virtual absl::Status Step(int64_t id, const model::StepRow& row, const Sealed& sealed) = 0;
  virtual absl::Status Tie(int64_t id, const model::Tie& row, const Sealed& sealed) = 0;
};

// A merge of one cursor a table by row id.  Statements are prepared once.
class LogScan {
 public:
  enum Detail {
    kReplay,  // ids, codes and the attributes of ties; no names, salts or commitments, and only the texts a dictionary
              // needs
    kVerify,  // everything
  };
  explicit LogScan(Detail detail) : detail_(detail) {}

  // Visits the rows with first <= id < end.  A value outside its list is STORE_CORRUPT: enums made of it would not be
  // safe to use.
  absl::Status Run(Connection* connection, int64_t first, int64_t end, LogVisitor* visitor);
  void Forget();

 private:
  static constexpr int kNodes = 3, kFacts = 3, kTexts = 4, kTerms = 5, kAttachments = 6, kSteps = 7, kTies = 8,
                       kTables = 9;

  absl::Status Prepare(Connection* connection);
  absl::Status PrepareSteps();
  absl::Status Visit(int table, LogVisitor* visitor);
  absl::Status VisitNode(int table, LogVisitor* visitor);
  absl::Status VisitText(LogVisitor* visitor);
  absl::Status VisitAttachment(LogVisitor* visitor);
  absl::Status VisitStep(LogVisitor* visitor);
  absl::Status VisitTie(LogVisitor* visitor);
  absl::StatusOr<int64_t> TieOffset(int64_t seq);  // commit_log.tie_offset

  Detail detail_;
  Connection* connection_ = nullptr;
  Statement statements_[kTables];
  Statement tie_offset_;
  static constexpr int64_t kNoSeq = INT64_MIN;
  int64_t tie_offset_seq_ = kNoSeq, tie_offset_of_seq_ = 0;  // the last one read
};

}  // namespace jiceng::store

#endif  // JICENG_STORE_SQLITE_LOG_SCAN_H_
