// Double reporting as a community keeps it: the register, and the records of service in it.
#include "engine/reporting.h"

#include <jiceng/matters.h>

#include <algorithm>

#include "capi/arguments.h"
#include "capi/ask.h"
#include "capi/guard.h"
#include "capi/words.h"

namespace capi = jiceng::capi;
namespace base = jiceng::base;
namespace engine = jiceng::engine;
namespace model = jiceng::model;

namespace {

using engine::Reported;

void PutDay(const std::optional<base::Date>& day, capi::TableBuilder* table) {
  if (day.has_value()) {
    table->Date(*day);
  } else {
    table->Null();
  }
}

// fill(request, found) gives the table of what was found.
template <typename Fill>  // std::unique_ptr<jiceng_table>(const engine::ReportedRequest&, const std::vector<Reported>&)
jiceng_status ListReported(const jiceng_snapshot* snapshot, const char* node, size_t node_len, int32_t date,
                           int32_t year, int32_t lang, jiceng_table** out_table, jiceng_error** out_error, Fill fill) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    RETURN_IF_ERROR(capi::CheckSnapshot(snapshot));
    engine::ReportedRequest request;
    ASSIGN_OR_RETURN(request.day, capi::ReadDate(date, "date"));
    ASSIGN_OR_RETURN(request.language, capi::ReadLanguage(lang));
    ASSIGN_OR_RETURN(request.root, capi::FindRoot(*snapshot, node, node_len, request.day));
    if (year != 0 && (year < 1900 || year > 9999))
      return base::Error(absl::StatusCode::kInvalidArgument, "BAD_YEAR", "expected a year, such as 2026, or 0", "year");
    request.year = year;
    std::vector<Reported> found = engine::ListReported(snapshot->engine.get(), snapshot->version, request);
    const auto hidden = [&](const Reported& one) { return !capi::MaySee(*snapshot, one.member, request.day); };
    found.erase(std::remove_if(found.begin(), found.end(), hidden), found.end());
    *out_table = fill(request, found).release();
    return absl::OkStatus();
  });
}

}  // namespace

jiceng_status jiceng_list_register(const jiceng_snapshot* snapshot, const char* node, size_t node_len, int32_t date,
                                   int32_t year, int32_t lang, jiceng_table** out_table, jiceng_error** out_error) {
  return ListReported(
      snapshot, node, node_len, date, year, lang, out_table, out_error,
      [&](const engine::ReportedRequest& request, const std::vector<Reported>& found) {
        capi::TableBuilder table({{"matter", JICENG_COLUMN_TEXT},         {"node", JICENG_COLUMN_TEXT},
                                  {"name", JICENG_COLUMN_TEXT},           {"employer", JICENG_COLUMN_TEXT},
                                  {"employer_name", JICENG_COLUMN_TEXT},  {"community", JICENG_COLUMN_TEXT},
                                  {"community_name", JICENG_COLUMN_TEXT}, {"host", JICENG_COLUMN_TEXT},
                                  {"host_name", JICENG_COLUMN_TEXT},      {"home", JICENG_COLUMN_TEXT},
                                  {"home_name", JICENG_COLUMN_TEXT},      {"register_no", JICENG_COLUMN_TEXT},
                                  {"reported_on", JICENG_COLUMN_DATE},    {"appraisal_on", JICENG_COLUMN_DATE},
                                  {"posts", JICENG_COLUMN_TEXT_LIST},     {"services", JICENG_COLUMN_INT64},
                                  {"hours", JICENG_COLUMN_INT64},         {"fed_back_on", JICENG_COLUMN_DATE},
                                  {"form", JICENG_COLUMN_TEXT},           {"published_on", JICENG_COLUMN_DATE},
                                  {"published_at", JICENG_COLUMN_TEXT},   {"used_for", JICENG_COLUMN_TEXT},
                                  {"used_for_title", JICENG_COLUMN_TEXT}, {"moved_on", JICENG_COLUMN_DATE},
                                  {"state", JICENG_COLUMN_TEXT},          {"state_title", JICENG_COLUMN_TEXT}});
        table.Reserve(found.size());
        capi::NamedNodes members(*snapshot, request.day, "name", &table),
            employers(*snapshot, request.day, "employer_name", &table),
            communities(*snapshot, request.day, "community_name", &table),
            hosts(*snapshot, request.day, "host_name", &table), homes(*snapshot, request.day, "home_name", &table);
        for (const Reported& one : found) {
          table.Text(one.matter);
          members.Put(one.member);
          employers.Put(one.employer);
          communities.Put(one.community);
          hosts.Put(one.host);
          homes.Put(one.home);
          table.TextOrNull(one.register_no);
          table.Date(one.reported);
          PutDay(one.appraisal, &table);
          table.TextList(one.posts);
          table.Int64(static_cast<int64_t>(one.services.size()));
          table.Int64(one.hours);
          PutDay(one.fed_back, &table);
          table.TextOrNull(one.form);
          PutDay(one.published, &table);
          table.TextOrNull(one.published_at);
          table.TextOrNull(one.used_for);
          table.TextOrNull(one.used_for_title);
          PutDay(one.moved, &table);
          table.Text(one.stands().id);
          table.Text(capi::In(request.language, one.stands().title));
        }
        for (capi::NamedNodes* names : {&members, &employers, &communities, &hosts, &homes}) names->Finish();
        return table.Finish();
      });
}

jiceng_status jiceng_list_services(const jiceng_snapshot* snapshot, const char* node, size_t node_len, int32_t date,
                                   int32_t year, int32_t lang, jiceng_table** out_table, jiceng_error** out_error) {
  return ListReported(snapshot, node, node_len, date, year, lang, out_table, out_error,
                      [&](const engine::ReportedRequest& request, const std::vector<Reported>& found) {
                        capi::TableBuilder table({{"matter", JICENG_COLUMN_TEXT},
                                                  {"node", JICENG_COLUMN_TEXT},
                                                  {"name", JICENG_COLUMN_TEXT},
                                                  {"served_on", JICENG_COLUMN_DATE},
                                                  {"post", JICENG_COLUMN_TEXT},
                                                  {"hours", JICENG_COLUMN_INT64},
                                                  {"noted_on", JICENG_COLUMN_DATE},
                                                  {"noted_by", JICENG_COLUMN_TEXT},
                                                  {"noted_by_name", JICENG_COLUMN_TEXT}});
                        capi::NamedNodes members(*snapshot, request.day, "name", &table),
                            officers(*snapshot, request.day, "noted_by_name", &table);
                        for (const Reported& one : found) {
                          for (const engine::Service& service : one.services) {
                            table.Text(one.matter);
                            members.Put(one.member);
                            PutDay(service.on, &table);
                            table.TextOrNull(service.post);
                            table.Int64(service.hours);
                            table.Date(service.noted);
                            const bool seen = service.by && capi::MaySee(*snapshot, service.by, request.day);
                            officers.Put(seen ? service.by : model::NodeNumber());
                          }
                        }
                        members.Finish();
                        officers.Finish();
                        return table.Finish();
                      });
}
