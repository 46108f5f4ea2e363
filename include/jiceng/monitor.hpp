// Monitors: findings and indicators of a whole store, kept current as commits come.
#ifndef JICENG_MONITOR_HPP
#define JICENG_MONITOR_HPP

#include <jiceng/monitor.h>

#include <jiceng/audit.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace jiceng {

// What one step of a monitor brought: findings that are new, and those that are no longer.
struct Change {
  Findings appeared, gone;
};

struct MemberCount {
  int64_t full, probationary;
};

// Any thread may read while another follows.  Keeps its store alive.
class Monitor : public Handle<jiceng_monitor, jiceng_monitor_close> {
 public:
  using Handle::Handle;

  // Judges everything in a snapshot; the options stay the monitor's.
  static Result<Monitor> Open(const Snapshot& snapshot, Date date, const AuditOptions& options = {}) {
    detail::AuditCall call(options);
    return detail::Ask<Monitor>(call.progress(), [&](jiceng_monitor** out, jiceng_error** error) {
      return jiceng_monitor_open(snapshot.get(), date.number(), call.get(), out, error);
    });
  }

  // Goes on to a later snapshot, and to another date if one is given.
  Result<Change> Follow(const Snapshot& snapshot, Date date = {}) {
    jiceng_findings* gone = nullptr;
    Result<Findings> appeared = detail::Ask<Findings>([&](jiceng_findings** out, jiceng_error** error) {
      return jiceng_monitor_follow(get(), snapshot.get(), date.number(), out, &gone, error);
    });
    Findings old(gone);
    if (!appeared.ok()) return appeared.error();
    return Change{std::move(*appeared), std::move(old)};
  }

  int64_t seq() const noexcept { return jiceng_monitor_seq(get()); }
  Date date() const noexcept { return Date::FromNumber(jiceng_monitor_date(get())); }

  // All of them, as Snapshot::Audit gives them.
  Result<Findings> All() const {
    return detail::Ask<Findings>(
        [&](jiceng_findings** out, jiceng_error** error) { return jiceng_monitor_findings(get(), out, error); });
  }

  // An indicator at every unit, or at those of one level, as Snapshot::Rollup gives it.
  Result<Table> Rollup(NulText indicator, const std::string& level = {}) const {
    return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
      return jiceng_monitor_rollup(get(), indicator.c_str(), detail::OrNull(level), out, error);
    });
  }

  // The members at or below a unit, given by its number; nothing when it is no unit.
  std::optional<MemberCount> Members(int64_t unit) const noexcept {
    MemberCount count{};
    if (jiceng_monitor_members(get(), unit, &count.full, &count.probationary) == 0) return std::nullopt;
    return count;
  }
};

}  // namespace jiceng

#endif  // JICENG_MONITOR_HPP
