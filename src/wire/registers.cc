#include "wire/registers.h"

#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status.h"
#include "base/text.h"
#include "wire/place.h"

namespace jiceng::wire {
namespace {

// The schema's numbers are the room's plus one, for the value that is not given.
static_assert(pb::RegisterField_MAX == ledgers::kRegisterFields);

absl::StatusOr<ledgers::RegisterField> ReadField(int number, const Place& place) {
  if (number < 1 || number > ledgers::kRegisterFields) {
    return place.Error("BAD_CATALOGUE", absl::StrCat(number, " is no field of a register"));
  }
  return static_cast<ledgers::RegisterField>(number - 1);
}

absl::StatusOr<ledgers::RegisterColumn> ReadColumn(const pb::RegisterColumn& message, const Place& place) {
  ledgers::RegisterColumn column;
  ASSIGN_OR_RETURN(column.field, ReadField(message.field(), place.In("field")));
  column.inclusive_end = message.inclusive_end();
  if (message.headers_size() == 0) return place.In("headers").Error("BAD_CATALOGUE", "the column has no header");
  for (int i = 0; i < message.headers_size(); ++i) {
    if (message.headers(i).empty()) return place.In("headers", i).Error("BAD_CATALOGUE", "the header is empty");
    RETURN_IF_ERROR(place.In("headers", i).CheckUtf8(message.headers(i)));
    column.headers.push_back(message.headers(i));
  }
  std::set<std::string> spellings;
  for (int i = 0; i < message.values_size(); ++i) {
    const pb::RegisterValue& value = message.values(i);
    const Place pair = place.In("values", i);
    const Place spelling = pair.In("spelling");
    if (value.spelling().empty()) return spelling.Error("BAD_CATALOGUE", "the spelling is empty");
    RETURN_IF_ERROR(spelling.CheckUtf8(value.spelling()));
    RETURN_IF_ERROR(pair.In("value").CheckUtf8(value.value()));
    if (!spellings.insert(value.spelling()).second)
      return spelling.Error("BAD_CATALOGUE", "the spelling is given twice");
    column.values.emplace_back(value.spelling(), value.value());
  }
  return column;
}

absl::StatusOr<ledgers::RegisterMapping> ReadMapping(const pb::RegisterMapping& message, const Place& place) {
  ledgers::RegisterMapping mapping;
  mapping.id = message.id();
  mapping.title_zh = message.title_zh();
  if (!base::CheckHostId(mapping.id).ok())
    return place.In("id").Error("BAD_CATALOGUE", "the id is not 1 to 64 bytes of plain text");
  RETURN_IF_ERROR(place.In("title_zh").CheckUtf8(mapping.title_zh));
  if (mapping.title_zh.empty()) return place.In("title_zh").Error("BAD_CATALOGUE", "the title is empty");
  std::set<ledgers::RegisterField> fields;
  for (int i = 0; i < message.columns_size(); ++i) {
    const Place column_place = place.In("columns", i);
    ASSIGN_OR_RETURN(ledgers::RegisterColumn column, ReadColumn(message.columns(i), column_place));
    if (!fields.insert(column.field).second) {
      return column_place.In("field").Error("BAD_CATALOGUE",
                                            "another column has this field already; give it more headers instead");
    }
    mapping.columns.push_back(std::move(column));
  }
  if (message.required_size() == 0) {
    return place.In("required").Error("BAD_CATALOGUE", "a mapping that requires nothing would fit every sheet");
  }
  for (int i = 0; i < message.required_size(); ++i) {
    const Place required = place.In("required", i);
    ASSIGN_OR_RETURN(const ledgers::RegisterField field, ReadField(message.required(i), required));
    if (fields.count(field) == 0) return required.Error("BAD_CATALOGUE", "no column has this field");
    mapping.required.push_back(field);
  }
  return mapping;
}

}  // namespace

absl::StatusOr<std::vector<ledgers::RegisterMapping>> ReadRegisters(const pb::Catalogue& catalogue) {
  std::vector<ledgers::RegisterMapping> mappings;
  std::set<std::string> ids;
  for (int i = 0; i < catalogue.registers_size(); ++i) {
    const Place place("registers", i);
    ASSIGN_OR_RETURN(ledgers::RegisterMapping mapping, ReadMapping(catalogue.registers(i), place));
    if (!ids.insert(mapping.id).second) return place.In("id").Error("BAD_CATALOGUE", "the id is given twice");
    mappings.push_back(std::move(mapping));
  }
  return mappings;
}

}  // namespace jiceng::wire
