#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status.h"
#include "base/strings.h"
#include "base/text.h"
#include "google/protobuf/arena.h"
#include "jiceng_private/v1/change.pb.h"
#include "ledgers/json.h"
#include "wire/change_fields.h"
#include "wire/changes.h"
#include "wire/dates.h"
#include "wire/numbers.h"
#include "wire/place.h"
#include "wire/policy_changes.h"

namespace jiceng::wire {
namespace {

using base::Date;
using model::NodeKind;
using model::TextAttribute;
using model::TieKind;

absl::Status CheckName(NodeKind kind, const std::string& name, const Place& place) {
  RETURN_IF_ERROR(place.CheckUtf8(name));
  if (kind == NodeKind::kPerson) return place.Name(base::CheckPersonName(name));
  if (name.empty()) return place.Error("BAD_NAME", "the name is empty");
  return CheckText(name, place);
}

NodeKind BearerOf(TextAttribute attribute) {
  if (attribute == TextAttribute::kCode) return NodeKind::kUnit;
  return attribute == TextAttribute::kStaffNumber ? NodeKind::kPerson : NodeKind::kOrganization;
}

// A text for a node of that kind; `may_be_empty` where that takes it away.
absl::StatusOr<model::TextValue> ReadText(NodeKind kind, const pb::Text& message, bool may_be_empty,
                                          const Place& place) {
  model::TextValue text;
  if (!TextAttributeFromNumber(message.attribute(), &text.attribute)) {
    return place.In("attribute").Error("BAD_CHANGE", absl::StrCat(message.attribute(), " is no text a change can set"));
  }
  text.value = message.value();
  const bool is_name = text.attribute == TextAttribute::kName;
  if (!is_name && BearerOf(text.attribute) != kind) {
    return place.In("attribute")
        .Error("BAD_CHANGE",
               absl::StrCat("a ", model::NodeKindName(kind), " has no ", model::TextAttributeName(text.attribute)));
  }
  if (text.value.empty() && may_be_empty) return text;
  const Place value = place.In("value");
  RETURN_IF_ERROR(value.CheckUtf8(text.value));
  RETURN_IF_ERROR(is_name ? CheckName(kind, text.value, value) : value.Name(base::CheckHostId(text.value)));
  return text;
}

// A number of a closed list as the model's, or the place's error.
absl::StatusOr<int32_t> ReadListed(int number, int least, int most, const Place& place) {
  if (number < least || number > most) return place.Error("BAD_CHANGE", absl::StrCat(number, " is no known choice"));
  return number;
}

absl::StatusOr<int32_t> ReadCount(int32_t count, const Place& place) {
  if (count < 0) return place.Error("BAD_CHANGE", "a count is not negative");
  return count;
}

absl::StatusOr<int32_t> ReadPacked(const pb::Date& date, const Place& place) {
  ASSIGN_OR_RETURN(const base::PartialDate partial, ReadPartialDate(date, Date::Beginning(), place));
  if (!partial.date.IsFinite()) return place.Error("BAD_DATE", "the date is missing");
  return partial.Pack();
}

// A fact of a node of that kind; with `only_which` the value is not looked at.
absl::StatusOr<model::FactValue> ReadFact(NodeKind kind, const pb::Fact& message, bool only_which, const Place& place) {
  const FactField* field = FactFieldOf(message.value_case());
  if (field == nullptr) return place.Error("BAD_CHANGE", "no known fact is given");
  const Place at = place.In(field->name);
  if (field->kind != kind)
    return at.Error("BAD_CHANGE", absl::StrCat("a ", model::NodeKindName(kind), " has no such fact"));
  model::FactValue value;
  value.fact = field->fact;
  if (only_which) return value;
  switch (message.value_case()) {
    case pb::Fact::kLevel: {
      ASSIGN_OR_RETURN(value.number, ReadListed(message.level(), 1, pb::Level_MAX, at));
      break;
    }
    case pb::Fact::kHouseholds: {
      ASSIGN_OR_RETURN(value.number, ReadCount(message.households(), at));
      break;
    }
    case pb::Fact::kPopulation: {
      ASSIGN_OR_RETURN(value.number, ReadCount(message.population(), at));
      break;
    }
    case pb::Fact::kUnitParent:
      value.text = message.unit_parent();
      break;
    case pb::Fact::kOrganizationKind:
      value.text = message.organization_kind();
      if (value.text.empty()) return at.Error("BAD_CHANGE", "the kind is empty");
      RETURN_IF_ERROR(CheckText(value.text, at));
      break;
    case pb::Fact::kOrganizationParent:
      value.text = message.organization_parent();
      break;
    case pb::Fact::kOrganizationSeat:
      value.text = message.organization_seat();
      break;
    case pb::Fact::kPartyStatus: {
      ASSIGN_OR_RETURN(const int32_t status, ReadListed(message.party_status(), 1, pb::PartyStatus_MAX, at));
      value.number = status - 1;
      break;
    }
    case pb::Fact::kInService:
      value.number = message.in_service() ? 1 : 0;
      break;
    case pb::Fact::kJoinedOn: {
      ASSIGN_OR_RETURN(value.number, ReadPacked(message.joined_on(), at));
      break;
    }
    case pb::Fact::kFullOn: {
      ASSIGN_OR_RETURN(value.number, ReadPacked(message.full_on(), at));
      break;
    }
    case pb::Fact::kSex: {
      ASSIGN_OR_RETURN(value.number, ReadListed(message.sex(), 1, pb::Sex_MAX, at));
      break;
    }
    case pb::Fact::VALUE_NOT_SET:
      break;
  }
  if (model::HoldsNode(kind, value.fact)) {
    ASSIGN_OR_RETURN(const NodeKind other, ReadNode(value.text, at));
    const NodeKind wanted = kind == NodeKind::kOrganization && value.fact == model::Fact::kOrgParent
                                ? NodeKind::kOrganization
                                : NodeKind::kUnit;
    if (other != wanted) return at.Error("WRONG_NODE_KIND", absl::StrCat("expected a ", model::NodeKindName(wanted)));
  }
  return value;
}

absl::StatusOr<model::PutNode> ReadPutNode(const pb::Node& message, const Place& place) {
  model::PutNode change;
  change.node = message.node();
  ASSIGN_OR_RETURN(const NodeKind kind, ReadNode(change.node, place.In("node")));
  change.name = message.name();
  if (!change.name.empty()) RETURN_IF_ERROR(CheckName(kind, change.name, place.In("name")));
  ASSIGN_OR_RETURN(const base::PartialDate from, ReadPartialDate(message.from(), Date::Beginning(), place.In("from")));
  ASSIGN_OR_RETURN(const base::PartialDate to, ReadPartialDate(message.to(), Date::Forever(), place.In("to")));
  change.life = {from.date, to.date};
  change.from_precision = from.precision;
  change.to_precision = to.precision;
  if (change.life.IsEmpty())
    return place.In("to").Error("EMPTY_INTERVAL", "it ends before it begins, or on the same day");
  std::set<int> seen;
  for (int i = 0; i < message.facts_size(); ++i) {
    const Place fact = place.In("facts", i);
    ASSIGN_OR_RETURN(model::FactValue value, ReadFact(kind, message.facts(i), false, fact));
    if (!seen.insert(static_cast<int>(value.fact)).second) return fact.Error("BAD_CHANGE", "the fact is given twice");
    change.facts.push_back(std::move(value));
  }
  seen.clear();
  for (int i = 0; i < message.codes_size(); ++i) {
    const Place code = place.In("codes", i);
    ASSIGN_OR_RETURN(model::TextValue text, ReadText(kind, message.codes(i), false, code));
    if (text.attribute == TextAttribute::kName) return code.In("attribute").Error("BAD_CHANGE", "a name is no code");
    if (!seen.insert(static_cast<int>(text.attribute)).second)
      return code.Error("BAD_CHANGE", "the code is given twice");
    change.codes.push_back(std::move(text));
  }
  return change;
}

absl::StatusOr<model::AmendFact> ReadAmendFact(const pb::AmendFact& message, const Place& place) {
  model::AmendFact change;
  change.node = message.node();
  change.take_away = message.take_away();
  ASSIGN_OR_RETURN(const NodeKind kind, ReadNode(change.node, place.In("node")));
  ASSIGN_OR_RETURN(change.value, ReadFact(kind, message.fact(), change.take_away, place.In("fact")));
  ASSIGN_OR_RETURN(change.valid, ReadValidity(message.from(), message.to(), place));
  return change;
}

absl::StatusOr<model::SetText> ReadSetText(const pb::SetText& message, const Place& place) {
  model::SetText change;
  change.node = message.node();
  ASSIGN_OR_RETURN(const NodeKind kind, ReadNode(change.node, place.In("node")));
  ASSIGN_OR_RETURN(change.value, ReadText(kind, message.text(), true, place.In("text")));
  ASSIGN_OR_RETURN(change.valid, ReadValidity(message.from(), message.to(), place));
  return change;
}

absl::Status CheckEnd(const std::string& node, uint8_t kinds, const model::TieLaw& law, const Place& place) {
  ASSIGN_OR_RETURN(const NodeKind kind, ReadNode(node, place));
  if ((kinds & (1u << static_cast<int>(kind))) == 0) {
    return place.Error("WRONG_NODE_KIND",
                       absl::StrCat("a ", law.name, " tie cannot have a ", model::NodeKindName(kind), " at this end"));
  }
  return absl::OkStatus();
}

// A whole tie and a tie's key have the fields of an identity in common.
template <typename Message>
absl::StatusOr<model::TieName> ReadTieName(const Message& message, const Place& place) {
  model::TieName tie;
  ASSIGN_OR_RETURN(const int32_t kind, ReadListed(message.kind(), 1, pb::TieKind_MAX, place.In("kind")));
  tie.kind = static_cast<TieKind>(kind);
  const model::TieLaw& law = model::LawOf(tie.kind);
  tie.from = message.from_node();
  tie.to = message.to_node();
  RETURN_IF_ERROR(CheckEnd(tie.from, law.from_kinds, law, place.In("from_node")));
  RETURN_IF_ERROR(CheckEnd(tie.to, law.to_kinds, law, place.In("to_node")));
  tie.role = message.role();
  if (law.with_role != !tie.role.empty()) {
    return place.In("role").Error("UNKNOWN_ROLE", law.with_role ? std::string("the role is missing")
                                                                : absl::StrCat("a ", law.name, " tie has no role"));
  }
  RETURN_IF_ERROR(CheckText(tie.role, place.In("role")));
  ASSIGN_OR_RETURN(tie.since, ReadDay(message.from(), Date::Beginning(), place.In("from")));
  return tie;
}

// Opened and amended ties say the same.
template <typename Change>
absl::StatusOr<Change> ReadTie(const pb::Tie& message, const Place& place) {
  Change change;
  ASSIGN_OR_RETURN(change.tie, ReadTieName(message, place));
  ASSIGN_OR_RETURN(change.to, ReadDay(message.to(), Date::Forever(), place.In("to")));
  if (!(change.tie.since < change.to))
    return place.In("to").Error("EMPTY_INTERVAL", "it ends before it begins, or on the same day");
  if (!MannerFromNumber(change.tie.kind, message.manner(), &change.manner)) {
    return place.In("manner").Error("BAD_CHANGE", absl::StrCat(message.manner(), " is no manner of a ",
                                                               model::TieKindName(change.tie.kind), " tie"));
  }
  RETURN_IF_ERROR(place.In("attributes").CheckUtf8(message.attributes()));
  std::string why;
  if (!message.attributes().empty() && !ledgers::CanonicalJsonObject(message.attributes(), &change.attributes, &why)) {
    return place.In("attributes").Error("BAD_JSON", why);
  }
  return change;
}

absl::StatusOr<model::CloseTie> ReadCloseTie(const pb::CloseTie& message, const Place& place) {
  model::CloseTie change;
  ASSIGN_OR_RETURN(change.tie, ReadTieName(message.tie(), place.In("tie")));
  ASSIGN_OR_RETURN(change.to, ReadDay(message.to(), place.In("to")));
  if (!(change.tie.since < change.to))
    return place.In("to").Error("EMPTY_INTERVAL", "it ends before it begins, or on the same day");
  return change;
}

absl::StatusOr<model::CorrectTie> ReadCorrectTie(const pb::CorrectTie& message, const Place& place) {
  model::CorrectTie change;
  ASSIGN_OR_RETURN(change.tie, ReadTieName(message.tie(), place.In("tie")));
  ASSIGN_OR_RETURN(change.instead, ReadTie<model::OpenTie>(message.instead(), place.In("instead")));
  return change;
}

absl::StatusOr<model::PutTerm> ReadPutTerm(const pb::Term& message, const Place& place) {
  constexpr int kLongestTerm = 100;  // years; a bound on nonsense, not a norm
  model::PutTerm change;
  change.org = message.organization();
  ASSIGN_OR_RETURN(const NodeKind kind, ReadNode(change.org, place.In("organization")));
  if (kind != NodeKind::kOrganization) return place.In("organization").Error("WRONG_NODE_KIND", "expected an org");
  change.number = message.number();
  if (change.number < 1) return place.In("number").Error("BAD_CHANGE", "terms are counted from 1");
  change.years = message.years();
  if (change.years < 0 || change.years > kLongestTerm) {
    return place.In("years").Error("BAD_CHANGE", absl::StrCat("the years are not in 0..", kLongestTerm));
  }
  ASSIGN_OR_RETURN(change.elected_on, ReadDay(message.elected_on(), Date::Beginning(), place.In("elected_on")));
  ASSIGN_OR_RETURN(change.ends_on, ReadDay(message.ends_on(), Date::Forever(), place.In("ends_on")));
  ASSIGN_OR_RETURN(change.extended_to, ReadDay(message.extended_to(), Date::Forever(), place.In("extended_to")));
  // Both are last days, so the day of the election may be one.
  if (change.ends_on < change.elected_on)
    return place.In("ends_on").Error("EMPTY_INTERVAL", "it ends before the election");
  const Date regular = change.ends_on.IsFinite() ? change.ends_on : change.elected_on;
  if (change.extended_to < regular)
    return place.In("extended_to").Error("EMPTY_INTERVAL", "it is extended to a day before its end");
  return change;
}

absl::StatusOr<model::Rename> ReadRename(const pb::Rename& message, const Place& place) {
  model::Rename change;
  change.node = message.node();
  change.name = message.name();
  ASSIGN_OR_RETURN(const NodeKind kind, ReadNode(change.node, place.In("node")));
  RETURN_IF_ERROR(CheckName(kind, change.name, place.In("name")));
  ASSIGN_OR_RETURN(change.on, ReadDay(message.on(), place.In("on")));
  return change;
}

absl::StatusOr<model::Recode> ReadRecode(const pb::Recode& message, const Place& place) {
  const Place code = place.In("code");
  model::Recode change;
  change.node = message.node();
  ASSIGN_OR_RETURN(const NodeKind kind, ReadNode(change.node, place.In("node")));
  ASSIGN_OR_RETURN(change.code, ReadText(kind, message.code(), false, code));
  if (!model::IsCode(change.code.attribute)) return code.In("attribute").Error("BAD_CHANGE", "it is no code");
  ASSIGN_OR_RETURN(change.on, ReadDay(message.on(), place.In("on")));
  return change;
}

absl::StatusOr<model::Move> ReadMove(const pb::Move& message, const Place& place) {
  constexpr TieKind kStructures[] = {TieKind::kTerritory, TieKind::kPartyLine,   TieKind::kAdminLine,
                                     TieKind::kGuidance,  TieKind::kSupervision, TieKind::kDispatch,
                                     TieKind::kSeat};
  model::Move change;
  change.kind = static_cast<TieKind>(std::clamp<int>(message.kind(), 0, model::kTieKinds - 1));
  if (message.kind() != static_cast<int>(change.kind) ||
      std::find(std::begin(kStructures), std::end(kStructures), change.kind) == std::end(kStructures)) {
    return place.In("kind").Error(
        "BAD_CHANGE", "a move is along territory, party_line, admin_line, guidance, supervision, dispatch or seat");
  }
  const model::TieLaw& law = model::LawOf(change.kind);
  change.node = message.node();
  change.leaves = message.leaves();
  change.to = message.to_node();
  RETURN_IF_ERROR(CheckEnd(change.node, law.from_kinds, law, place.In("node")));
  if (!change.leaves.empty()) RETURN_IF_ERROR(CheckEnd(change.leaves, law.to_kinds, law, place.In("leaves")));
  RETURN_IF_ERROR(CheckEnd(change.to, law.to_kinds, law, place.In("to_node")));
  ASSIGN_OR_RETURN(change.on, ReadDay(message.on(), place.In("on")));
  return change;
}

template <typename Fields>
absl::StatusOr<model::Told> ReadTold(const Fields& fields, const Place& parent, const char* name) {
  model::Told told;
  for (int i = 0; i < fields.size(); ++i) {
    const Place place = parent.In(name, i);
    if (fields.Get(i).name().empty()) return place.In("name").Error("BAD_CHANGE", "it is missing");
    RETURN_IF_ERROR(CheckText(fields.Get(i).name(), place.In("name")));
    RETURN_IF_ERROR(place.In("value").CheckUtf8(fields.Get(i).value()));
    told.emplace_back(fields.Get(i).name(), fields.Get(i).value());
  }
  return told;
}

// What an opening and a step have in common: when, by whom, and what is told.
template <typename Message, typename Change>
absl::Status ReadTaken(const Message& message, const Place& place, Change* change) {
  ASSIGN_OR_RETURN(change->day, ReadDay(message.day(), place.In("day")));
  change->minute = message.minute();
  if (change->minute < 0 || change->minute > 1439)
    return place.In("minute").Error("BAD_CHANGE", "a minute of the day is 0 to 1439");
  change->actor = message.actor();
  if (!change->actor.empty()) RETURN_IF_ERROR(ReadNode(change->actor, place.In("actor")).status());
  ASSIGN_OR_RETURN(change->evidence, ReadTold(message.evidence(), place, "evidence"));
  return absl::OkStatus();
}

absl::StatusOr<model::OpenMatter> ReadOpenMatter(const pb::OpenMatter& message, const Place& place) {
  model::OpenMatter change;
  change.procedure = message.procedure();
  RETURN_IF_ERROR(CheckText(change.procedure, place.In("procedure")));
  change.id = message.id();
  RETURN_IF_ERROR(place.In("id").Name(base::CheckHostId(change.id)));
  ASSIGN_OR_RETURN(change.subjects, ReadTold(message.subjects(), place, "subjects"));
  RETURN_IF_ERROR(ReadTaken(message, place, &change));
  return change;
}

absl::StatusOr<model::TakeStep> ReadTakeStep(const pb::TakeStep& message, const Place& place) {
  model::TakeStep change;
  change.matter = message.matter();
  RETURN_IF_ERROR(CheckText(change.matter, place.In("matter")));
  change.transition = message.transition();
  RETURN_IF_ERROR(CheckText(change.transition, place.In("transition")));
  RETURN_IF_ERROR(ReadTaken(message, place, &change));
  return change;
}

absl::StatusOr<model::Change> ReadChange(const pb::Change& message, const Place& place) {
  switch (message.change_case()) {
    case pb::Change::kPutNode:
      return ReadPutNode(message.put_node(), place.In("put_node"));
    case pb::Change::kAmendFact:
      return ReadAmendFact(message.amend_fact(), place.In("amend_fact"));
    case pb::Change::kSetText:
      return ReadSetText(message.set_text(), place.In("set_text"));
    case pb::Change::kOpenTie:
      return ReadTie<model::OpenTie>(message.open_tie(), place.In("open_tie"));
    case pb::Change::kAmendTie:
      return ReadTie<model::AmendTie>(message.amend_tie(), place.In("amend_tie"));
    case pb::Change::kCloseTie:
      return ReadCloseTie(message.close_tie(), place.In("close_tie"));
    case pb::Change::kCorrectTie:
      return ReadCorrectTie(message.correct_tie(), place.In("correct_tie"));
    case pb::Change::kWithdrawTie: {
      ASSIGN_OR_RETURN(model::TieName tie, ReadTieName(message.withdraw_tie(), place.In("withdraw_tie")));
      return model::WithdrawTie{std::move(tie)};
    }
    case pb::Change::kPutTerm:
      return ReadPutTerm(message.put_term(), place.In("put_term"));
    case pb::Change::kRename:
      return ReadRename(message.rename(), place.In("rename"));
    case pb::Change::kRecode:
      return ReadRecode(message.recode(), place.In("recode"));
    case pb::Change::kMove:
      return ReadMove(message.move(), place.In("move"));
    case pb::Change::kAttachPolicy:
      return ReadAttachPolicy(message.attach_policy(), place.In("attach_policy"));
    case pb::Change::kDetachPolicy:
      return ReadDetachPolicy(message.detach_policy(), place.In("detach_policy"));
    case pb::Change::kWaive:
      return ReadWaive(message.waive(), place.In("waive"));
    case pb::Change::kEndWaiver:
      return ReadEndWaiver(message.end_waiver(), place.In("end_waiver"));
    case pb::Change::kOpenMatter:
      return ReadOpenMatter(message.open_matter(), place.In("open_matter"));
    case pb::Change::kTakeStep:
      return ReadTakeStep(message.take_step(), place.In("take_step"));
    case pb::Change::CHANGE_NOT_SET:
      break;
  }
  return place.Error("BAD_CHANGE", "it says nothing");
}

// Takes a base-128 varint off the front; false when there is none of at most five bytes.
bool TakeLength(std::string_view* bytes, uint64_t* length) {
  *length = 0;
  for (size_t i = 0; i < 5 && i < bytes->size(); ++i) {
    const uint8_t byte = static_cast<uint8_t>((*bytes)[i]);
    *length |= static_cast<uint64_t>(byte & 0x7f) << (7 * i);
    if (byte < 0x80) {
      bytes->remove_prefix(i + 1);
      return true;
    }
  }
  return false;
}

}  // namespace

absl::StatusOr<std::vector<model::Change>> DecodeChanges(std::string_view bytes) {
  std::vector<model::Change> changes;
  google::protobuf::Arena arena;  // frees what a message without memory left half made; its first block serves them all
  while (!bytes.empty()) {
    const Place place("changes", static_cast<int64_t>(changes.size()));
    if (changes.size() == kMaxChanges) {
      return base::Error(absl::StatusCode::kResourceExhausted, "TOO_LARGE",
                         absl::StrCat("more than ", kMaxChanges, " changes"), place.ToString());
    }
    uint64_t length = 0;
    if (!TakeLength(&bytes, &length)) return place.Error("BAD_STREAM", "there is no length before the change");
    if (length > kMaxChangeBytes) {
      return base::Error(absl::StatusCode::kResourceExhausted, "TOO_LARGE",
                         absl::StrCat("a change of ", length, " bytes; at most ", kMaxChangeBytes, " are read"),
                         place.ToString());
    }
    if (length > bytes.size()) {
      return place.Error("BAD_STREAM",
                         absl::StrCat("the change has ", length, " bytes and ", bytes.size(), " are left"));
    }
    arena.Reset();
    pb::Change& message = *google::protobuf::Arena::CreateMessage<pb::Change>(&arena);
    if (!message.ParseFromArray(bytes.data(), static_cast<int>(length))) {
      return place.Error("BAD_MESSAGE", "the bytes are no jiceng.v1.Change");
    }
    bytes.remove_prefix(length);
    // The lite runtime keeps a field it does not know out of sight; bytes that set nothing known hold only such.
    if (message.change_case() == pb::Change::CHANGE_NOT_SET && length > 0) {
      return base::Error(absl::StatusCode::kUnimplemented, "UNKNOWN_CHANGE", "this version does not know the change",
                         place.ToString());
    }
    ASSIGN_OR_RETURN(model::Change change, ReadChange(message, place));
    changes.push_back(std::move(change));
  }
  return changes;
}

}  // namespace jiceng::wire
