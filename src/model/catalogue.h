// The catalogue of kinds of organisation and roles: data, loaded once, shared by all.
#ifndef JICENG_MODEL_CATALOGUE_H_
#define JICENG_MODEL_CATALOGUE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "absl/status/statusor.h"
#include "model/tie.h"

namespace jiceng::model {

// A kind of organisation.  `number` is what rows store; it is never reused.
struct OrgKind {
  int32_t number = 0;
  std::string id;  // "party_branch"
  std::string title_zh, title_en;
  bool party = false;   // a Party organisation: may hold affiliations, has a party_line
  bool branch = false;  // a branch of any kind (支部), where members belong
  bool guided = false;  // its parent of another kind than Party gives guidance, not command (业委会 under 居委会,
                        // social organisations)
};

struct Role {
  int32_t number = 0;  // fits RoleNumber
  std::string id;      // "grid_head"
  std::string title_zh, title_en;
};

// Immutable, share freely.
class Catalogue {
 public:
  // Errors: INVALID_ARGUMENT, reason BAD_CATALOGUE, for a number or id given twice or out of range.
  static absl::StatusOr<Catalogue> Create(std::vector<OrgKind> kinds, std::vector<Role> roles);

  const OrgKind* FindOrgKind(std::string_view id) const;
  const OrgKind* FindOrgKind(int32_t number) const;  // nullptr when a newer catalogue wrote it
  const Role* FindRole(std::string_view id) const;
  const Role* FindRole(int32_t number) const;
  bool IsParty(int32_t org_kind) const {
    const OrgKind* k = FindOrgKind(org_kind);
    return k != nullptr && k->party;
  }
  const std::vector<OrgKind>& org_kinds() const { return kinds_; }
  const std::vector<Role>& roles() const { return roles_; }

 private:
  std::vector<OrgKind> kinds_;
  std::vector<Role> roles_;
  std::unordered_map<std::string, int> kind_by_id_, role_by_id_;
  std::vector<int16_t> kind_by_number_, role_by_number_;
};

// A fact that is no node as ledgers and change sets write it: "street", "party_branch", "full", "1", "2001-07"; "" for
// none.  A kind a newer catalogue wrote is its number.
std::string FactWord(const Catalogue& catalogue, NodeKind kind, Fact fact, int32_t value);

}  // namespace jiceng::model

#endif  // JICENG_MODEL_CATALOGUE_H_
