// Monitors: a version is replaced as a whole, so that readers never wait.
#include <jiceng/monitor.h>

#include "capi/arguments.h"
#include "capi/ask.h"
#include "capi/guard.h"
#include "capi/verdicts.h"

namespace capi = jiceng::capi;
namespace base = jiceng::base;
namespace rules = jiceng::rules;

namespace {

constexpr jiceng_audit_options kAuditDefaults = JICENG_AUDIT_OPTIONS_INIT;

absl::Status CheckWhole(const jiceng_snapshot* snapshot) {
  RETURN_IF_ERROR(capi::CheckSnapshot(snapshot));
  if (snapshot->actor == nullptr) return absl::OkStatus();
  return base::Error(absl::StatusCode::kPermissionDenied, "WHOLE_STORE_ONLY",
                     "a monitor watches the whole store; open the snapshot without an actor", "snapshot");
}

capi::FindingsHandle Changed(const jiceng_monitor::State& state, std::vector<rules::Finding> rows) {
  rules::Findings findings;
  findings.date = state.monitor->date();
  findings.parameters = state.monitor->parameters();
  findings.attached = state.monitor->attached();
  findings.matters = state.monitor->matters();
  findings.judged = state.monitor->judged();
  findings.rows = std::move(rows);
  return capi::NewFindings(state.snapshot, std::move(findings));
}

}  // namespace

jiceng_status jiceng_monitor_open(const jiceng_snapshot* snapshot, int32_t date, const jiceng_audit_options* options,
                                  jiceng_monitor** out_monitor, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_monitor, "out_monitor"));
    RETURN_IF_ERROR(CheckWhole(snapshot));
    ASSIGN_OR_RETURN(const jiceng_audit_options read, capi::ReadOptions(options, kAuditDefaults, 0));
    ASSIGN_OR_RETURN(const base::Date day, capi::ReadDate(date, "date"));
    ASSIGN_OR_RETURN(rules::AuditRequest request, capi::ReadRequest(*snapshot, read, day));
    const jiceng::engine::Progress progress = capi::ReadProgress(read.progress, read.progress_user);
    const auto report = [&](int64_t done, int64_t total) { return progress("check", done, total); };
    if (progress) request.progress.emplace(report);
    auto monitor = std::make_unique<jiceng_monitor>();
    monitor->state.snapshot = *snapshot;
    ASSIGN_OR_RETURN(monitor->state.monitor, rules::Monitor::Build(snapshot->version.graph, snapshot->catalogue().model,
                                                                   snapshot->RulesWith(request.attached), request));
    *out_monitor = monitor.release();
    return absl::OkStatus();
  });
}

jiceng_status jiceng_monitor_follow(jiceng_monitor* monitor, const jiceng_snapshot* snapshot, int32_t date,
                                    jiceng_findings** out_appeared, jiceng_findings** out_gone,
                                    jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    if (out_appeared != nullptr) *out_appeared = nullptr;
    if (out_gone != nullptr) *out_gone = nullptr;
    RETURN_IF_ERROR(capi::Need(monitor, "monitor"));
    RETURN_IF_ERROR(CheckWhole(snapshot));
    const std::lock_guard<std::mutex> turn(monitor->following);
    const jiceng_monitor::State before = monitor->Now();
    if (before.snapshot.engine != snapshot->engine) {
      return base::Error(absl::StatusCode::kInvalidArgument, "OTHER_STORE",
                         "a monitor follows the store it was opened on; open another one", "snapshot");
    }
    base::Date day = before.monitor->date();
    if (date != 0) {
      ASSIGN_OR_RETURN(day, capi::ReadDate(date, "date"));
    }
    jiceng_monitor::State next;
    next.snapshot = *snapshot;
    rules::Monitor::Step step;
    ASSIGN_OR_RETURN(const std::shared_ptr<const rules::Attached> attached, snapshot->attached());
    const rules::RuleSet& set = snapshot->RulesWith(attached);
    ASSIGN_OR_RETURN(next.monitor, before.monitor->Next(snapshot->version.graph, day, set, attached,
                                                        snapshot->MattersFor(set, {}), &step));
    capi::FindingsHandle appeared, gone;
    if (out_appeared != nullptr) appeared = Changed(next, std::move(step.appeared));
    if (out_gone != nullptr) gone = Changed(before, std::move(step.gone));
    {
      const std::lock_guard<std::mutex> lock(monitor->mutex);
      std::swap(monitor->state, next);  // what was is let go of outside the lock
    }
    if (out_appeared != nullptr) *out_appeared = appeared.release();
    if (out_gone != nullptr) *out_gone = gone.release();
    return absl::OkStatus();
  });
}

int64_t jiceng_monitor_seq(const jiceng_monitor* monitor) {
  return monitor == nullptr ? 0 : monitor->Now().snapshot.version.seq;
}

int32_t jiceng_monitor_date(const jiceng_monitor* monitor) {
  return monitor == nullptr ? 0 : monitor->Now().monitor->date().ToNumber();
}

jiceng_status jiceng_monitor_findings(const jiceng_monitor* monitor, jiceng_findings** out_findings,
                                      jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_findings, "out_findings"));
    RETURN_IF_ERROR(capi::Need(monitor, "monitor"));
    const jiceng_monitor::State state = monitor->Now();
    RETURN_IF_ERROR(capi::CheckSnapshot(&state.snapshot));
    *out_findings = capi::NewFindings(state.snapshot, state.monitor->findings()).release();
    return absl::OkStatus();
  });
}

int32_t jiceng_monitor_members(const jiceng_monitor* monitor, int64_t unit, int64_t* out_full,
                               int64_t* out_probationary) {
  if (out_full != nullptr) *out_full = 0;
  if (out_probationary != nullptr) *out_probationary = 0;
  if (monitor == nullptr) return 0;
  std::shared_ptr<const rules::Monitor> now;
  {
    const std::lock_guard<std::mutex> lock(monitor->mutex);
    now = monitor->state.monitor;
  }
  const jiceng::model::NodeNumber node = jiceng::model::NodeNumber::FromInt64(unit);
  if (node.kind() != jiceng::model::NodeKind::kUnit || !now->snapshot().In(node)) return 0;
  if (out_full != nullptr) *out_full = now->FullMembers(node.ordinal());
  if (out_probationary != nullptr) *out_probationary = now->ProbationaryMembers(node.ordinal());
  return 1;
}

void jiceng_monitor_close(jiceng_monitor* monitor) { delete monitor; }
