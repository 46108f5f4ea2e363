// What the library knows without any store.
#ifndef JICENG_CATALOGUE_HPP
#define JICENG_CATALOGUE_HPP

#include <jiceng/catalogue.h>

#include <jiceng/table.hpp>
#include <string>
#include <vector>

namespace jiceng {

// The rules of the compiled-in catalogue: `id,level,title,citations,parameters,evaluable`.
inline Result<Table> Rules(Language language = Language::kChinese) {
  return detail::Ask<Table>(
      [&](jiceng_table** out, jiceng_error** error) { return jiceng_rules(detail::Number(language), out, error); });
}

// Kinds of organisation: `number,id,title`.
inline Result<Table> OrganizationKinds(Language language = Language::kChinese) {
  return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
    return jiceng_organization_kinds(detail::Number(language), out, error);
  });
}

// Roles: `number,id,title`.
inline Result<Table> Roles(Language language = Language::kChinese) {
  return detail::Ask<Table>(
      [&](jiceng_table** out, jiceng_error** error) { return jiceng_roles(detail::Number(language), out, error); });
}

// Kinds of tie: `number,id,title`.
inline Result<Table> TieKinds(Language language = Language::kChinese) {
  return detail::Ask<Table>(
      [&](jiceng_table** out, jiceng_error** error) { return jiceng_tie_kinds(detail::Number(language), out, error); });
}

// What each code is and whether it is well formed: `code,kind,valid,reason,parts`; citizen numbers come back masked.
inline Result<Table> CheckCodes(const std::vector<std::string>& codes) {
  const std::vector<const char*> list = detail::Pointers(codes);
  return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
    return jiceng_codes_check(list.data(), list.size(), out, error);
  });
}

// The n-th working day after `from`, which does not count itself; a year without a schedule is Code::kOutOfRange.
inline Result<Date> WorkingDay(Date from, int32_t days) {
  Result<int32_t> due = detail::Ask<int32_t>(
      [&](int32_t* out, jiceng_error** error) { return jiceng_calendar_due(from.number(), days, out, error); });
  if (!due.ok()) return due.error();
  return Date::FromNumber(*due);
}

// Working days in [from, to).
inline Result<int32_t> WorkingDays(Date from, Date to) {
  return detail::Ask<int32_t>([&](int32_t* out, jiceng_error** error) {
    return jiceng_calendar_count(from.number(), to.number(), out, error);
  });
}

}  // namespace jiceng

#endif  // JICENG_CATALOGUE_HPP
