// Policy packs and waivers: what is attached, what the rules are where a node lies, and why a change was refused.
#ifndef JICENG_POLICY_HPP
#define JICENG_POLICY_HPP

#include <jiceng/policy.h>

#include <jiceng/audit.hpp>
#include <string>
#include <string_view>

namespace jiceng {

// Checks the bytes of a jiceng.v1.PolicyPack against the catalogue compiled in, or against a store's; a row for each
// thing it sets.
inline Result<Table> CheckPolicy(std::string_view pack, const Store* store = nullptr) {
  return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
    return jiceng_policy_check(store == nullptr ? nullptr : store->get(), pack.data(), pack.size(), out, error);
  });
}

inline Result<Table> Snapshot::Rules(Language language) const {
  return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
    return jiceng_snapshot_rules(get(), static_cast<int32_t>(language), out, error);
  });
}

inline Result<Table> Snapshot::Policies(Language language) const {
  return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
    return jiceng_policies(get(), static_cast<int32_t>(language), out, error);
  });
}

inline Result<Table> Snapshot::EffectivePolicy(std::string_view node, Date date, const std::string& rule) const {
  return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
    return jiceng_policy_effective(get(), node.data(), node.size(), date.number(), detail::OrNull(rule), out, error);
  });
}

inline Result<Table> Snapshot::Waivers() const {
  return detail::Ask<Table>(
      [&](jiceng_table** out, jiceng_error** error) { return jiceng_waivers(get(), out, error); });
}

inline Result<Findings> Writer::Refused() const {
  return detail::Ask<Findings>(
      [&](jiceng_findings** out, jiceng_error** error) { return jiceng_writer_refused(get(), out, error); });
}

}  // namespace jiceng

#endif  // JICENG_POLICY_HPP
