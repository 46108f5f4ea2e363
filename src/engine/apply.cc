// Change sets: each change becomes moves in one draft, and the draft one commit.
#include <map>
#include <memory>
#include <optional>

#include "base/status.h"
#include "base/strings.h"
#include "engine/erase.h"
#include "engine/maintain.h"
#include "engine/matters.h"
#include "engine/names.h"
#include "engine/policies.h"
#include "engine/structure.h"
#include "model/change.h"
#include "wire/changes.h"
#include "wire/policy.h"

namespace jiceng::engine {
namespace {

using base::Date;
using base::Validity;
using model::Fact;
using model::NodeKind;
using model::NodeNumber;
using model::Tie;
using model::TieKind;

// Carries changes out on a draft, one overload a kind of change.
class Applier {
 public:
  Applier(Store* store, const Version& version)
      : store_(store),
        version_(version),
        draft_(*version.graph, store->catalogue().model),
        erased_(store),
        matters_(store, version, &draft_) {}

  Draft& draft() { return draft_; }
  // Why the last change about a matter was refused; none when it was not.
  std::vector<procedures::Refusal>& refusals() { return matters_.refusals(); }
  // The packs attached so far, each with the change that did.
  std::vector<std::pair<model::AttachmentRow, Origin>> policies() const {
    std::vector<std::pair<model::AttachmentRow, Origin>> policies;
    for (const auto& [key, policy] : policies_) policies.push_back(policy);
    return policies;
  }

  absl::Status Apply(const model::Change& change, Origin origin) {
    origin_ = origin;
    return std::visit([this](const auto& c) { return Do(c); }, change);
  }

 private:
  absl::StatusOr<NodeNumber> Find(const std::string& text) const {
    ASSIGN_OR_RETURN(const model::NodeText node, model::ParseNodeText(text));
    const auto found = draft_.Find(node.kind, node.id);
    if (!found || draft_.Withdrawn(*found))
      return base::Error(absl::StatusCode::kNotFound, "UNKNOWN_NODE", base::StrCat("no node ", text, " in the store"));
    return *found;
  }

  absl::StatusOr<Tie> Name(const model::TieName& name) const {
    Tie tie;
    tie.kind = name.kind;
    ASSIGN_OR_RETURN(tie.from, Find(name.from));
    ASSIGN_OR_RETURN(tie.to, Find(name.to));
    if (model::LawOf(tie.kind).shape == model::TieLaw::kSymmetric && tie.to < tie.from) std::swap(tie.from, tie.to);
    if (!name.role.empty()) {
      const model::Role* role = draft_.catalogue().FindRole(name.role);
      if (role == nullptr)
        return base::Error(absl::StatusCode::kInvalidArgument, "BAD_ROLE",
                           base::StrCat("the catalogue has no role '", name.role, "'"));
      tie.role = static_cast<model::RoleNumber>(role->number);
    }
    tie.valid.from = name.since;
    return tie;
  }

  absl::StatusOr<Tie> Existing(const model::TieName& name) const {
    ASSIGN_OR_RETURN(const Tie key, Name(name));
    const auto found = version_.graph->In(key.from) ? version_.graph->FindTie(key.key()) : std::nullopt;
    if (!found)
      return base::Error(absl::StatusCode::kNotFound, "UNKNOWN_TIE",
                         base::StrCat("no ", model::TieKindName(name.kind), " tie ", name.from, " → ", name.to,
                                      " begins on that day"));
    return *found;
  }

  absl::StatusOr<int32_t> Value(NodeNumber node, const model::FactValue& value) const {
    if (model::HoldsWord(node.kind(), value.fact)) {
      const model::OrgKind* kind = draft_.catalogue().FindOrgKind(value.text);
      if (kind == nullptr)
        return base::Error(absl::StatusCode::kInvalidArgument, "BAD_KIND",
                           base::StrCat("the catalogue has no kind of organisation '", value.text, "'"));
      return kind->number;
    }
    if (model::HoldsNode(node.kind(), value.fact)) {
      ASSIGN_OR_RETURN(const NodeNumber target, Find(value.text));
      return static_cast<int32_t>(target.bits());
    }
    return value.number;
  }

  absl::Status Do(const model::PutNode& change) {
    ASSIGN_OR_RETURN(const model::NodeText text, model::ParseNodeText(change.node));
    std::optional<NodeNumber> node = draft_.Find(text.kind, text.id);
    if (!node && text.kind == NodeKind::kPerson && erased_.HasId(text.id)) {
      return base::Error(absl::StatusCode::kFailedPrecondition, "ERASED_PERSON",
                         "this person has been erased and does not come back");
    }
    if (!node) {
      node = draft_.CreateNode(text.kind, text.id, change.name);
    } else if (draft_.Withdrawn(*node)) {
      draft_.RestoreNode(*node);
    } else if (!change.name.empty()) {
      draft_.AssignText(*node, model::TextAttribute::kName, {}, change.name);
    }
    if (text.kind != NodeKind::kPerson)
      draft_.SetLife(*node, change.life, static_cast<uint8_t>(change.from_precision | change.to_precision << 2));
    for (const model::FactValue& fact : change.facts) {
      ASSIGN_OR_RETURN(const int32_t value, Value(*node, fact));
      draft_.AssignFact(*node, fact.fact, {}, value);
    }
    for (const model::TextValue& code : change.codes) {
      draft_.AssignText(*node, code.attribute, {}, code.value);
      if (model::IsCode(code.attribute)) draft_.RegisterCode(code.value, *node);
    }
    return absl::OkStatus();
  }

  absl::Status Do(const model::AmendFact& change) {
    ASSIGN_OR_RETURN(const NodeNumber node, Find(change.node));
    int32_t value = model::kNoValue;
    if (!change.take_away) {
      ASSIGN_OR_RETURN(value, Value(node, change.value));
    }
    draft_.AssignFact(node, change.value.fact, change.valid, value);
    return absl::OkStatus();
  }

  absl::Status Do(const model::SetText& change) {
    ASSIGN_OR_RETURN(const NodeNumber node, Find(change.node));
    draft_.AssignText(node, change.value.attribute, change.valid, change.value.value);
    return absl::OkStatus();
  }

  absl::Status Do(const model::OpenTie& change) {
    ASSIGN_OR_RETURN(Tie tie, Name(change.tie));
    tie.valid.to = change.to;
    tie.manner = change.manner;
    if (version_.graph->In(tie.from) && version_.graph->FindTie(tie.key())) {
      return base::Error(absl::StatusCode::kAlreadyExists, "TIE_EXISTS",
                         base::StrCat("a ", model::TieKindName(tie.kind), " tie ", change.tie.from, " → ",
                                      change.tie.to, " begins on that day already; amend it"));
    }
    draft_.PutTie(tie, change.attributes, origin_);
    return absl::OkStatus();
  }

  absl::Status Do(const model::AmendTie& change) {
    ASSIGN_OR_RETURN(Tie tie, Existing(change.tie));
    tie.valid.to = change.to;
    tie.manner = change.manner;
    draft_.PutTie(tie, change.attributes, origin_);
    return absl::OkStatus();
  }

  absl::Status Do(const model::CloseTie& change) {
    ASSIGN_OR_RETURN(Tie tie, Existing(change.tie));
    const std::string extra(version_.graph->Extra(tie));
    tie.valid.to = change.to;
    draft_.PutTie(tie, extra, origin_);
    return absl::OkStatus();
  }

  absl::Status Do(const model::CorrectTie& change) {
    ASSIGN_OR_RETURN(const Tie tie, Existing(change.tie));
    draft_.WithdrawTie(tie, origin_);
    return Do(change.instead);
  }

  absl::Status Do(const model::WithdrawTie& change) {
    ASSIGN_OR_RETURN(const Tie tie, Existing(change.tie));
    draft_.WithdrawTie(tie, origin_);
    return absl::OkStatus();
  }

  absl::Status Do(const model::PutTerm& change) {
    model::TermRow term;
    ASSIGN_OR_RETURN(term.org, Find(change.org));
    term.number = change.number;
    term.elected_on = change.elected_on;
    term.years = change.years;
    term.ends_on = change.ends_on;
    term.extended_to = change.extended_to;
    draft_.PutTerm(term);
    return absl::OkStatus();
  }

  absl::Status Do(const model::Rename& change) {
    return Respell(change.node, model::TextAttribute::kName, change.name, change.on);
  }
  absl::Status Do(const model::Recode& change) {
    return Respell(change.node, change.code.attribute, change.code.value, change.on);
  }

  // Another text from `on`, for as long as the one in force then would have run.
  absl::Status Respell(const std::string& text, model::TextAttribute attribute, const std::string& value, Date on) {
    ASSIGN_OR_RETURN(const NodeNumber node, Find(text));
    Validity valid{on, Date::Forever()};
    if (!draft_.IsNew(node)) {
      ASSIGN_OR_RETURN(const auto timelines, ReadTextTimelines(store_, version_, node));
      for (const auto& [known, timeline] : timelines) {
        if (known != attribute) continue;
        for (const auto& step : timeline.steps()) {
          if (step.from > on) {
            valid.to = step.from;
            break;
          }
        }
      }
    }
    draft_.AssignText(node, attribute, valid, value);
    if (model::IsCode(attribute)) draft_.RegisterCode(value, node);
    return absl::OkStatus();
  }

  absl::Status Do(const model::Move& change) {
    ASSIGN_OR_RETURN(const NodeNumber node, Find(change.node));
    ASSIGN_OR_RETURN(const NodeNumber to, Find(change.to));
    std::vector<Tie> open;
    if (version_.graph->In(node))
      version_.graph->ForEachOpenFrom(change.kind, node, change.on, [&](const Tie& tie) { open.push_back(tie); });
    if (!change.leaves.empty()) {
      ASSIGN_OR_RETURN(const NodeNumber leaves, Find(change.leaves));
      open.erase(
          std::remove_if(open.begin(), open.end(), [&, left = leaves](const Tie& tie) { return tie.to != left; }),
          open.end());
    }
    if (open.size() != 1) {
      return base::Error(absl::StatusCode::kFailedPrecondition, "AMBIGUOUS_MOVE",
                         base::StrCat(change.node, " has ", open.size(), " ", model::TieKindName(change.kind),
                                      " ties to leave on that day; name the node it leaves"));
    }
    // Where the tie follows from a parent or seat, that is what moves, and the ties with it.
    const std::optional<Fact> reference = change.kind == TieKind::kTerritory       ? std::optional(Fact::kUnitParent)
                                          : change.kind == TieKind::kSeat          ? std::optional(Fact::kOrgSeat)
                                          : node.kind() == NodeKind::kOrganization ? std::optional(Fact::kOrgParent)
                                                                                   : std::nullopt;
    if (reference && draft_.FactAt(node, *reference, change.on) == static_cast<int32_t>(open[0].to.bits())) {
      draft_.AssignFact(node, *reference, {change.on, Date::Forever()}, static_cast<int32_t>(to.bits()));
      return absl::OkStatus();
    }
    Tie ended = open[0], begun = open[0];
    ended.valid.to = change.on;
    if (ended.valid.IsEmpty()) {
      draft_.WithdrawTie(open[0], origin_);
    } else {
      draft_.PutTie(ended, version_.graph->Extra(open[0]), origin_);
    }
    begun.to = to;
    begun.valid.from = change.on;
    draft_.PutTie(begun, version_.graph->Extra(open[0]), origin_);
    return absl::OkStatus();
  }

  absl::Status Do(const model::AttachPolicy& change) {
    model::AttachmentRow row;
    row.kind = model::AttachmentKind::kPolicy;
    ASSIGN_OR_RETURN(row.node, FindUnit(change.unit));
    row.name = change.pack;
    row.valid = change.valid;
    row.content = change.content;
    if (change.priority.has_value()) {
      row.priority = *change.priority;
    } else {
      ASSIGN_OR_RETURN(const rules::PolicyPack pack, wire::DecodePolicy(change.content));
      row.priority = pack.priority;
    }
    draft_.PutAttachment(row);
    with_packs_.reset();
    policies_[row.key()] = {row, origin_};
    return absl::OkStatus();
  }

  absl::Status Do(const model::DetachPolicy& change) {
    ASSIGN_OR_RETURN(const NodeNumber unit, FindUnit(change.unit));
    ASSIGN_OR_RETURN(model::AttachmentRow row, FindAttachment(draft_.attachments(), model::AttachmentKind::kPolicy,
                                                              unit, change.pack, change.on, change.from));
    End(change.on, &row);
    with_packs_.reset();
    policies_.erase(row.key());
    return absl::OkStatus();
  }

  absl::Status Do(const model::Waive& change) {
    model::AttachmentRow row;
    row.kind = model::AttachmentKind::kWaiver;
    ASSIGN_OR_RETURN(row.node, Find(change.node));
    ASSIGN_OR_RETURN(row.name, RuleId(change.rule));
    row.valid = change.valid;
    row.content = change.content;
    draft_.PutAttachment(row);
    return absl::OkStatus();
  }

  absl::Status Do(const model::EndWaiver& change) {
    ASSIGN_OR_RETURN(const NodeNumber node, Find(change.node));
    ASSIGN_OR_RETURN(const std::string rule, RuleId(change.rule));
    ASSIGN_OR_RETURN(model::AttachmentRow row, FindAttachment(draft_.attachments(), model::AttachmentKind::kWaiver,
                                                              node, rule, change.on, change.from));
    End(change.on, &row);
    return absl::OkStatus();
  }

  absl::StatusOr<NodeNumber> FindUnit(const std::string& text) const {
    return text.empty() ? NodeNumber() : Find(text);
  }

  // The id of a rule that may be named by an alias.
  absl::StatusOr<std::string> RuleId(const std::string& id) {
    const rules::RuleSet& own = store_->catalogue().rules;
    if (const int rule = own.Find(id); rule >= 0) return own[rule].id;
    if (!with_packs_.has_value()) {
      ASSIGN_OR_RETURN(const auto attached, ReadAttached(draft_.attachments(), store_->catalogue()));
      with_packs_ = attached->rules;
    }
    if (const int rule = with_packs_->Find(id); rule >= 0) return (*with_packs_)[rule].id;
    return base::Error(absl::StatusCode::kInvalidArgument, "UNKNOWN_RULE",
                       base::StrCat("neither the catalogue nor a pack attached has a rule '", id, "'"));
  }

  // It holds until `on`, or never did.
  void End(Date on, model::AttachmentRow* row) {
    if (on.IsFinite() && row->valid.from < on) {
      row->valid.to = on;
    } else {
      row->withdrawn = true;
    }
    draft_.PutAttachment(*row);
  }

  absl::Status Do(const model::OpenMatter& change) { return matters_.Open(change); }
  absl::Status Do(const model::TakeStep& change) { return matters_.Take(change, origin_); }

  Store* store_;
  const Version& version_;
  Draft draft_;
  const Erased erased_;
  std::optional<rules::RuleSet> with_packs_;  // those of the packs attached so far, where one was asked for
  MatterApplier matters_;
  Origin origin_ = kNowhere;
  std::map<model::AttachmentRow::Key, std::pair<model::AttachmentRow, Origin>> policies_;
};

// Changes made over one version, which must outlive them, their laws checked; or the step that may not be taken, and
// nothing else.
struct Prepared {
  std::optional<RefusedStep> refused_step;
  std::unique_ptr<Applier> applier;  // the texts of the batch are views into its draft
  DraftResult draft;
  std::shared_ptr<const graph::Snapshot> candidate;
};

absl::StatusOr<Prepared> Prepare(Store* store, const Version& version, const std::vector<model::Change>& changes,
                                 const Progress& progress) {
  Prepared prepared;
  prepared.applier = std::make_unique<Applier>(store, version);
  Applier& applier = *prepared.applier;
  // The error with the change it is about.
  const auto at = [&](Origin origin, const absl::Status& status) {
    if (status.ok() || origin == kNowhere) return status;
    const size_t i = static_cast<size_t>(origin);
    return base::AtField(status, base::StrCat("changes[", i, "].", model::ChangeName(changes[i])));
  };
  for (size_t i = 0; i < changes.size(); ++i) {
    RETURN_IF_ERROR(at(static_cast<Origin>(i), applier.Apply(changes[i], static_cast<Origin>(i))));
    if (applier.refusals().empty()) continue;
    prepared.refused_step = RefusedStep{static_cast<int64_t>(i), std::move(applier.refusals())};
    return prepared;
  }
  DeriveStructure(&applier.draft(), [](NodeNumber) { return kNowhere; });
  prepared.draft = applier.draft().Finish();
  std::vector<IntegrityError> broken;
  ASSIGN_OR_RETURN(prepared.candidate, store->Candidate(version, prepared.draft, &broken, progress));
  if (!broken.empty()) {
    return at(broken[0].origin, base::Error(absl::StatusCode::kFailedPrecondition, broken[0].code, broken[0].message));
  }
  for (const auto& [row, origin] : applier.policies()) {
    RETURN_IF_ERROR(at(origin, CheckPolicy(*prepared.candidate, store->catalogue(), row)));
  }
  return prepared;
}

}  // namespace

absl::StatusOr<int64_t> ApplyChanges(Store* store, std::string_view bytes, const CommitOptions& options) {
  ASSIGN_OR_RETURN(const std::vector<model::Change> changes, wire::DecodeChanges(bytes));
  Store::Turn turn(store);
  // Looking for what other processes have written costs a lock on the file, which writing takes anyway: so the changes
  // are made over what is known, and writing them is what proves that it was the head.  Where nothing was written, that
  // is still to be shown.
  Version known = store->Known();
  if (options.trial != nullptr) {  // nothing will be written to prove it
    ASSIGN_OR_RETURN(known, store->Head());
  }
  Version head;
  absl::StatusOr<Prepared> prepared = Prepare(store, known, changes, options.progress);
  if (prepared.ok() && !prepared->refused_step.has_value() && !prepared->draft.batch.empty()) {
    ASSIGN_OR_RETURN(const bool refused, store->Refuses(known, prepared->draft, prepared->candidate, options));
    if (refused && options.trial == nullptr) return 0;
    absl::StatusOr<int64_t> committed = store->Commit(known, prepared->draft, prepared->candidate, "apply", options);
    if (committed.ok() || base::ErrorReason(committed.status()) != "SEQ_MOVED") return committed;
  }
  if (absl::IsCancelled(prepared.status())) return prepared.status();
  ASSIGN_OR_RETURN(head, store->Head());
  if (head.seq != known.seq) prepared = Prepare(store, head, changes, options.progress);
  RETURN_IF_ERROR(prepared.status());
  if (prepared->refused_step.has_value()) {
    if (options.refused_step != nullptr) *options.refused_step = *std::move(prepared->refused_step);
    return 0;
  }
  ASSIGN_OR_RETURN(const bool refused, store->Refuses(head, prepared->draft, prepared->candidate, options));
  if (refused && options.trial == nullptr) return 0;
  return store->Commit(head, prepared->draft, std::move(prepared->candidate), "apply", options);
}

}  // namespace jiceng::engine
