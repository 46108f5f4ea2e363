#include <cstdint>

#include "jiceng_private/v1/change.pb.h"
#include "wire/changes.h"
#include "wire/dates.h"
#include "wire/numbers.h"

namespace jiceng::wire {
namespace {

using base::PartialDate;

model::NodeKind KindOf(const std::string& node) {
  const absl::StatusOr<model::NodeText> text = model::ParseNodeText(node);
  return text.ok() ? text->kind : model::NodeKind::kNone;
}

void Write(const model::TextValue& text, pb::Text* message) {
  message->set_attribute(NumberOf(text.attribute));
  message->set_value(text.value);
}

void Write(model::NodeKind kind, const model::FactValue& value, pb::Fact* message) {
  const FactField* field = FactFieldOf(kind, value.fact);
  if (field == nullptr) return;
  switch (field->value_case) {
    case pb::Fact::kLevel:
      message->set_level(static_cast<pb::Level>(value.number));
      break;
    case pb::Fact::kHouseholds:
      message->set_households(value.number);
      break;
    case pb::Fact::kPopulation:
      message->set_population(value.number);
      break;
    case pb::Fact::kUnitParent:
      message->set_unit_parent(value.text);
      break;
    case pb::Fact::kOrganizationKind:
      message->set_organization_kind(value.text);
      break;
    case pb::Fact::kOrganizationParent:
      message->set_organization_parent(value.text);
      break;
    case pb::Fact::kOrganizationSeat:
      message->set_organization_seat(value.text);
      break;
    case pb::Fact::kPartyStatus:
      message->set_party_status(static_cast<pb::PartyStatus>(value.number + 1));
      break;
    case pb::Fact::kInService:
      message->set_in_service(value.number != 0);
      break;
    case pb::Fact::kJoinedOn:
      WritePartialDate(PartialDate::Unpack(value.number), message->mutable_joined_on());
      break;
    case pb::Fact::kFullOn:
      WritePartialDate(PartialDate::Unpack(value.number), message->mutable_full_on());
      break;
    case pb::Fact::kSex:
      message->set_sex(static_cast<pb::Sex>(value.number));
      break;
    case pb::Fact::VALUE_NOT_SET:
      break;
  }
}

// Of pb::Tie and pb::TieKey; an open end is left out.
template <typename Message>
void Write(const model::TieName& tie, Message* message) {
  message->set_kind(static_cast<pb::TieKind>(tie.kind));
  message->set_from_node(tie.from);
  message->set_to_node(tie.to);
  message->set_role(tie.role);
  if (tie.since.IsFinite()) WriteDay(tie.since, message->mutable_from());
}

template <typename Tie>
void WriteTie(const Tie& tie, pb::Tie* message) {
  Write(tie.tie, message);
  if (tie.to.IsFinite()) WriteDay(tie.to, message->mutable_to());
  message->set_manner(NumberOf(tie.tie.kind, tie.manner));
  message->set_attributes(tie.attributes);
}

template <typename Message>
void WriteValidity(base::Validity valid, Message* message) {
  if (valid.from.IsFinite()) WriteDay(valid.from, message->mutable_from());
  if (valid.to.IsFinite()) WriteDay(valid.to, message->mutable_to());
}

template <typename Change, typename Message>
void WriteEnd(const Change& change, Message* message) {
  if (change.on.IsFinite()) WriteDay(change.on, message->mutable_on());
  if (!change.from.has_value()) return;
  message->mutable_from();  // there, and empty, is the beginning
  if (change.from->IsFinite()) WriteDay(*change.from, message->mutable_from());
}

template <typename Fields>
void WriteTold(const model::Told& told, Fields* fields) {
  for (const auto& [name, value] : told) {
    auto* field = fields->Add();
    field->set_name(name);
    field->set_value(value);
  }
}

template <typename Change, typename Message>
void WriteTaken(const Change& change, Message* message) {
  WriteDay(change.day, message->mutable_day());
  message->set_minute(change.minute);
  message->set_actor(change.actor);
  WriteTold(change.evidence, message->mutable_evidence());
}

// One overload a change.
struct ChangeWriter {
  pb::Change* message;

  void operator()(const model::PutNode& change) const {
    pb::Node* node = message->mutable_put_node();
    node->set_node(change.node);
    node->set_name(change.name);
    const auto from = PartialDate{change.life.from, static_cast<PartialDate::Precision>(change.from_precision)};
    const auto to = PartialDate{change.life.to, static_cast<PartialDate::Precision>(change.to_precision)};
    if (from.date.IsFinite()) WritePartialDate(from, node->mutable_from());
    if (to.date.IsFinite()) WritePartialDate(to, node->mutable_to());
    for (const model::FactValue& fact : change.facts) Write(KindOf(change.node), fact, node->add_facts());
    for (const model::TextValue& code : change.codes) Write(code, node->add_codes());
  }
  void operator()(const model::AmendFact& change) const {
    pb::AmendFact* amend = message->mutable_amend_fact();
    amend->set_node(change.node);
    amend->set_take_away(change.take_away);
    model::FactValue value = change.value;
    if (change.take_away) value.number = 0;  // only which fact it is counts
    Write(KindOf(change.node), value, amend->mutable_fact());
    WriteValidity(change.valid, amend);
  }
  void operator()(const model::SetText& change) const {
    pb::SetText* set = message->mutable_set_text();
    set->set_node(change.node);
    Write(change.value, set->mutable_text());
    WriteValidity(change.valid, set);
  }
  void operator()(const model::OpenTie& change) const { WriteTie(change, message->mutable_open_tie()); }
  void operator()(const model::AmendTie& change) const { WriteTie(change, message->mutable_amend_tie()); }
  void operator()(const model::CloseTie& change) const {
    Write(change.tie, message->mutable_close_tie()->mutable_tie());
    WriteDay(change.to, message->mutable_close_tie()->mutable_to());
  }
  void operator()(const model::CorrectTie& change) const {
    Write(change.tie, message->mutable_correct_tie()->mutable_tie());
    WriteTie(change.instead, message->mutable_correct_tie()->mutable_instead());
  }
  void operator()(const model::WithdrawTie& change) const { Write(change.tie, message->mutable_withdraw_tie()); }
  void operator()(const model::PutTerm& change) const {
    pb::Term* term = message->mutable_put_term();
    term->set_organization(change.org);
    term->set_number(change.number);
    term->set_years(change.years);
    if (change.elected_on.IsFinite()) WriteDay(change.elected_on, term->mutable_elected_on());
    if (change.ends_on.IsFinite()) WriteDay(change.ends_on, term->mutable_ends_on());
    if (change.extended_to.IsFinite()) WriteDay(change.extended_to, term->mutable_extended_to());
  }
  void operator()(const model::Rename& change) const {
    pb::Rename* rename = message->mutable_rename();
    rename->set_node(change.node);
    rename->set_name(change.name);
    WriteDay(change.on, rename->mutable_on());
  }
  void operator()(const model::Recode& change) const {
    pb::Recode* recode = message->mutable_recode();
    recode->set_node(change.node);
    Write(change.code, recode->mutable_code());
    WriteDay(change.on, recode->mutable_on());
  }
  void operator()(const model::Move& change) const {
    pb::Move* move = message->mutable_move();
    move->set_node(change.node);
    move->set_kind(static_cast<pb::TieKind>(change.kind));
    move->set_leaves(change.leaves);
    move->set_to_node(change.to);
    WriteDay(change.on, move->mutable_on());
  }
  void operator()(const model::AttachPolicy& change) const {
    pb::AttachPolicy* attach = message->mutable_attach_policy();
    attach->mutable_pack()->ParseFromString(change.content);
    attach->set_unit(change.unit);
    WriteValidity(change.valid, attach);
    if (change.priority.has_value()) attach->set_priority(*change.priority);
  }
  void operator()(const model::DetachPolicy& change) const {
    pb::DetachPolicy* detach = message->mutable_detach_policy();
    detach->set_unit(change.unit);
    detach->set_pack(change.pack);
    WriteEnd(change, detach);
  }
  void operator()(const model::Waive& change) const {
    pb::Waive* waive = message->mutable_waive();
    waive->ParseFromString(change.content);
    waive->set_node(change.node);
    waive->set_rule(change.rule);
    WriteValidity(change.valid, waive);
  }
  void operator()(const model::EndWaiver& change) const {
    pb::EndWaiver* end = message->mutable_end_waiver();
    end->set_node(change.node);
    end->set_rule(change.rule);
    WriteEnd(change, end);
  }
  void operator()(const model::OpenMatter& change) const {
    pb::OpenMatter* open = message->mutable_open_matter();
    open->set_procedure(change.procedure);
    open->set_id(change.id);
    WriteTold(change.subjects, open->mutable_subjects());
    WriteTaken(change, open);
  }
  void operator()(const model::TakeStep& change) const {
    pb::TakeStep* take = message->mutable_take_step();
    take->set_matter(change.matter);
    take->set_transition(change.transition);
    WriteTaken(change, take);
  }
};

void AppendLength(size_t length, std::string* bytes) {
  for (; length >= 0x80; length >>= 7) bytes->push_back(static_cast<char>((length & 0x7f) | 0x80));
  bytes->push_back(static_cast<char>(length));
}

}  // namespace

std::string EncodeChanges(absl::Span<const model::Change> changes) {
  std::string bytes;
  pb::Change message;
  for (const model::Change& change : changes) {
    message.Clear();
    std::visit(ChangeWriter{&message}, change);
    AppendLength(message.ByteSizeLong(), &bytes);
    message.AppendToString(&bytes);
  }
  return bytes;
}

}  // namespace jiceng::wire
