#include "engine/feed.h"

#include <utility>
#include <variant>

#include "base/status.h"
#include "base/strings.h"
#include "engine/wording.h"
#include "model/change.h"
#include "nlohmann/json.hpp"

namespace jiceng::engine {
namespace {

using model::Fact;
using model::NodeNumber;
using model::NodeRow;
using model::TextAttribute;

// Puts rows of the log into words.
class Teller {
 public:
  Teller(Store* store, const Version& head, std::vector<FeedRow>* rows)
      : store_(store), head_(head), graph_(*head.graph), catalogue_(store->catalogue().model), rows_(rows) {}

  void Tell(const store::LogRow& row) {
    at_ = &row;
    std::visit([this](const auto& said) { Say(said); }, row.row);
  }

 private:
  FeedRow& Add(FeedRow::What what, NodeNumber node, const char* kind, base::Validity valid) {
    FeedRow& row = rows_->emplace_back();
    row.what = what;
    row.seq = at_->seq;
    row.row = at_->ordinal;
    row.node = node;
    if (node) row.node_text = graph_.Text(node);
    row.kind = kind;
    row.valid = valid;
    return row;
  }

  void Say(const NodeRow& said) {
    Add(FeedRow::kNode, said.node, "", said.life).withdrawn = said.action == NodeRow::kWithdraw;
    if (said.action == NodeRow::kCreate && !at_->name.empty()) SayText(said.node, TextAttribute::kName, {}, at_->name);
    if (said.action != NodeRow::kCreate && said.action != NodeRow::kRestore) return;
    for (int i = 0; i < model::FactCount(said.node.kind()); ++i) {
      const int32_t value = said.facts[static_cast<size_t>(i)];
      // A restored node has these facts and no others; a new one had none.
      if (value == model::kNoValue && said.action == NodeRow::kCreate) continue;
      SayFact(said.node, static_cast<Fact>(i), {}, value);
    }
  }

  void Say(const model::FactRow& said) { SayFact(said.node, said.fact, said.valid, said.value); }

  void SayFact(NodeNumber node, Fact fact, base::Validity valid, int32_t value) {
    FeedRow& row = Add(FeedRow::kFact, node, model::FactName(node.kind(), fact), valid);
    if (!model::HoldsNode(node.kind(), fact)) {
      row.value = model::FactWord(catalogue_, node.kind(), fact, value);
    } else if (value != model::kNoValue) {
      row.to = NodeNumber::FromBits(static_cast<uint32_t>(value));
      row.value = row.to_text = graph_.Text(row.to);
    }
  }

  void Say(const store::StoredText& said) {
    // That there is one, and no more.  No row is left out: a commit without any would look like no commit.
    const bool hash = said.attribute == TextAttribute::kCitizenIdHash && !said.value.empty();
    SayText(said.node, said.attribute, said.valid, hash ? std::string_view("***") : said.value);
  }

  void SayText(NodeNumber node, TextAttribute attribute, base::Validity valid, std::string_view value) {
    Add(FeedRow::kText, node, model::TextAttributeName(attribute), valid).value = std::string(value);
  }

  void Say(const model::TermRow& said) {
    FeedRow& row = Add(FeedRow::kTerm, said.org, "", {said.elected_on, base::Date::Forever()});
    row.value = std::to_string(said.number);
    row.withdrawn = said.withdrawn;
    const auto attribute = [&](const char* name, const std::string& value) {
      row.attributes += base::StrCat(row.attributes.empty() ? "{\"" : ",\"", name, "\":", value);
    };
    if (said.ends_on.IsFinite()) attribute("ends_on", base::StrCat("\"", said.ends_on.ToString(), "\""));
    if (said.extended_to.IsFinite()) attribute("extended_to", base::StrCat("\"", said.extended_to.ToString(), "\""));
    if (said.years != 0) attribute("years", std::to_string(said.years));
    if (!row.attributes.empty()) row.attributes += "}";
  }

  void Say(const model::AttachmentRow& said) {
    const char* kind = said.kind == model::AttachmentKind::kPolicy ? "policy" : "waiver";
    FeedRow& row = Add(FeedRow::kAttachment, said.node, kind, said.valid);
    row.value = said.name;
    row.withdrawn = said.withdrawn;
    if (said.priority != 0) row.attributes = base::StrCat("{\"priority\":", said.priority, "}");
  }

  void Say(const model::StepRow& said) {
    FeedRow& row =
        Add(FeedRow::kStep, said.about, said.number == 0 ? "open" : "step", {said.day, base::Date::Forever()});
    row.value = said.word;
    row.to = said.actor;
    if (said.actor) row.to_text = graph_.Text(said.actor);
    row.withdrawn = said.withdrawn;
    nlohmann::json attributes = {{"at", procedures::MomentText({said.day, said.minute})}, {"number", said.number}};
    // By the id it has now: none where what was told has been erased.
    if (docket_ == nullptr) docket_ = store_->DocketOf(head_);
    if (const procedures::Docket::Line* line = docket_->FindLine(said.matter)) attributes["matter"] = line->id;
    row.attributes = attributes.dump();
  }

  void Say(const model::Tie& said) {
    FeedRow& row = Add(FeedRow::kTie, said.from, model::TieKindName(said.kind), said.valid);
    row.to = said.to;
    row.to_text = graph_.Text(said.to);
    row.manner = model::MannerName(said.kind, said.manner);
    if (const model::Role* role = catalogue_.FindRole(said.role)) row.role = role->id;
    row.tie = said.number;
    row.attributes = std::string(at_->attributes);
    row.withdrawn = said.withdrawn;
  }

  Store* const store_;
  const Version& head_;
  const graph::Snapshot& graph_;
  const model::Catalogue& catalogue_;
  std::shared_ptr<const procedures::Docket> docket_;  // where there was a step
  std::vector<FeedRow>* const rows_;
  const store::LogRow* at_ = nullptr;
};

}  // namespace

absl::StatusOr<std::vector<FeedRow>> ReadFeed(Store* store, int64_t after_seq, int64_t after_row, int64_t limit) {
  ASSIGN_OR_RETURN(const Version head, store->Head());
  if (after_seq < 0 || after_seq > head.seq) return NoSuchSeq(after_seq, head.seq);
  std::vector<FeedRow> rows;
  Teller teller(store, head, &rows);
  const bool whole = after_row < 0;
  RETURN_IF_ERROR(store->rows().ReadLog(whole ? after_seq + 1 : after_seq, whole ? 0 : after_row + 1, limit,
                                        [&](const store::LogRow& row) {
                                          // What has come meanwhile is for the next call: its nodes are not known yet.
                                          if (row.seq <= head.seq) teller.Tell(row);
                                        }));
  if (rows.empty()) return rows;
  const int64_t first = rows.front().seq, last = rows.back().seq;
  ASSIGN_OR_RETURN(const std::vector<store::CommitInfo> commits, store->rows().ReadCommits(last, last - first + 1));
  for (FeedRow& row : rows) {
    const size_t back = static_cast<size_t>(last - row.seq);  // newest first
    if (back >= commits.size()) continue;
    row.recorded_at = commits[back].header.recorded_at;
    if (commits[back].header.operation == kErase) row.what = FeedRow::kErased;
  }
  return rows;
}

}  // namespace jiceng::engine
