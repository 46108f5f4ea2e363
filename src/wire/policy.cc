#include "wire/policy.h"

#include "google/protobuf/arena.h"
#include "jiceng_private/v1/policy.pb.h"
#include "wire/dates.h"
#include "wire/record_fields.h"
#include "wire/rules.h"

namespace jiceng::wire {
namespace {

static_assert(static_cast<int>(rules::Switch::kOff) == pb::PolicySwitch_MAX);
static_assert(static_cast<int>(rules::Enforcement::kBlock) == pb::PolicyEnforcement_MAX);

template <typename Message>
absl::Status ReadValues(const Message& message, const Place& place, std::vector<rules::PolicyRule::Value>* values) {
  for (int i = 0; i < message.values_size(); ++i) {
    const Place value = place.In("values", i);
    rules::PolicyRule::Value to;
    ASSIGN_OR_RETURN(to.parameter, ReadFilled(message.values(i).parameter(), value.In("parameter")));
    to.value = message.values(i).value();
    if (to.value < 0) return value.In("value").Error("BAD_POLICY", "a figure is not negative");
    values->push_back(std::move(to));
  }
  return absl::OkStatus();
}

template <typename Message>
absl::StatusOr<std::vector<rules::Citation>> ReadCitations(const Message& message, const Place& parent) {
  std::vector<rules::Citation> citations;
  for (int i = 0; i < message.citations_size(); ++i) {
    ASSIGN_OR_RETURN(rules::Citation citation, ReadCitation(message.citations(i), parent.In("citations", i)));
    citations.push_back(std::move(citation));
  }
  return citations;
}

absl::StatusOr<rules::PolicyRule> ReadPolicyRule(const pb::PolicyRule& message, const Place& place) {
  rules::PolicyRule rule;
  ASSIGN_OR_RETURN(rule.rule, ReadFilled(message.rule(), place.In("rule")));
  RETURN_IF_ERROR(ReadValues(message, place, &rule.values));
  ASSIGN_OR_RETURN(rule.turned,
                   ReadChoice<rules::Switch>(message.turned(), 0, pb::PolicySwitch_MAX, place.In("turned")));
  ASSIGN_OR_RETURN(rule.level, ReadChoice<rules::Level>(message.level(), 0, pb::RuleLevel_MAX, place.In("level")));
  ASSIGN_OR_RETURN(rule.enforcement, ReadChoice<rules::Enforcement>(message.enforcement(), 0, pb::PolicyEnforcement_MAX,
                                                                    place.In("enforcement")));
  ASSIGN_OR_RETURN(rule.citations, ReadCitations(message, place));
  return rule;
}

absl::StatusOr<rules::PolicyRule> ReadPolicyProcedure(const pb::PolicyProcedure& message, const Place& place) {
  rules::PolicyRule procedure;
  ASSIGN_OR_RETURN(procedure.rule, ReadFilled(message.procedure(), place.In("procedure")));
  RETURN_IF_ERROR(ReadValues(message, place, &procedure.values));
  ASSIGN_OR_RETURN(procedure.citations, ReadCitations(message, place));
  return procedure;
}

absl::StatusOr<rules::PolicyPack> ReadPack(const pb::PolicyPack& message) {
  const Place place("pack");
  rules::PolicyPack pack;
  ASSIGN_OR_RETURN(pack.id, ReadFilled(message.id(), place.In("id")));
  for (const char c : pack.id) {
    if (c <= ' ' || c > '~') return place.In("id").Error("BAD_POLICY", "an id is printable ASCII without spaces");
  }
  ASSIGN_OR_RETURN(pack.version, ReadString(message.version(), place.In("version")));
  ASSIGN_OR_RETURN(pack.title, ReadBoth(message.title(), place.In("title")));
  ASSIGN_OR_RETURN(pack.issuer, ReadText(message.issuer(), place.In("issuer")));
  ASSIGN_OR_RETURN(pack.citations, ReadCitations(message, place));
  ASSIGN_OR_RETURN(pack.in_force.from,
                   ReadDay(message.in_force_from(), base::Date::Beginning(), place.In("in_force_from")));
  ASSIGN_OR_RETURN(pack.in_force.to, ReadDay(message.in_force_to(), base::Date::Forever(), place.In("in_force_to")));
  if (pack.in_force.IsEmpty())
    return place.In("in_force_to").Error("EMPTY_INTERVAL", "the pack ends before it is in force");
  pack.priority = message.priority();
  for (int i = 0; i < message.rules_size(); ++i) {
    ASSIGN_OR_RETURN(rules::PolicyRule rule, ReadPolicyRule(message.rules(i), place.In("rules", i)));
    pack.rules.push_back(std::move(rule));
  }
  for (int i = 0; i < message.local_rules_size(); ++i) {
    ASSIGN_OR_RETURN(rules::Rule rule, ReadRule(message.local_rules(i), place.In("local_rules", i)));
    rule.pack = pack.id;
    rule.record = message.local_rules(i).SerializeAsString();
    pack.local_rules.push_back(std::move(rule));
  }
  for (int i = 0; i < message.procedures_size(); ++i) {
    ASSIGN_OR_RETURN(rules::PolicyRule procedure,
                     ReadPolicyProcedure(message.procedures(i), place.In("procedures", i)));
    pack.procedures.push_back(std::move(procedure));
  }
  return pack;
}

template <typename Message>
bool Parse(std::string_view bytes, Message* message) {
  return message->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

}  // namespace

absl::StatusOr<rules::PolicyPack> DecodePolicy(std::string_view bytes) {
  if (bytes.size() > kMaxPolicyBytes) {
    return base::Error(absl::StatusCode::kResourceExhausted, "TOO_LARGE",
                       absl::StrCat("a pack of ", bytes.size(), " bytes; at most ", kMaxPolicyBytes, " are read"));
  }
  google::protobuf::Arena arena;  // frees what a message without memory left half made
  auto* message = google::protobuf::Arena::CreateMessage<pb::PolicyPack>(&arena);
  if (!Parse(bytes, message))
    return base::Error(absl::StatusCode::kInvalidArgument, "BAD_MESSAGE", "the bytes are no jiceng.v1.PolicyPack");
  absl::StatusOr<rules::PolicyPack> pack = ReadPack(*message);
  if (pack.ok() || base::ErrorReason(pack.status()) != "BAD_CATALOGUE") return pack;
  return base::Error(pack.status().code(), "BAD_POLICY", std::string(pack.status().message()),
                     base::ErrorField(pack.status()));  // the fields are those of rules, the record is not
}

absl::StatusOr<std::pair<std::string, std::string>> DecodeWaiver(std::string_view bytes) {
  google::protobuf::Arena arena;
  auto* message = google::protobuf::Arena::CreateMessage<pb::Waive>(&arena);
  if (bytes.size() > kMaxPolicyBytes || !Parse(bytes, message))
    return base::Error(absl::StatusCode::kInvalidArgument, "BAD_MESSAGE", "the bytes are no jiceng.v1.Waive");
  const Place place("waive");
  RETURN_IF_ERROR(place.In("reason").CheckUtf8(message->reason()));
  RETURN_IF_ERROR(place.In("basis").CheckUtf8(message->basis()));
  return std::pair(message->reason(), message->basis());
}

std::string EncodeWaiver(const std::string& reason, const std::string& basis) {
  pb::Waive message;
  message.set_reason(reason);
  message.set_basis(basis);
  return message.SerializeAsString();
}

}  // namespace jiceng::wire
