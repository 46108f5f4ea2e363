// Lists below a node.
#include "rules/lists.h"

#include <jiceng/snapshot.h>

#include <algorithm>
#include <deque>

#include "base/strings.h"
#include "capi/arguments.h"
#include "capi/ask.h"
#include "capi/guard.h"
#include "capi/words.h"
#include "rules/pairings.h"
#include "rules/posts.h"
#include "rules/seats.h"

namespace capi = jiceng::capi;
namespace base = jiceng::base;
namespace model = jiceng::model;
namespace rules = jiceng::rules;

namespace {

using model::NodeNumber;

absl::StatusOr<const model::Role*> ReadRole(const model::Catalogue& catalogue, const char* role) {
  ASSIGN_OR_RETURN(const std::string_view name, capi::ReadNeededText(role, "role"));
  if (const model::Role* found = catalogue.FindRole(name)) return found;
  std::vector<std::string> known;
  for (const model::Role& one : catalogue.roles()) known.push_back(one.id);
  return capi::UnknownWord("UNKNOWN_ROLE", "role", name, known, "role");
}

// The bodies of a class: a level of units, else a kind of organisation.
absl::StatusOr<rules::PostClass> ReadPostClass(const model::Catalogue& catalogue, const char* where) {
  ASSIGN_OR_RETURN(const std::string_view name, capi::ReadNeededText(where, "where"));
  rules::PostClass found;
  found.level = model::LevelFromName(name);
  if (found.level != model::Level::kNone) return found;
  if (const model::OrgKind* kind = catalogue.FindOrgKind(name)) {
    found.org_kind = kind->number;
    return found;
  }
  std::vector<std::string> known;
  for (int i = 1; i <= static_cast<int>(model::Level::kMicroGrid); ++i)
    known.emplace_back(model::LevelName(static_cast<model::Level>(i)));
  for (const model::OrgKind& kind : catalogue.org_kinds()) known.push_back(kind.id);
  return capi::UnknownWord("UNKNOWN_LEVEL", "level of units or kind of organisation", name, known, "where");
}

// A list of what lies under a node on a day: make(day, root) gives its table.
template <typename Make>  // absl::StatusOr<std::unique_ptr<jiceng_table>>(base::Date, const rules::Root&)
jiceng_status ListUnder(const jiceng_snapshot* snapshot, const char* node, size_t node_len, int32_t date,
                        jiceng_table** out_table, jiceng_error** out_error, Make make) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    RETURN_IF_ERROR(capi::CheckSnapshot(snapshot));
    ASSIGN_OR_RETURN(const base::Date day, capi::ReadDate(date, "date"));
    ASSIGN_OR_RETURN(const rules::Root root, capi::FindRoot(*snapshot, node, node_len, day));
    ASSIGN_OR_RETURN(std::unique_ptr<jiceng_table> table, make(day, root));
    *out_table = table.release();
    return absl::OkStatus();
  });
}
using ListTable = absl::StatusOr<std::unique_ptr<jiceng_table>>;

}  // namespace

jiceng_status jiceng_list_unreported(const jiceng_snapshot* snapshot, const char* node, size_t node_len, int32_t date,
                                     jiceng_table** out_table, jiceng_error** out_error) {
  return ListUnder(snapshot, node, node_len, date, out_table, out_error,
                   [&](base::Date day, const rules::Root& root) -> ListTable {
                     capi::TableBuilder table({{"node", JICENG_COLUMN_TEXT}, {"name", JICENG_COLUMN_TEXT}});
                     capi::NamedNodes people(*snapshot, day, "name", &table);
                     const std::vector<NodeNumber> found = rules::Unreported(snapshot->graph(), root, day);
                     people.Reserve(found.size());
                     for (const NodeNumber person : found) people.Put(person);
                     people.Finish();
                     return table.Finish();
                   });
}

jiceng_status jiceng_list_cross_appointments(const jiceng_snapshot* snapshot, const char* node, size_t node_len,
                                             int32_t date, jiceng_table** out_table, jiceng_error** out_error) {
  return ListUnder(snapshot, node, node_len, date, out_table, out_error,
                   [&](base::Date day, const rules::Root& root) -> ListTable {
                     const model::Catalogue& catalogue = snapshot->catalogue().model;
                     capi::TableBuilder table({{"node", JICENG_COLUMN_TEXT},
                                               {"name", JICENG_COLUMN_TEXT},
                                               {"community", JICENG_COLUMN_TEXT},
                                               {"kinds", JICENG_COLUMN_TEXT_LIST}});
                     capi::NamedNodes people(*snapshot, day, "name", &table);
                     std::vector<std::string_view> kinds;
                     std::deque<std::string> newer;  // a newer catalogue's kind has only its number here
                     const auto rows = rules::CrossAppointments(snapshot->graph(), catalogue, root, day);
                     table.Reserve(rows.size());
                     people.Reserve(rows.size());
                     for (const rules::CrossAppointment& row : rows) {
                       kinds.clear();
                       for (const int32_t number : row.kinds) {
                         const model::OrgKind* kind = catalogue.FindOrgKind(number);
                         kinds.push_back(kind == nullptr ? newer.emplace_back(std::to_string(number)) : kind->id);
                       }
                       people.Put(row.person);
                       capi::PutNode(snapshot->graph(), row.community, &table);
                       table.TextViews(kinds);
                     }
                     people.Finish();
                     return table.Finish();
                   });
}

jiceng_status jiceng_list_officers(const jiceng_snapshot* snapshot, const char* node, size_t node_len, const char* role,
                                   int32_t date, jiceng_table** out_table, jiceng_error** out_error) {
  return jiceng_list_officers_at(snapshot, node, node_len, role, nullptr, date, out_table, out_error);
}

jiceng_status jiceng_list_officers_at(const jiceng_snapshot* snapshot, const char* node, size_t node_len,
                                      const char* role, const char* where, int32_t date, jiceng_table** out_table,
                                      jiceng_error** out_error) {
  return ListUnder(
      snapshot, node, node_len, date, out_table, out_error, [&](base::Date day, const rules::Root& root) -> ListTable {
        ASSIGN_OR_RETURN(const model::Role* wanted, ReadRole(snapshot->catalogue().model, role));
        std::optional<rules::PostClass> post_class;
        if (where != nullptr) {
          ASSIGN_OR_RETURN(post_class, ReadPostClass(snapshot->catalogue().model, where));
        }
        capi::TableBuilder table({{"node", JICENG_COLUMN_TEXT},
                                  {"name", JICENG_COLUMN_TEXT},
                                  {"body", JICENG_COLUMN_TEXT},
                                  {"body_name", JICENG_COLUMN_TEXT},
                                  {"role", JICENG_COLUMN_TEXT},
                                  {"manner", JICENG_COLUMN_TEXT},
                                  {"from", JICENG_COLUMN_DATE}});
        capi::NamedNodes people(*snapshot, day, "name", &table), bodies(*snapshot, day, "body_name", &table);
        const auto number = static_cast<model::RoleNumber>(wanted->number);
        for (const rules::Officer& officer : rules::Officers(snapshot->graph(), root, number, day, post_class)) {
          people.Put(officer.person);
          bodies.Put(officer.body);
          table.Text(wanted->id);
          table.TextOrNull(model::MannerName(model::TieKind::kAppointment, officer.manner));
          table.Date(officer.from);
        }
        people.Finish();
        bodies.Finish();
        return table.Finish();
      });
}

jiceng_status jiceng_list_posts(const jiceng_snapshot* snapshot, const char* node, size_t node_len, const char* role,
                                const char* where, int32_t date, jiceng_table** out_table, jiceng_error** out_error) {
  return ListUnder(
      snapshot, node, node_len, date, out_table, out_error, [&](base::Date day, const rules::Root& root) -> ListTable {
        const model::Catalogue& catalogue = snapshot->catalogue().model;
        ASSIGN_OR_RETURN(const model::Role* wanted, ReadRole(catalogue, role));
        ASSIGN_OR_RETURN(const rules::PostClass post_class, ReadPostClass(catalogue, where));
        capi::TableBuilder table({{"node", JICENG_COLUMN_TEXT},
                                  {"name", JICENG_COLUMN_TEXT},
                                  {"state", JICENG_COLUMN_TEXT},
                                  {"holders", JICENG_COLUMN_INT64},
                                  {"holder", JICENG_COLUMN_TEXT},
                                  {"holder_name", JICENG_COLUMN_TEXT},
                                  {"held", JICENG_COLUMN_INT64},
                                  {"first", JICENG_COLUMN_TEXT}});
        capi::NamedNodes nodes(*snapshot, day, "name", &table), holders(*snapshot, day, "holder_name", &table);
        const auto number = static_cast<model::RoleNumber>(wanted->number);
        for (const rules::Post& post : rules::Posts(snapshot->graph(), root, post_class, number, day)) {
          nodes.Put(post.node);
          table.Text(rules::PostStateName(post.state));
          table.Int64(post.holders);
          holders.Put(post.holder);
          table.Int64(post.held);
          // A holder may have another post where the actor has no business.
          const bool shown = post.first && capi::MaySee(*snapshot, post.first, day);
          table.TextOrNull(shown ? snapshot->graph().Text(post.first) : "");
        }
        nodes.Finish();
        holders.Finish();
        return table.Finish();
      });
}

jiceng_status jiceng_list_pairings(const jiceng_snapshot* snapshot, const char* node, size_t node_len, int32_t date,
                                   jiceng_table** out_table, jiceng_error** out_error) {
  return ListUnder(
      snapshot, node, node_len, date, out_table, out_error, [&](base::Date day, const rules::Root& root) -> ListTable {
        capi::TableBuilder table({{"node", JICENG_COLUMN_TEXT},
                                  {"name", JICENG_COLUMN_TEXT},
                                  {"other", JICENG_COLUMN_TEXT},
                                  {"other_name", JICENG_COLUMN_TEXT},
                                  {"tier", JICENG_COLUMN_TEXT},
                                  {"from", JICENG_COLUMN_DATE}});
        capi::NamedNodes ones(*snapshot, day, "name", &table), others(*snapshot, day, "other_name", &table);
        for (const rules::Pairing& pairing : rules::Pairings(snapshot->graph(), root, day)) {
          ones.Put(pairing.a);
          others.Put(pairing.b);
          table.Text(rules::PairingTierName(pairing.tier));
          table.Date(pairing.from);
        }
        ones.Finish();
        others.Finish();
        return table.Finish();
      });
}

jiceng_status jiceng_list_seat_changes(const jiceng_snapshot* before, const jiceng_snapshot* after, int32_t date,
                                       jiceng_table** out_table, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    RETURN_IF_ERROR(capi::CheckSnapshot(before));
    RETURN_IF_ERROR(capi::CheckSnapshot(after));
    if (before->engine != after->engine) {
      return base::Error(absl::StatusCode::kInvalidArgument, "OTHER_STORE", "the snapshots are of two stores", "after");
    }
    ASSIGN_OR_RETURN(const base::Date day, capi::ReadDate(date, "date"));
    const model::Catalogue& catalogue = after->catalogue().model;
    capi::TableBuilder table({{"what", JICENG_COLUMN_TEXT},
                              {"body", JICENG_COLUMN_TEXT},
                              {"body_name", JICENG_COLUMN_TEXT},
                              {"role", JICENG_COLUMN_TEXT},
                              {"person", JICENG_COLUMN_TEXT},
                              {"person_name", JICENG_COLUMN_TEXT},
                              {"manner", JICENG_COLUMN_TEXT},
                              {"before", JICENG_COLUMN_INT64},
                              {"after", JICENG_COLUMN_INT64}});
    capi::NamedNodes bodies(*after, day, "body_name", &table), people(*after, day, "person_name", &table);
    for (const rules::SeatChange& change : rules::SeatChanges(before->graph(), after->graph(), day)) {
      if (!capi::MaySee(*before, change.body, day) || !capi::MaySee(*after, change.body, day)) continue;
      const model::Role* role = catalogue.FindRole(int32_t{change.role});
      table.Text(rules::SeatChangeName(change.kind));
      bodies.Put(change.body);
      table.Text(role == nullptr ? std::to_string(change.role) : role->id);
      people.Put(change.person);
      table.TextOrNull(model::MannerName(model::TieKind::kAppointment, change.manner));
      table.Int64(change.before);
      table.Int64(change.after);
    }
    bodies.Finish();
    people.Finish();
    *out_table = table.Finish().release();
    return absl::OkStatus();
  });
}
