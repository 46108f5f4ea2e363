#include "procedures/ways.h"

#include <algorithm>
#include <vector>

#include "base/status.h"
#include "base/strings.h"

namespace jiceng::procedures {

using base::StrCat;

std::string At(const std::string& parent, const char* name, size_t index) {
  return StrCat(parent, parent.empty() ? "" : ".", name, "[", index, "]");
}

absl::Status Bad(const std::string& place, std::string_view message) {
  return base::Error(absl::StatusCode::kInvalidArgument, "BAD_PROCEDURE", StrCat(place, ": ", message), place);
}

namespace {

absl::Status CheckReached(const Procedure& p, const std::string& place) {
  std::vector<bool> reached(p.states.size());
  reached[0] = true;
  for (bool more = true; more;) {
    more = false;
    for (const Transition& t : p.transitions) {
      if (t.to_state < 0 || reached[static_cast<size_t>(t.to_state)]) continue;
      for (const int from : t.from_states) {
        if (!reached[static_cast<size_t>(from)]) continue;
        reached[static_cast<size_t>(t.to_state)] = true;
        more = true;
      }
    }
  }
  for (size_t i = 0; i < reached.size(); ++i) {
    if (!reached[i]) return Bad(At(place, "states", i), StrCat("no step leads to '", p.states[i].id, "'"));
  }
  return absl::OkStatus();
}

absl::Status CheckEnds(const Procedure& p, const std::string& place) {
  std::vector<bool> ends(p.states.size());
  for (size_t i = 0; i < ends.size(); ++i) ends[i] = p.states[i].final;
  for (bool more = true; more;) {
    more = false;
    for (const Transition& t : p.transitions) {
      if (t.to_state < 0 || !ends[static_cast<size_t>(t.to_state)]) continue;
      for (const int from : t.from_states) {
        if (!ends[static_cast<size_t>(from)]) more = ends[static_cast<size_t>(from)] = true;
      }
    }
  }
  for (size_t i = 0; i < ends.size(); ++i) {
    if (!ends[i])
      return Bad(At(place, "states", i), StrCat("no way leads from '", p.states[i].id, "' to a final state"));
  }
  return absl::OkStatus();
}

// The clocks that run in a state whatever way led there: those that do on all ways, narrowed down until nothing changes.
absl::Status CheckClocks(const Procedure& p, const std::string& place) {
  if (p.clocks.size() > 64) return Bad(place + ".clocks", "there are more than 64");
  std::vector<uint64_t> running(p.states.size(), ~uint64_t{0});
  uint64_t opening = 0, sure = 0;  // those that have a length wherever the matter runs
  for (size_t c = 0; c < p.clocks.size(); ++c) {
    const rules::Parameter* length = p.FindParameter(p.clocks[c].parameter);
    if (length == nullptr || length->default_value.has_value()) sure |= uint64_t{1} << c;
    if (p.clocks[c].begins_on_opening) opening |= uint64_t{1} << c;
  }
  running[0] &= opening;
  for (bool more = true; more;) {
    more = false;
    for (size_t t = 0; t < p.transitions.size(); ++t) {
      uint64_t begun = 0, stopped = 0;
      for (size_t c = 0; c < p.clocks.size(); ++c) {
        const auto has = [&](const std::vector<int>& steps) {
          return std::find(steps.begin(), steps.end(), static_cast<int>(t)) != steps.end();
        };
        if (has(p.clocks[c].beginners)) begun |= uint64_t{1} << c;
        if (has(p.clocks[c].stoppers)) stopped |= uint64_t{1} << c;
      }
      for (const int from : p.transitions[t].from_states) {
        const int to = p.transitions[t].to_state < 0 ? from : p.transitions[t].to_state;
        const uint64_t after = (running[static_cast<size_t>(from)] & ~stopped) | begun;
        const uint64_t narrowed = running[static_cast<size_t>(to)] & after;
        more = more || narrowed != running[static_cast<size_t>(to)];
        running[static_cast<size_t>(to)] = narrowed;
      }
    }
  }
  for (size_t i = 0; i < running.size(); ++i) {
    const State& state = p.states[i];
    if ((running[i] & sure) != 0 || state.final || state.untimed) continue;
    return Bad(At(place, "states", i), StrCat("no clock is sure to run in '", state.id, "', which is not untimed"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckWays(const Procedure& procedure, const std::string& place) {
  RETURN_IF_ERROR(CheckReached(procedure, place));
  RETURN_IF_ERROR(CheckEnds(procedure, place));
  return CheckClocks(procedure, place);
}

}  // namespace jiceng::procedures
