// What the handles hold.  All of it is shared, so a handle lives on when the one it was opened from is closed.
#ifndef JICENG_CAPI_HANDLES_H_
#define JICENG_CAPI_HANDLES_H_

#include <jiceng/audit.h>
#include <jiceng/monitor.h>
#include <jiceng/snapshot.h>
#include <jiceng/store.h>

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "access/actor.h"
#include "capi/table.h"
#include "engine/store.h"
#include "rules/findings.h"
#include "rules/monitor.h"
#include "store/process_guard.h"

struct jiceng_store {
  std::shared_ptr<jiceng::engine::Store> engine;
  jiceng::store::ProcessGuard process;

  // What was opened from it lives on, the host's function for notices perhaps not.
  ~jiceng_store() {
    if (engine != nullptr) engine->notices().End();
  }
};

struct jiceng_actor {
  std::shared_ptr<const jiceng::access::Actor> actor;
};

// A version of the organisation and on whose behalf it is read; no actor is the host itself.
struct jiceng_snapshot {
  std::shared_ptr<jiceng::engine::Store> engine;
  jiceng::engine::Version version;
  std::shared_ptr<const jiceng::access::Actor> actor;
  jiceng::store::ProcessGuard process;

  const jiceng::graph::Snapshot& graph() const { return *version.graph; }
  const jiceng::wire::Catalogue& catalogue() const { return engine->catalogue(); }
  absl::StatusOr<std::shared_ptr<const jiceng::rules::Attached>> attached() const {
    return engine->AttachedTo(graph());
  }
  // The catalogue's rules, and behind them those that the packs carry: what attached() gave.
  const jiceng::rules::RuleSet& RulesWith(const std::shared_ptr<const jiceng::rules::Attached>& packs) const {
    return packs == nullptr ? catalogue().rules : packs->rules;
  }
};

struct jiceng_writer {
  std::shared_ptr<jiceng::engine::Store> engine;
  jiceng::engine::CommitOptions commit;
  jiceng::store::ProcessGuard process;
  std::optional<jiceng::engine::Refusal> refused;           // why the last call was, or would have been
  std::optional<jiceng::engine::RefusedStep> refused_step;  // likewise, a step of a matter
  jiceng::engine::Version tried;  // what the last call came to, of a writer that tries; no graph: nothing

  // At the beginning of every call.
  absl::Status Begin() {
    tried = {};
    refused.reset();
    refused_step.reset();
    return process.Check();
  }

  // One that names the head it has seen has seen its own commits too.
  void Advance(int64_t seq) {
    if (commit.expected_seq >= 0) commit.expected_seq = seq;
  }
};

struct jiceng_findings {
  explicit jiceng_findings(jiceng_snapshot from) : snapshot(std::move(from)) {}

  const jiceng::rules::RuleSet& rule_set() const { return snapshot.RulesWith(findings.attached); }

  jiceng_snapshot snapshot;
  jiceng::rules::Findings findings;
  std::optional<jiceng::base::Date> since;  // of one finding that has been looked back for
  std::vector<int64_t> subjects;            // parallel to the findings, for those who want columns
  std::vector<int32_t> rules;
  // What the host holds; a stream made of the findings holds it too and may outlive that.
  std::shared_ptr<const jiceng_findings> self;
};

struct jiceng_monitor {
  // A version of it with the snapshot it was made from.
  struct State {
    jiceng_snapshot snapshot;
    std::shared_ptr<const jiceng::rules::Monitor> monitor;
  };
  State Now() const {
    std::lock_guard<std::mutex> lock(mutex);
    return state;
  }

  // The columns of a roll-up that say which units it is about; the roll-ups of many versions share them.
  struct UnitColumns {
    std::vector<jiceng::model::NodeNumber> units;
    std::shared_ptr<const jiceng::graph::Territory> territory;  // where the levels are from
    std::shared_ptr<const jiceng::capi::Column> node, level;
  };
  // Of the last roll-up of an indicator by a level; null when there was none.
  std::shared_ptr<const UnitColumns> UnitColumnsOf(const jiceng::rules::Indicator* indicator,
                                                   std::optional<jiceng::model::Level> level) const {
    std::lock_guard<std::mutex> lock(mutex);
    const auto found = unit_columns.find({indicator, level});
    return found == unit_columns.end() ? nullptr : found->second;
  }
  void Keep(const jiceng::rules::Indicator* indicator, std::optional<jiceng::model::Level> level,
            std::shared_ptr<const UnitColumns> columns) const {
    std::lock_guard<std::mutex> lock(mutex);
    unit_columns[{indicator, level}].swap(columns);
  }

  std::mutex following;  // steps take turns
  mutable std::mutex mutex;
  State state;  // under `mutex`
  mutable std::map<std::pair<const jiceng::rules::Indicator*, std::optional<jiceng::model::Level>>,
                   std::shared_ptr<const UnitColumns>>
      unit_columns;  // under `mutex`
};

struct jiceng_import_report {
  int32_t outcome = 0;
  int64_t seq = 0, rejected = 0;
  std::unique_ptr<jiceng_table> rows, warnings, problems, warning_rows, closures;
};

#endif  // JICENG_CAPI_HANDLES_H_
