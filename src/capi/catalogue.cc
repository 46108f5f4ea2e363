// What the library knows without any store: rules, kinds, roles, codes, calendars.
#include "wire/catalogue.h"

#include <jiceng/catalogue.h>

#include "base/codes.h"
#include "base/strings.h"
#include "capi/arguments.h"
#include "capi/builtin.h"
#include "capi/guard.h"
#include "capi/table.h"
#include "rules/message.h"

namespace capi = jiceng::capi;
namespace base = jiceng::base;
namespace rules = jiceng::rules;
namespace wire = jiceng::wire;

namespace jiceng::capi {

absl::StatusOr<const wire::Catalogue*> Builtin() {
  static const auto* const catalogue =
      new absl::StatusOr<wire::Catalogue>(wire::DecodeCatalogue(wire::BuiltinCatalogue()));
  if (!catalogue->ok()) return catalogue->status();
  return &**catalogue;
}

}  // namespace jiceng::capi

namespace {

const std::string& In(rules::Language language, const std::string& zh, const std::string& en) {
  return language == rules::Language::kChinese ? zh : en;
}

template <typename Record>
std::unique_ptr<jiceng_table> RecordTable(const std::vector<Record>& records, rules::Language language) {
  capi::TableBuilder table(
      {{"number", JICENG_COLUMN_INT64}, {"id", JICENG_COLUMN_TEXT}, {"title", JICENG_COLUMN_TEXT}});
  for (const Record& record : records) {
    table.Int64(record.number);
    table.Text(record.id);
    table.Text(In(language, record.title_zh, record.title_en));
  }
  return table.Finish();
}

}  // namespace

namespace jiceng::capi {

std::string ParameterText(const rules::Parameter& parameter) {
  return base::StrCat(
      parameter.name, " (", rules::ParameterTypeName(parameter.type), ", ", parameter.unit, ", ",
      parameter.default_value.has_value() ? std::to_string(*parameter.default_value) : std::string("no default"), ")");
}

std::unique_ptr<jiceng_table> RulesTable(const rules::RuleSet& set, rules::Language language) {
  TableBuilder table({{"id", JICENG_COLUMN_TEXT},
                      {"level", JICENG_COLUMN_TEXT},
                      {"title", JICENG_COLUMN_TEXT},
                      {"citations", JICENG_COLUMN_TEXT_LIST},
                      {"parameters", JICENG_COLUMN_TEXT_LIST},
                      {"evaluable", JICENG_COLUMN_BOOL},
                      {"on", JICENG_COLUMN_BOOL},
                      {"in_force_from", JICENG_COLUMN_DATE},
                      {"in_force_to", JICENG_COLUMN_DATE},
                      {"pack", JICENG_COLUMN_TEXT}});
  std::vector<std::string> citations, parameters;
  for (const rules::Rule& rule : set.rules()) {
    citations.clear();
    for (const rules::Citation& citation : rule.citations) citations.push_back(rules::RenderCitation(citation));
    parameters.clear();
    for (const rules::Parameter& parameter : rule.parameters) parameters.push_back(ParameterText(parameter));
    table.Text(rule.id);
    table.Text(rules::LevelName(rule.level));
    table.Text(In(language, rule.title.zh, rule.title.en));
    table.TextList(citations);
    table.TextList(parameters);
    table.Bool(rule.evaluable());
    table.Bool(rule.evaluable() && !rule.off);
    table.Date(rule.in_force.from);
    table.Date(rule.in_force.to);
    table.TextOrNull(rule.pack);
  }
  return table.Finish();
}

}  // namespace jiceng::capi

const char* jiceng_version(void) { return JICENG_VERSION; }

jiceng_status jiceng_rules(int32_t lang, jiceng_table** out_table, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    ASSIGN_OR_RETURN(const rules::Language language, capi::ReadLanguage(lang));
    ASSIGN_OR_RETURN(const wire::Catalogue* catalogue, capi::Builtin());
    *out_table = capi::RulesTable(catalogue->rules, language).release();
    return absl::OkStatus();
  });
}

jiceng_status jiceng_organization_kinds(int32_t lang, jiceng_table** out_table, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    ASSIGN_OR_RETURN(const rules::Language language, capi::ReadLanguage(lang));
    ASSIGN_OR_RETURN(const wire::Catalogue* catalogue, capi::Builtin());
    *out_table = RecordTable(catalogue->model.org_kinds(), language).release();
    return absl::OkStatus();
  });
}

jiceng_status jiceng_roles(int32_t lang, jiceng_table** out_table, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    ASSIGN_OR_RETURN(const rules::Language language, capi::ReadLanguage(lang));
    ASSIGN_OR_RETURN(const wire::Catalogue* catalogue, capi::Builtin());
    *out_table = RecordTable(catalogue->model.roles(), language).release();
    return absl::OkStatus();
  });
}

jiceng_status jiceng_codes_check(const char* const* codes, size_t count, jiceng_table** out_table,
                                 jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    ASSIGN_OR_RETURN(const std::vector<std::string> given, capi::ReadTexts(codes, count, "codes"));
    capi::TableBuilder table({{"code", JICENG_COLUMN_TEXT},
                              {"kind", JICENG_COLUMN_TEXT},
                              {"valid", JICENG_COLUMN_BOOL},
                              {"reason", JICENG_COLUMN_TEXT},
                              {"parts", JICENG_COLUMN_TEXT_LIST}});
    std::vector<std::string> parts;
    for (const std::string& code : given) {
      const base::CodeReport report = base::CheckCode(code);
      parts.clear();
      for (const auto& [name, value] : report.parts) parts.push_back(base::StrCat(name, "=", value));
      table.Text(report.code);
      table.Text(base::CodeKindName(report.kind));
      table.Bool(report.valid);
      table.Text(report.reason);
      table.TextList(parts);
    }
    *out_table = table.Finish().release();
    return absl::OkStatus();
  });
}

jiceng_status jiceng_calendar_due(int32_t from, int32_t working_days, int32_t* out_due, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_due, "out_due"));
    ASSIGN_OR_RETURN(const base::Date start, capi::ReadDate(from, "from"));
    ASSIGN_OR_RETURN(const wire::Catalogue* catalogue, capi::Builtin());
    ASSIGN_OR_RETURN(const base::Date due, catalogue->calendar.AddWorkingDays(start, working_days));
    *out_due = due.ToNumber();
    return absl::OkStatus();
  });
}

jiceng_status jiceng_calendar_count(int32_t from, int32_t to, int32_t* out_days, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_days, "out_days"));
    ASSIGN_OR_RETURN(const base::Date start, capi::ReadDate(from, "from"));
    ASSIGN_OR_RETURN(const base::Date end, capi::ReadDate(to, "to"));
    ASSIGN_OR_RETURN(const wire::Catalogue* catalogue, capi::Builtin());
    ASSIGN_OR_RETURN(*out_days, catalogue->calendar.CountWorkingDays(start, end));
    return absl::OkStatus();
  });
}
