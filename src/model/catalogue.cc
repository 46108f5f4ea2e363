#include "model/catalogue.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/date.h"
#include "base/status.h"

namespace jiceng::model {
namespace {

// Fills both indexes of one list of records.
template <typename Record>
absl::Status Index(const std::vector<Record>& records, int max_number, std::unordered_map<std::string, int>* by_id,
                   std::vector<int16_t>* by_number) {
  by_number->assign(max_number + 1, -1);
  for (size_t i = 0; i < records.size(); ++i) {
    const Record& record = records[i];
    if (record.number < 1 || record.number > max_number || (*by_number)[record.number] >= 0) {
      return base::Error(
          absl::StatusCode::kInvalidArgument, "BAD_CATALOGUE",
          absl::StrCat("number ", record.number, " of '", record.id, "' is taken or not in 1..", max_number));
    }
    if (record.id.empty() || !by_id->emplace(record.id, static_cast<int>(i)).second) {
      return base::Error(absl::StatusCode::kInvalidArgument, "BAD_CATALOGUE",
                         absl::StrCat("id '", record.id, "' is empty or given twice"));
    }
    (*by_number)[record.number] = static_cast<int16_t>(i);
  }
  return absl::OkStatus();
}

template <typename Record>
const Record* ByNumber(const std::vector<Record>& records, const std::vector<int16_t>& by_number, int32_t number) {
  if (number < 0 || number >= static_cast<int32_t>(by_number.size()) || by_number[number] < 0) return nullptr;
  return &records[by_number[number]];
}

template <typename Record>
const Record* ById(const std::vector<Record>& records, const std::unordered_map<std::string, int>& by_id,
                   std::string_view id) {
  const auto it = by_id.find(std::string(id));
  return it == by_id.end() ? nullptr : &records[it->second];
}

}  // namespace

absl::StatusOr<Catalogue> Catalogue::Create(std::vector<OrgKind> kinds, std::vector<Role> roles) {
  Catalogue catalogue;
  catalogue.kinds_ = std::move(kinds);
  catalogue.roles_ = std::move(roles);
  RETURN_IF_ERROR(Index(catalogue.kinds_, 999, &catalogue.kind_by_id_, &catalogue.kind_by_number_));
  RETURN_IF_ERROR(Index(catalogue.roles_, 255, &catalogue.role_by_id_, &catalogue.role_by_number_));
  return catalogue;
}

const OrgKind* Catalogue::FindOrgKind(std::string_view id) const { return ById(kinds_, kind_by_id_, id); }
const OrgKind* Catalogue::FindOrgKind(int32_t number) const { return ByNumber(kinds_, kind_by_number_, number); }
const Role* Catalogue::FindRole(std::string_view id) const { return ById(roles_, role_by_id_, id); }
const Role* Catalogue::FindRole(int32_t number) const { return ByNumber(roles_, role_by_number_, number); }

std::string FactWord(const Catalogue& catalogue, NodeKind kind, Fact fact, int32_t value) {
  if (value == kNoValue) return "";
  switch (kind) {
    case NodeKind::kUnit:
      return fact == Fact::kLevel ? LevelName(static_cast<Level>(value)) : std::to_string(value);
    case NodeKind::kOrganization: {
      const OrgKind* record = catalogue.FindOrgKind(value);
      return record == nullptr ? std::to_string(value) : record->id;
    }
    default:
      break;
  }
  switch (fact) {
    case Fact::kPartyStatus:
      return PartyStatusName(static_cast<PartyStatus>(value));
    case Fact::kInService:
      return value != 0 ? "1" : "0";
    case Fact::kSex:
      return value == 2 ? "female" : "male";
    default:
      return base::PartialDate::Unpack(value).ToString();
  }
}

}  // namespace jiceng::model
