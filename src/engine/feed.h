// The change feed: what commits have said, row after row, for those who keep tables of their own in step.
#ifndef JICENG_ENGINE_FEED_H_
#define JICENG_ENGINE_FEED_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/store.h"

namespace jiceng::engine {

// What one row of the log says.  A row that creates a node is followed by what it says of its facts and its name, at
// the same place.
struct FeedRow {
  enum What : uint8_t { kNode, kFact, kText, kTerm, kTie, kErased, kAttachment, kStep } what = kNode;
  int64_t seq = 0, row = 0, recorded_at = 0;
  model::NodeNumber node, to;  // `to` of a tie, of a fact that is a node, and of a step whoever took it
  std::string node_text, to_text;
  // Of a tie its kind, of an attachment "policy" or "waiver", of a step "open" or "step", else which fact or text; "" of
  // a node and a term.
  const char* kind = "";
  // Of a fact, a text; a term's number; the id of a pack or of the rule that is waived; of a step its name, of an opening
  // the template with its edition; "" when nothing is believed of these days any more.
  std::string value;
  const char* manner = "";  // of a tie, likewise the next two
  std::string role;
  uint32_t tie = 0;
  base::Validity valid;    // of a node its lifetime; of a term from the day of the election; of a step from its day
  std::string attributes;  // JSON, of a tie, a term, an attachment and a step
  bool withdrawn = false;  // of a node, a term, a tie, an attachment, a step: it was never so
};

// At most `limit` rows of the log from the one after (after_seq, after_row) on; every row of commit `after_seq` lies
// before it when `after_row` is below 0.  Keyed hashes of citizen numbers are masked.
// Errors: OUT_OF_RANGE NO_SUCH_SEQ for a commit beyond the head.
absl::StatusOr<std::vector<FeedRow>> ReadFeed(Store* store, int64_t after_seq, int64_t after_row, int64_t limit);

}  // namespace jiceng::engine

#endif  // JICENG_ENGINE_FEED_H_
