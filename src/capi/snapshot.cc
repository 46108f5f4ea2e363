// Point questions: which node, under what, by which way, how many.
#include <jiceng/snapshot.h>

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "base/strings.h"
#include "capi/arguments.h"
#include "capi/ask.h"
#include "capi/guard.h"
#include "graph/walk.h"
#include "rules/member_count.h"

namespace capi = jiceng::capi;
namespace base = jiceng::base;
namespace graph = jiceng::graph;
namespace model = jiceng::model;

namespace {

using model::NodeNumber;

// Runs a question that has no way to report an error; what is thrown counts as no answer.
template <typename Answer, typename Fn>
Answer Quietly(Answer none, Fn&& fn) noexcept {
  try {
    return fn();
  } catch (...) {
    return none;
  }
}

absl::StatusOr<std::optional<model::TieKind>> ReadVia(const char* via) {
  ASSIGN_OR_RETURN(const std::string_view name, capi::ReadOptionalText(via, "via"));
  if (via == nullptr) return std::optional<model::TieKind>();
  const model::TieKind kind = model::TieKindFromName(name);
  if (kind != model::TieKind::kNone) return std::optional<model::TieKind>(kind);
  std::string known;
  for (int k = 1; k < model::kTieKinds; ++k)
    known += base::StrCat(k == 1 ? "" : ", ", model::TieKindName(static_cast<model::TieKind>(k)));
  return base::Error(absl::StatusCode::kInvalidArgument, "UNKNOWN_TIE_KIND",
                     base::StrCat("no kind of tie '", name, "'; there are: ", known), "via");
}

}  // namespace

jiceng_status jiceng_find(const jiceng_snapshot* snapshot, const char* node, size_t node_len, int32_t date,
                          int64_t* out_number, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_number, "out_number"));
    RETURN_IF_ERROR(capi::Need(snapshot, "snapshot"));  // no lock is taken, so a child may ask too
    ASSIGN_OR_RETURN(const base::Date day, capi::ReadDateOr(date, base::Date::Forever(), "date"));
    // Nobody's scope reaches Forever(), which is no day; a code without an end holds on the last one.
    ASSIGN_OR_RETURN(const NodeNumber found,
                     capi::FindNode(*snapshot, node, node_len,
                                    snapshot->actor != nullptr && date == 0 ? capi::kLatest : day, "node"));
    *out_number = found.ToInt64();
    return absl::OkStatus();
  });
}

size_t jiceng_node_text(const jiceng_snapshot* snapshot, int64_t number, char* buffer, size_t size) {
  if (buffer != nullptr && size > 0) buffer[0] = '\0';
  if (snapshot == nullptr) return 0;
  return Quietly<size_t>(0, [&]() -> size_t {
    const NodeNumber node = NodeNumber::FromInt64(number);
    const graph::Snapshot& graph = snapshot->graph();
    if (!graph.In(node) || graph.Withdrawn(node) || !capi::MaySee(*snapshot, node, capi::kLatest)) return 0;
    const std::string_view kind = model::NodeKindName(node.kind());
    std::string_view id = graph.Id(node);
    char erased[24];
    if (id.empty())
      id = {erased,
            static_cast<size_t>(std::snprintf(erased, sizeof(erased), "#%lld", static_cast<long long>(number)))};
    const size_t length = kind.size() + 1 + id.size();
    if (buffer == nullptr || size == 0) return length;
    // Piece by piece into what room there is.
    size_t at = 0;
    for (const std::string_view piece : {kind, std::string_view(":"), id}) {
      const size_t taken = std::min(piece.size(), size - 1 - at);
      std::memcpy(buffer + at, piece.data(), taken);
      at += taken;
    }
    buffer[at] = '\0';
    return length;
  });
}

int32_t jiceng_is_under(const jiceng_snapshot* snapshot, int64_t node, int64_t ancestor, int32_t date) {
  if (snapshot == nullptr || date == 0) return 0;
  return Quietly<int32_t>(0, [&]() -> int32_t {
    const absl::StatusOr<base::Date> day = base::Date::FromNumber(date, base::Date());
    if (!day.ok()) return 0;
    const graph::Snapshot& graph = snapshot->graph();
    const NodeNumber lower = NodeNumber::FromInt64(node), upper = NodeNumber::FromInt64(ancestor);
    if (!graph.In(lower) || !graph.In(upper) || graph.Withdrawn(lower) || graph.Withdrawn(upper)) return 0;
    if (snapshot->actor != nullptr && (!capi::MaySee(*snapshot, lower, *day) || !capi::MaySee(*snapshot, upper, *day)))
      return 0;
    return graph::IsUnder(graph, lower, upper, *day) ? 1 : 0;
  });
}

jiceng_status jiceng_path(const jiceng_snapshot* snapshot, const char* node, size_t node_len, const char* ancestor,
                          size_t ancestor_len, int32_t date, const char* via, jiceng_table** out_path,
                          jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_path, "out_path"));
    RETURN_IF_ERROR(capi::CheckSnapshot(snapshot));
    ASSIGN_OR_RETURN(const base::Date day, capi::ReadDate(date, "date"));
    ASSIGN_OR_RETURN(const NodeNumber lower, capi::FindNode(*snapshot, node, node_len, day, "node"));
    ASSIGN_OR_RETURN(const NodeNumber upper, capi::FindNode(*snapshot, ancestor, ancestor_len, day, "ancestor"));
    ASSIGN_OR_RETURN(const std::optional<model::TieKind> kind, ReadVia(via));
    capi::TableBuilder table({{"node", JICENG_COLUMN_TEXT}});
    for (const NodeNumber step : graph::Path(snapshot->graph(), lower, upper, day, kind)) {
      // A way by one kind of tie may leave the scope in the middle.
      if (!capi::MaySee(*snapshot, step, day)) {
        return base::Error(absl::StatusCode::kPermissionDenied, "OUT_OF_SCOPE", "the way leaves the scope of the actor",
                           "via");
      }
      capi::PutNode(snapshot->graph(), step, &table);
    }
    *out_path = table.Finish().release();
    return absl::OkStatus();
  });
}

jiceng_status jiceng_count(const jiceng_snapshot* snapshot, const char* node, size_t node_len, int32_t date,
                           jiceng_table** out_table, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    RETURN_IF_ERROR(capi::CheckSnapshot(snapshot));
    ASSIGN_OR_RETURN(const base::Date day, capi::ReadDate(date, "date"));
    ASSIGN_OR_RETURN(const NodeNumber root, capi::FindNode(*snapshot, node, node_len, day, "node"));
    if (root.kind() == model::NodeKind::kPerson) {
      return base::Error(absl::StatusCode::kInvalidArgument, "WRONG_NODE_KIND",
                         "a unit or an organisation can be counted, not a person", "node");
    }
    const jiceng::rules::MemberCount count =
        jiceng::rules::CountMembers(snapshot->graph(), snapshot->catalogue().model, root, day);
    const std::pair<const char*, int64_t> measures[] = {
        {"members.full", count.full}, {"members.probationary", count.probationary}, {"units", count.units},
        {"grids", count.grids},       {"organizations", count.organizations},       {"branches", count.branches}};
    capi::TableBuilder table({{"measure", JICENG_COLUMN_TEXT}, {"value", JICENG_COLUMN_INT64}});
    for (const auto& [measure, value] : measures) {
      table.Text(measure);
      table.Int64(value);
    }
    *out_table = table.Finish().release();
    return absl::OkStatus();
  });
}
