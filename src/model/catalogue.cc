#include "model/catalogue.h"

#include <utility>

#include "absl/strings/str_cat.h"
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

}  // namespace jiceng::model
