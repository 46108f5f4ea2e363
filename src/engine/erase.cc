#include "engine/erase.h"

#include <algorithm>

#include "base/digest.h"
#include "base/status.h"
#include "base/strings.h"

namespace jiceng::engine {
namespace {

using model::NodeKind;
using model::NodeNumber;

// 32 bytes that only the store's key can make of what someone was known by.
std::string Mark(std::string_view key, std::string_view what, std::string_view value) {
  const base::Digest digest = base::HmacSha256(key, base::StrCat("erased ", what, ":", value));
  return std::string(base::Bytes(digest));
}

absl::StatusOr<NodeNumber> FindPerson(const graph::Snapshot& graph, const std::string& person,
                                      const std::string& field) {
  const auto parsed = model::ParseNodeText(person);
  if (!parsed.ok() || parsed->kind != NodeKind::kPerson) {
    return base::Error(absl::StatusCode::kInvalidArgument, "BAD_NODE",
                       base::StrCat("'", person, "' is no person: only people are erased"), field);
  }
  const auto found = graph.Find(NodeKind::kPerson, parsed->id, base::Date::Forever());
  if (!found)
    return base::Error(absl::StatusCode::kNotFound, "UNKNOWN_NODE", base::StrCat("there is no ", person), field);
  return *found;
}

}  // namespace

bool Erased::Has(std::string_view what, std::string_view value) const {
  return !marks_->empty() && std::binary_search(marks_->begin(), marks_->end(), Mark(key_, what, value));
}

absl::StatusOr<int64_t> Erase(Store* store, const std::vector<std::string>& people, const CommitOptions& options) {
  Store::Turn turn(store);
  ASSIGN_OR_RETURN(const Version head, store->Head());
  const graph::Snapshot& graph = *head.graph;
  const std::string key = store->rows().key();
  model::Batch batch;
  Store::Marks marks;
  for (size_t i = 0; i < people.size(); ++i) {
    ASSIGN_OR_RETURN(const NodeNumber person, FindPerson(graph, people[i], base::StrCat("people[", i, "]")));
    const auto same = [&](const model::NodeRow& row) { return row.node == person; };
    if (std::any_of(batch.nodes.begin(), batch.nodes.end(), same)) continue;
    // The row of the log that says whom it was about: a lifetime as it is.
    model::NodeRow row;
    row.node = person;
    row.life = graph.Life(person);
    row.action = graph.Withdrawn(person) ? model::NodeRow::kWithdraw : model::NodeRow::kLifetime;
    row.from_precision = graph.Precision(person) & 3;
    row.to_precision = static_cast<uint8_t>(graph.Precision(person) >> 2);
    batch.nodes.push_back(row);
    marks.push_back(Mark(key, "id", graph.Id(person)));
    RETURN_IF_ERROR(store->rows().ReadTexts(person, [&](const store::StoredText& text) {
      if (text.attribute == model::TextAttribute::kCitizenIdHash && !text.value.empty()) {
        marks.push_back(Mark(key, "citizen", text.value));
      }
    }));
  }
  if (options.trial != nullptr) {
    *options.trial = head;
    return head.seq;
  }
  int64_t seq = head.seq;
  if (!batch.empty()) {
    ASSIGN_OR_RETURN(seq, store->CommitErasure(head, batch, marks, options));
  }
  if (options.progress) options.progress("scrub", 0, 0);  // too late to be stopped
  const absl::Status scrubbed = store->rows().Scrub();
  if (base::ErrorReason(scrubbed) == "STORE_LOCKED") {
    return base::Error(absl::StatusCode::kUnavailable, "BYTES_LEFT",
                       "all is erased, and while another process reads the files have bytes of it yet: call again");
  }
  RETURN_IF_ERROR(scrubbed);
  return seq;
}

}  // namespace jiceng::engine
