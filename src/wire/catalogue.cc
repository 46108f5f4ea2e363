#include "wire/catalogue.h"

#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status.h"
#include "google/protobuf/arena.h"
#include "jiceng_private/v1/catalogue.pb.h"
#include "wire/indicators.h"
#include "wire/place.h"
#include "wire/procedures.h"
#include "wire/registers.h"
#include "wire/rules.h"
#include "wire/schedules.h"

namespace jiceng::wire {
namespace {

constexpr int kLargestKind = 999;  // what model::Catalogue takes, likewise below
constexpr int kLargestRole = 255;

bool IsWord(const std::string& id) {
  if (id.empty() || id.size() > 64) return false;
  for (char c : id) {
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) return false;
  }
  return true;
}

// Checks what every entry of a list of records has: a number and a word of its own, and titles.
class EntryCheck {
 public:
  explicit EntryCheck(int largest) : largest_(largest) {}

  template <typename Message>
  absl::Status Check(const Message& entry, const Place& place) {
    if (entry.number() < 1 || entry.number() > largest_) {
      return place.In("number").Error("BAD_CATALOGUE", absl::StrCat(entry.number(), " is not in 1..", largest_));
    }
    if (!numbers_.insert(entry.number()).second) {
      return place.In("number").Error("BAD_CATALOGUE", absl::StrCat("the number ", entry.number(), " is given twice"));
    }
    if (!IsWord(entry.id())) {
      return place.In("id").Error("BAD_CATALOGUE", "an id is 1 to 64 small letters, digits and underscores");
    }
    if (!ids_.insert(entry.id()).second)
      return place.In("id").Error("BAD_CATALOGUE", absl::StrCat("'", entry.id(), "' is given twice"));
    if (entry.title_zh().empty()) return place.In("title_zh").Error("BAD_CATALOGUE", "the title is empty");
    if (entry.title_en().empty()) return place.In("title_en").Error("BAD_CATALOGUE", "the title is empty");
    RETURN_IF_ERROR(place.In("title_zh").CheckUtf8(entry.title_zh()));
    return place.In("title_en").CheckUtf8(entry.title_en());
  }

 private:
  int largest_;
  std::set<int> numbers_;
  std::set<std::string> ids_;
};

absl::StatusOr<model::Catalogue> ReadKindsAndRoles(const pb::Catalogue& message) {
  std::vector<model::OrgKind> kinds;
  EntryCheck kind_check(kLargestKind);
  for (int i = 0; i < message.organization_kinds_size(); ++i) {
    const pb::OrganizationKind& kind = message.organization_kinds(i);
    const Place place("organization_kinds", i);
    RETURN_IF_ERROR(kind_check.Check(kind, place));
    if (kind.branch() && !kind.party())
      return place.In("branch").Error("BAD_CATALOGUE", "a branch is a Party organisation");
    kinds.push_back(
        {kind.number(), kind.id(), kind.title_zh(), kind.title_en(), kind.party(), kind.branch(), kind.guided()});
  }
  std::vector<model::Role> roles;
  EntryCheck role_check(kLargestRole);
  for (int i = 0; i < message.roles_size(); ++i) {
    const pb::Role& role = message.roles(i);
    RETURN_IF_ERROR(role_check.Check(role, Place("roles", i)));
    roles.push_back({role.number(), role.id(), role.title_zh(), role.title_en()});
  }
  return model::Catalogue::Create(std::move(kinds), std::move(roles));
}

}  // namespace

absl::StatusOr<Catalogue> DecodeCatalogue(std::string_view bytes) {
  if (bytes.size() > kMaxCatalogueBytes) {
    return base::Error(
        absl::StatusCode::kResourceExhausted, "TOO_LARGE",
        absl::StrCat("a catalogue of ", bytes.size(), " bytes; at most ", kMaxCatalogueBytes, " are read"));
  }
  google::protobuf::Arena arena;  // frees what a message without memory left half made
  pb::Catalogue& message = *google::protobuf::Arena::CreateMessage<pb::Catalogue>(&arena);
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return base::Error(absl::StatusCode::kInvalidArgument, "BAD_MESSAGE", "the bytes are no jiceng.v1.Catalogue");
  }
  if (message.version().empty()) return Place("version").Error("BAD_CATALOGUE", "the edition is missing");
  RETURN_IF_ERROR(Place("version").CheckUtf8(message.version()));
  Catalogue catalogue;
  catalogue.version = message.version();
  ASSIGN_OR_RETURN(catalogue.calendar, ReadCalendar(message));
  ASSIGN_OR_RETURN(catalogue.model, ReadKindsAndRoles(message));
  ASSIGN_OR_RETURN(catalogue.registers, ReadRegisters(message));
  ASSIGN_OR_RETURN(std::vector<procedures::Procedure> procedures, ReadProcedures(message));
  ASSIGN_OR_RETURN(catalogue.procedures, procedures::ProcedureSet::Create(std::move(procedures), catalogue.model));
  ASSIGN_OR_RETURN(std::vector<rules::Rule> rules, ReadRules(message));
  ASSIGN_OR_RETURN(catalogue.rules,
                   rules::RuleSet::Create(std::move(rules), catalogue.model, catalogue.procedures.Words()));
  ASSIGN_OR_RETURN(std::vector<procedures::MatterIndicator> indicators, ReadIndicators(message));
  ASSIGN_OR_RETURN(catalogue.indicators, procedures::IndicatorSet::Create(std::move(indicators), catalogue.procedures));
  return catalogue;
}

}  // namespace jiceng::wire
