// Taking a commit back: everything it touched becomes what it was before, unless someone has touched it since.
#include <algorithm>
#include <map>
#include <set>

#include "base/status.h"
#include "base/strings.h"
#include "engine/maintain.h"
#include "engine/matters.h"
#include "engine/policies.h"

namespace jiceng::engine {
namespace {

using model::Fact;
using model::NodeNumber;
using model::TextAttribute;
using model::Tie;

// What rows of the log are about.
struct Touched {
  std::set<NodeNumber> nodes;
  std::set<std::pair<NodeNumber, Fact>> facts;
  std::set<std::pair<NodeNumber, TextAttribute>> texts;
  std::set<std::pair<NodeNumber, int32_t>> terms;
  std::set<model::AttachmentRow::Key> attachments;
  std::map<uint32_t, std::set<int32_t>> matters;  // and their steps
  std::set<model::TieKey> ties;
};

class Collect : public store::RowReader {
 public:
  explicit Collect(Touched* touched) : touched_(touched) {}
  void OnNode(int64_t, const model::NodeRow& row) override { touched_->nodes.insert(row.node); }
  void OnFact(int64_t, const model::FactRow& row) override { touched_->facts.insert({row.node, row.fact}); }
  void OnTerm(int64_t, const model::TermRow& row) override { touched_->terms.insert({row.org, row.number}); }
  void OnAttachment(int64_t, const model::AttachmentRow& row) override { touched_->attachments.insert(row.key()); }
  void OnStep(int64_t, const model::StepRow& row) override { touched_->matters[row.matter].insert(row.number); }
  void OnTie(int64_t, const model::Tie& row, std::string_view) override { touched_->ties.insert(row.key()); }
  void OnText(int64_t, NodeNumber, TextAttribute, base::Validity, std::string_view) override {
  }  // read from the texts themselves

 private:
  Touched* touched_;
};

// What a matter has referred to by its last step.
std::vector<procedures::Reference> ReferencesOf(Store* store, const Version& version, uint32_t matter) {
  const wire::Catalogue& catalogue = store->catalogue();
  const auto kept = ReadMatter(*version.graph, catalogue.procedures, matter);
  if (!kept.has_value()) return {};
  const auto view = Replay(*kept->procedure, kept->matter, procedures::kNever, catalogue.calendar);
  return view.ok() ? view->references() : std::vector<procedures::Reference>();
}

// The matters on whose standing a later step of another may rest: those that were touched, since it may tell them and be
// judged by how they stood; and those that a touched one will refer to again, since it may be judged by how many did.
// Of the latter steps of their own as well.  That there will be fewer stands in nobody's way: what is counted is bounded
// from above, as a post's places are.
struct RestsOn {
  std::set<uint32_t> told, own;
};
RestsOn FindRestsOn(Store* store, const Touched& touched, const Version& before, const Version& head) {
  RestsOn rests;
  for (const auto& [matter, steps] : touched.matters) {
    rests.told.insert(matter);
    const std::vector<procedures::Reference> now = ReferencesOf(store, head, matter);
    for (const procedures::Reference& was : ReferencesOf(store, before, matter)) {
      const auto covers = [&](const procedures::Reference& is) {
        return is.to == was.to && is.field == was.field && is.state == was.state && is.since <= was.since &&
               was.until <= is.until;
      };
      if (std::any_of(now.begin(), now.end(), covers)) continue;
      rests.told.insert(was.to);
      rests.own.insert(was.to);
    }
  }
  return rests;
}

// Finds the first later commit that touches something of `touched`, or rests on it.
class FindLater : public store::RowReader {
 public:
  FindLater(const Touched& touched, const RestsOn& rests, const graph::Snapshot& head, int64_t* seq)
      : touched_(touched), rests_(rests), head_(head), seq_(seq) {}
  void OnNode(int64_t seq, const model::NodeRow& row) override { Note(seq, touched_.nodes.count(row.node) > 0); }
  void OnFact(int64_t seq, const model::FactRow& row) override {
    Note(seq, touched_.facts.count({row.node, row.fact}) > 0 || touched_.nodes.count(row.node) > 0);
  }
  void OnTerm(int64_t seq, const model::TermRow& row) override {
    Note(seq, touched_.terms.count({row.org, row.number}) > 0);
  }
  void OnAttachment(int64_t seq, const model::AttachmentRow& row) override {
    Note(seq, touched_.attachments.count(row.key()) > 0);
  }
  // A step rests on all those before it, and on the matters it tells.
  void OnStep(int64_t seq, const model::StepRow& row) override {
    Note(seq,
         touched_.matters.count(row.matter) > 0 || ((rests_.own.count(row.matter) > 0 || Tells(row)) && Stands(row)));
  }
  void OnTie(int64_t seq, const model::Tie& row, std::string_view) override {
    Note(seq, touched_.ties.count(row.key()) > 0);
  }
  void OnText(int64_t, NodeNumber, TextAttribute, base::Validity, std::string_view) override {}

 private:
  void Note(int64_t seq, bool hit) {
    if (hit && (*seq_ == 0 || seq < *seq_)) *seq_ = seq;
  }
  // It has not been taken back since.
  bool Stands(const model::StepRow& row) const {
    bool stands = false;
    if (!row.withdrawn)
      head_.ForEachStepOf(row.matter, [&](const model::StepRow& now) { stands = stands || now.number == row.number; });
    return stands;
  }
  bool Tells(const model::StepRow& row) const {
    const absl::StatusOr<procedures::Values> told = procedures::DecodeEvidenceOf(row.number, row.content);
    return told.ok() && std::any_of(told->begin(), told->end(), [&](const auto& field) {
             return field.second.type == procedures::FieldType::kMatter &&
                    rests_.told.count(static_cast<uint32_t>(field.second.number)) > 0;
           });
  }

  const Touched& touched_;
  const RestsOn& rests_;
  const graph::Snapshot& head_;
  int64_t* seq_;
};

using Texts = std::map<std::pair<NodeNumber, TextAttribute>, model::Timeline<std::string>>;

void RestoreFacts(const Touched& touched, const Version& before, Draft* draft) {
  const auto restore = [&](NodeNumber node, Fact fact) {
    if (!before.graph->In(node) || before.graph->Withdrawn(node)) return;
    const model::FactTimeline was = before.graph->FactTimeline(node, fact);
    if (was == draft->Timeline(node, fact)) return;
    draft->AssignFact(node, fact, {}, model::kNoValue);
    was.ForEach([&](base::Validity valid, int32_t value) { draft->AssignFact(node, fact, valid, value); });
  };
  for (const auto& [node, fact] : touched.facts) restore(node, fact);
  for (NodeNumber node : touched.nodes) {
    for (int i = 0; i < model::FactCount(node.kind()); ++i) restore(node, static_cast<Fact>(i));
  }
}

void RestoreNodes(const Touched& touched, const Version& before, Draft* draft) {
  for (NodeNumber node : touched.nodes) {
    const bool was_there = before.graph->In(node) && !before.graph->Withdrawn(node);
    const bool is_there = !draft->Withdrawn(node);
    if (!was_there && is_there) draft->WithdrawNode(node);
    if (!was_there) continue;
    if (!is_there) draft->RestoreNode(node);
    draft->SetLife(node, before.graph->Life(node), before.graph->Precision(node));
  }
}

void RestoreTies(const Touched& touched, const Version& before, const Version& head, Draft* draft) {
  for (const model::TieKey& key : touched.ties) {
    const std::optional<Tie> was = before.graph->In(key.from) ? before.graph->FindTie(key) : std::nullopt;
    const std::optional<Tie> is = head.graph->FindTie(key);
    if (was) {
      draft->PutTie(*was, before.graph->Extra(*was), kNowhere);
    } else if (is) {
      draft->WithdrawTie(*is, kNowhere);
    }
  }
}

void RestoreTerms(const Touched& touched, const Version& before, const Version& head, Draft* draft) {
  if (touched.terms.empty()) return;
  std::map<std::pair<NodeNumber, int32_t>, model::TermRow> was, is;
  before.graph->ForEachTerm([&](const model::TermRow& term) { was[{term.org, term.number}] = term; });
  head.graph->ForEachTerm([&](const model::TermRow& term) { is[{term.org, term.number}] = term; });
  for (const auto& key : touched.terms) {
    if (was.count(key) > 0) {
      draft->PutTerm(was[key]);
    } else if (is.count(key) > 0) {
      model::TermRow gone = is[key];
      gone.withdrawn = true;
      draft->PutTerm(gone);
    }
  }
}

void RestoreAttachments(const Touched& touched, const Version& before, const Version& head, Draft* draft) {
  const auto find = [](const Version& version, const model::AttachmentRow::Key& key) {
    const model::Attachments& all = *version.graph->attachments();
    const auto it = std::find_if(all.begin(), all.end(), [&](const auto& row) { return row.key() == key; });
    return it == all.end() ? nullptr : &*it;
  };
  for (const auto& key : touched.attachments) {
    if (const model::AttachmentRow* was = find(before, key)) {
      draft->PutAttachment(*was);
    } else if (const model::AttachmentRow* is = find(head, key)) {
      model::AttachmentRow gone = *is;
      gone.withdrawn = true;
      draft->PutAttachment(gone);
    }
  }
}

void RestoreMatters(const Touched& touched, const Version& before, const Version& head, Draft* draft) {
  for (const auto& [matter, numbers] : touched.matters) {
    std::map<int32_t, model::StepRow> was;
    before.graph->ForEachStepOf(matter, [&](const model::StepRow& row) { was[row.number] = row; });
    head.graph->ForEachStepOf(matter, [&, &of = numbers](const model::StepRow& row) {
      if (of.count(row.number) == 0 || was.count(row.number) > 0) return;
      model::StepRow gone = row;
      gone.withdrawn = true;
      draft->PutStep(gone);
    });
    for (const int32_t number : numbers) {
      if (was.count(number) > 0) draft->PutStep(was[number]);
    }
  }
}

}  // namespace

absl::StatusOr<int64_t> Revert(Store* store, int64_t seq, const CommitOptions& options) {
  Store::Turn turn(store);
  ASSIGN_OR_RETURN(const Version head, store->Head());
  if (seq < 1 || seq > head.seq) {
    return NoSuchSeq(seq, head.seq);
  }
  ASSIGN_OR_RETURN(const std::vector<store::CommitInfo> taken_back, store->rows().ReadCommits(seq, 1));
  if (!taken_back.empty() && taken_back[0].header.operation == kErase) {
    return base::Error(absl::StatusCode::kFailedPrecondition, "ERASED_PERSON",
                       base::StrCat("commit ", seq, " erased people: what is gone cannot come back"), "seq");
  }
  if (options.progress && !options.progress("read", 0, 0)) return absl::CancelledError("stopped before reverting");
  ASSIGN_OR_RETURN(const Version before, store->At(seq - 1));

  Touched touched;
  Collect collect(&touched);
  RETURN_IF_ERROR(store->rows().ReadRows(seq - 1, seq, &collect));
  Texts text_was, text_is;
  std::map<std::pair<NodeNumber, TextAttribute>, int64_t> text_later;
  RETURN_IF_ERROR(store->rows().ReadAllTexts([&](const store::StoredText& text) {
    const std::pair<NodeNumber, TextAttribute> key{text.node, text.attribute};
    const bool created_with_node = touched.nodes.count(text.node) > 0 && (!before.graph->In(text.node));
    if (text.seq == seq && !created_with_node) touched.texts.insert(key);
    if (text.seq > seq) text_later.emplace(key, text.seq);
    if (text.node.kind() != model::NodeKind::kPerson || text.seq >= seq || touched.texts.count(key) > 0) {
      if (text.seq < seq)
        text_was.try_emplace(key, std::string()).first->second.Assign(text.valid, std::string(text.value));
      text_is.try_emplace(key, std::string()).first->second.Assign(text.valid, std::string(text.value));
    }
  }));

  int64_t later = 0;
  const RestsOn rests = seq < head.seq ? FindRestsOn(store, touched, before, head) : RestsOn();
  FindLater find_later(touched, rests, *head.graph, &later);
  if (seq < head.seq) RETURN_IF_ERROR(store->rows().ReadRows(seq, head.seq, &find_later));
  for (const auto& key : touched.texts) {
    const auto it = text_later.find(key);
    if (it != text_later.end() && (later == 0 || it->second < later)) later = it->second;
  }
  if (later != 0) {
    return base::Error(absl::StatusCode::kFailedPrecondition, "LATER_CHANGES",
                       base::StrCat("commit ", later, " has changed the same since; take that one back first"), "seq");
  }

  Draft draft(*head.graph, store->catalogue().model);
  RestoreNodes(touched, before, &draft);
  RestoreFacts(touched, before, &draft);
  RestoreTies(touched, before, head, &draft);
  RestoreTerms(touched, before, head, &draft);
  RestoreAttachments(touched, before, head, &draft);
  RestoreMatters(touched, before, head, &draft);
  for (const auto& key : touched.texts) {
    if (key.second == TextAttribute::kId) continue;  // an id stays taken
    const auto was = text_was.find(key);
    draft.AssignText(key.first, key.second, {}, "");
    if (was == text_was.end()) continue;
    was->second.ForEach([&, &k = key](base::Validity valid, const std::string& value) {
      draft.AssignText(k.first, k.second, valid, value);
    });
  }

  const DraftResult result = draft.Finish();
  std::vector<IntegrityError> broken;
  std::shared_ptr<const graph::Snapshot> candidate;
  ASSIGN_OR_RETURN(candidate, store->Candidate(head, result, &broken, options.progress));
  if (!broken.empty()) {
    return base::Error(absl::StatusCode::kFailedPrecondition, broken[0].code,
                       base::StrCat("commit ", seq, " cannot be taken back: ", broken[0].message), "seq");
  }
  for (const model::AttachmentRow& row : result.batch.attachments) {
    if (row.kind != model::AttachmentKind::kPolicy || row.withdrawn) continue;
    const absl::Status status = CheckPolicy(*candidate, store->catalogue(), row);
    if (status.ok()) continue;
    return base::Error(status.code(), base::ErrorReason(status),
                       base::StrCat("commit ", seq, " cannot be taken back: ", std::string(status.message())), "seq");
  }
  return store->Commit(head, result, std::move(candidate), base::StrCat("revert ", seq), options);
}

}  // namespace jiceng::engine
