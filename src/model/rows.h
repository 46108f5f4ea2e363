// The rows of the log: what a commit writes, whatever the store.  A store's content is its rows in order; everything
// else is derived.
#ifndef JICENG_MODEL_ROWS_H_
#define JICENG_MODEL_ROWS_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/date.h"
#include "model/node.h"
#include "model/step_row.h"
#include "model/tie.h"

namespace jiceng::model {

// Puts a node, or a new version of its lifetime.
struct NodeRow {
  enum Action : uint8_t {
    kCreate = 0,    // a new number; `facts` hold from before everything
    kLifetime = 1,  // another lifetime; `facts` are not looked at
    kWithdraw = 2,  // the node was put by mistake (a reverted import); its number and id stay taken
    kRestore = 3,   // a withdrawn node put again: lifetime and `facts` replace what it had
  };
  NodeNumber node;
  base::Validity life;
  Action action = kCreate;
  uint8_t from_precision = 0, to_precision = 0;  // base::PartialDate::Precision of founded and dissolved
  std::array<int32_t, kMaxFacts> facts{kNoValue, kNoValue, kNoValue, kNoValue, kNoValue};
};

// Gives a fact a value on the days of `valid`, whatever was believed of them; kNoValue takes it away.
struct FactRow {
  NodeNumber node;
  Fact fact{};
  base::Validity valid;
  int32_t value = kNoValue;
};

// The id and name a created node starts with; views into memory owned by whoever made the batch.  Parallel to the
// kCreate rows.
struct IdentityRow {
  NodeNumber node;
  std::string_view id, name;
};

// Gives a text attribute a value on the days of `valid`; an empty value takes it away.
struct TextRow {
  NodeNumber node;
  TextAttribute attribute{};
  base::Validity valid;
  std::string value;
};

// One term (届) of an elected body.  Key: organisation and number.
struct TermRow {
  NodeNumber org;
  int32_t number = 0;
  base::Date elected_on = base::Date::Beginning();  // ends of the calendar stand for "not given"
  int32_t years = 0;                                // 0: not given
  base::Date ends_on = base::Date::Forever();       // the last day of the term
  base::Date extended_to = base::Date::Forever();
  bool withdrawn = false;

  friend bool operator==(const TermRow& a, const TermRow& b) {
    return a.org == b.org && a.number == b.number && a.elected_on == b.elected_on && a.years == b.years &&
           a.ends_on == b.ends_on && a.extended_to == b.extended_to && a.withdrawn == b.withdrawn;
  }
};

// What is attached to a node for some days and looked at as a whole: a policy pack that holds in a unit, a waiver of a
// rule for one node.  Key: kind, node, name and first day; the rest is what the last row of that key says.
enum class AttachmentKind : uint8_t { kNone = 0, kPolicy = 1, kWaiver = 2 };
inline constexpr int kAttachmentKinds = 3;
struct AttachmentRow {
  AttachmentKind kind = AttachmentKind::kNone;
  NodeNumber node;   // no node: the root of all units
  std::string name;  // of a policy the pack's id, of a waiver the rule's
  base::Validity valid;
  int32_t priority = 0;
  std::string content;  // bytes that are opaque to whoever keeps them
  bool withdrawn = false;

  using Key = std::tuple<AttachmentKind, NodeNumber, std::string, base::Date>;
  Key key() const { return {kind, node, name, valid.from}; }
  friend bool operator==(const AttachmentRow& a, const AttachmentRow& b) {
    return a.key() == b.key() && a.valid.to == b.valid.to && a.priority == b.priority && a.content == b.content &&
           a.withdrawn == b.withdrawn;
  }
};
// The last rows of each key that were not withdrawn, in the order of their keys.
using Attachments = std::vector<AttachmentRow>;
// Puts a row where its key belongs, or takes that key out.
inline void Put(const AttachmentRow& row, Attachments* attachments) {
  const auto before = [](const AttachmentRow& a, const AttachmentRow& b) { return a.key() < b.key(); };
  auto at = std::lower_bound(attachments->begin(), attachments->end(), row, before);
  const bool there = at != attachments->end() && at->key() == row.key();
  if (row.withdrawn) {
    if (there) attachments->erase(at);
  } else if (there) {
    *at = row;
  } else {
    attachments->insert(at, row);
  }
}

// All rows of one commit.  Within a batch the order is: nodes, facts, texts, terms, attachments, steps, ties, each in
// the order of its vector; ties are in key order.
struct Batch {
  std::vector<NodeRow> nodes;
  std::vector<IdentityRow> identities;
  std::vector<FactRow> facts;
  std::vector<TextRow> texts;
  std::vector<TermRow> terms;
  std::vector<AttachmentRow> attachments;
  std::vector<StepRow> steps;
  std::vector<Tie> ties;
  std::vector<std::string> extras;  // attributes JSON of ties, canonical: keys sorted, no spaces

  int64_t rows() const {
    return static_cast<int64_t>(nodes.size() + facts.size() + texts.size() + terms.size() + attachments.size() +
                                steps.size() + ties.size());
  }
  bool empty() const { return rows() == 0; }
  // The attributes JSON of one of its ties, or "".
  std::string_view AttributesOf(const Tie& tie) const {
    return tie.extra < 0 ? std::string_view() : extras[static_cast<size_t>(tie.extra)];
  }
};

// Hands every row to `rows`, in the order in which rows of the log come: OnNode, OnText for ids, OnFact, OnText, OnTerm,
// OnAttachment, OnStep, OnTie.
template <typename Rows>
void VisitRowsBeforeTies(const Batch& batch, Rows* rows) {
  for (const NodeRow& row : batch.nodes) rows->OnNode(row);
  for (const IdentityRow& row : batch.identities) rows->OnText(row.node, TextAttribute::kId, {}, row.id);
  for (const FactRow& row : batch.facts) rows->OnFact(row);
  for (const TextRow& row : batch.texts) rows->OnText(row.node, row.attribute, row.valid, row.value);
  for (const TermRow& row : batch.terms) rows->OnTerm(row);
  for (const AttachmentRow& row : batch.attachments) rows->OnAttachment(row);
  for (const StepRow& row : batch.steps) rows->OnStep(row);
}
template <typename Rows>
void VisitRows(const Batch& batch, Rows* rows) {
  VisitRowsBeforeTies(batch, rows);
  for (const Tie& tie : batch.ties) rows->OnTie(tie, batch.AttributesOf(tie));
}

// The header of a commit.  `recorded_at` is given by the caller, seconds since 1970-01-01T00:00:00Z, and never before
// the head's.
struct CommitHeader {
  int64_t seq = 0;
  int64_t recorded_at = 0;
  std::string author, reason, basis;  // free text; enters the hash only as a salted commitment
  std::string operation;              // "import", "apply", "revert 12": what kind of call wrote it
};

}  // namespace jiceng::model

#endif  // JICENG_MODEL_ROWS_H_
