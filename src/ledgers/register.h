// Chinese registers (花名册): one sheet of people as offices keep it, its headers mapped to fields by data.
#ifndef JICENG_LEDGERS_REGISTER_H_
#define JICENG_LEDGERS_REGISTER_H_

#include <array>
#include <string>
#include <vector>

#include "ledgers/ledger.h"

namespace jiceng::ledgers {

// What a register can say of a person.  Bodies and communities are given by name or id; the engine resolves them.
enum class RegisterField : uint8_t {
  kName,
  kPersonId,
  kCitizenId,
  kStaffNumber,
  kSex,
  kPartyStatus,
  kInService,
  kJoinedOn,
  kFullOn,
  kBranch,
  kBranchFrom,
  kBranchTo,
  kEmployer,
  kEmployerFrom,
  kEmployerTo,
  kCommunity,
  kCommunityFrom,
  kCommunityTo,
  kReportCommunity,
  kReportedOn,
  kPost,
  kPostFrom,
  kPostTo,
  kPostBody,  // the body in which the post is held; kBranch would say where the person belongs
};
inline constexpr int kRegisterFields = 24;
const char* RegisterFieldName(RegisterField field);  // "citizen_id"
bool RegisterFieldFromName(std::string_view name, RegisterField* field);

// One header of a mapping.  An inclusive end ("至 2024-12-31") becomes half-open by adding a day.
struct RegisterColumn {
  RegisterField field{};
  std::vector<std::string>
      headers;  // any of these, the better first, compared after NormalizeWidth and without brackets' content
  bool inclusive_end = false;
  std::vector<std::pair<std::string, std::string>> values;  // spellings: "是" -> "1", "预备党员" -> "probationary"
};

// A mapping: which headers make a register of this type.  Data; see src/ledgers/data/registers.textproto.
struct RegisterMapping {
  std::string id, title_zh;
  std::vector<RegisterColumn> columns;
  std::vector<RegisterField> required;  // these must be found for a sheet to be of this type
};

// Of the mappings all of whose required fields the header row has, the one that leaves the fewest columns unknown (the
// first of equals), or nullptr.  The header is the first row that has them within the first ten: offices put a title
// above it.
const RegisterMapping* MatchRegister(const Source& source, absl::Span<const RegisterMapping> mappings);

// Reads a register row by row, like ReadLedger: `fields` in the order of RegisterField.  Dates may be ISO,
// `2020.07.01`, `2020/7/1`, `2020年7月1日`, and `YYYY年M月` or `YYYY.MM` for partial ones, and digits alone (20200701,
// 202007).  A row naming no person by id, citizen number or staff number is NO_IDENTITY.  An inclusive end of a month
// or year means its last day.  Han names lose the spaces that align them.  Numbers lie in `number` for kSex,
// kPartyStatus, kInService, kPost (model::Role::number, matched by id or Chinese title).
absl::Status ReadRegister(const RegisterMapping& mapping, const Source& source, const model::Catalogue& catalogue,
                          Diagnostics* diagnostics,
                          absl::FunctionRef<void(int64_t row, absl::Span<const Cell> fields)> row);

}  // namespace jiceng::ledgers

#endif  // JICENG_LEDGERS_REGISTER_H_
