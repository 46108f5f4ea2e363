#include "ledgers/register_field.h"

#include "absl/strings/ascii.h"
#include "base/text.h"

namespace jiceng::ledgers {
namespace {

using F = RegisterField;
using T = FieldType;

constexpr FieldSpec kFields[] = {
    {F::kName, "name", T::kName, CellType::kPersonName},
    {F::kPersonId, "person_id", T::kTyped, CellType::kId},
    {F::kCitizenId, "citizen_id", T::kCitizenId, CellType::kText},
    {F::kStaffNumber, "staff_number", T::kTyped, CellType::kId},
    {F::kSex, "sex", T::kTyped, CellType::kSex},
    {F::kPartyStatus, "party_status", T::kTyped, CellType::kPartyStatus},
    {F::kInService, "in_service", T::kTyped, CellType::kFlag},
    {F::kJoinedOn, "joined_on", T::kLooseDate, CellType::kPartialDate},
    {F::kFullOn, "full_on", T::kLooseDate, CellType::kPartialDate},
    {F::kBranch, "branch", T::kTyped, CellType::kText},
    {F::kBranchFrom, "branch_from", T::kLooseDate, CellType::kPartialDate},
    {F::kBranchTo, "branch_to", T::kLooseEnd, CellType::kPartialDate},
    {F::kEmployer, "employer", T::kTyped, CellType::kText},
    {F::kEmployerFrom, "employer_from", T::kLooseDate, CellType::kPartialDate},
    {F::kEmployerTo, "employer_to", T::kLooseEnd, CellType::kPartialDate},
    {F::kCommunity, "community", T::kTyped, CellType::kText},
    {F::kCommunityFrom, "community_from", T::kLooseDate, CellType::kPartialDate},
    {F::kCommunityTo, "community_to", T::kLooseEnd, CellType::kPartialDate},
    {F::kReportCommunity, "report_community", T::kTyped, CellType::kText},
    {F::kReportedOn, "reported_on", T::kLooseDate, CellType::kPartialDate},
    {F::kPost, "post", T::kPost, CellType::kRole},
    {F::kPostFrom, "post_from", T::kLooseDate, CellType::kPartialDate},
    {F::kPostTo, "post_to", T::kLooseEnd, CellType::kPartialDate},
    {F::kPostBody, "post_body", T::kTyped, CellType::kText},
};
static_assert(sizeof(kFields) / sizeof(kFields[0]) == kRegisterFields);

constexpr bool InOrder() {
  for (int i = 0; i < kRegisterFields; ++i) {
    if (static_cast<int>(kFields[i].field) != i) return false;
  }
  return true;
}
static_assert(InOrder());

struct Bracket {
  std::string_view open, close;
};
// After NormalizeWidth the full-width round and square ones are ASCII.
constexpr Bracket kBrackets[] = {{"(", ")"}, {"[", "]"}, {"{", "}"}, {"【", "】"}, {"〔", "〕"}, {"《", "》"}};

}  // namespace

const FieldSpec& SpecOf(RegisterField field) { return kFields[static_cast<size_t>(field)]; }

const char* RegisterFieldName(RegisterField field) { return SpecOf(field).name; }

bool RegisterFieldFromName(std::string_view name, RegisterField* field) {
  for (const FieldSpec& spec : kFields) {
    if (name == spec.name) {
      *field = spec.field;
      return true;
    }
  }
  return false;
}

std::string NormalizeHeader(std::string_view header) {
  std::string text = base::NormalizeWidth(header);
  for (const Bracket& bracket : kBrackets) {
    for (size_t open; (open = text.find(bracket.open)) != std::string::npos;) {
      const size_t close = text.find(bracket.close, open);
      text.erase(open, close == std::string::npos ? std::string::npos : close + bracket.close.size() - open);
    }
  }
  std::string normal;
  for (char c : text) {
    if (!absl::ascii_isspace(static_cast<unsigned char>(c)))
      normal.push_back(absl::ascii_tolower(static_cast<unsigned char>(c)));
  }
  while (!normal.empty() && normal.front() == '*') normal.erase(0, 1);
  while (!normal.empty() && (normal.back() == ':' || normal.back() == '*')) normal.pop_back();
  return normal;
}

}  // namespace jiceng::ledgers
