#include "procedures/docket.h"

#include <utility>

namespace jiceng::procedures {

Docket Docket::With(const std::vector<uint32_t>& matters,
                    const std::function<std::optional<KeptMatter>(uint32_t)>& read,
                    const base::Calendar& calendar) const {
  decltype(lines_)::Changes lines;
  decltype(by_id_)::Changes ids;
  decltype(by_node_)::Changes nodes;
  decltype(open_)::Changes open;
  decltype(ended_)::Changes ended;
  decltype(referring_)::Changes referring;
  // Puts a matter's stretches where they are found, or takes them out.
  const auto note = [&](uint32_t matter, const std::vector<Stretch>& stretches, bool put) {
    for (size_t i = 0; i < stretches.size(); ++i) {
      const Stretch& stretch = stretches[i];
      if (stretch.due == kNever) continue;
      const bool goes_on = stretch.until == kNever;
      if (!goes_on && !(stretch.due < stretch.until)) continue;  // it was never late
      const Key key((goes_on ? stretch.due : stretch.until).Minutes(), matter, static_cast<int32_t>(i));
      (goes_on ? open : ended)[key] = put ? std::optional(stretch) : std::nullopt;
    }
  };
  const auto note_references = [&](uint32_t matter, const Line& line, bool put) {
    if (line.references == nullptr) return;
    for (size_t i = 0; i < line.references->size(); ++i) {
      const Reference& reference = (*line.references)[i];
      const ReferringKey key(reference.to, reference.until.Minutes(), matter, static_cast<int32_t>(i));
      referring[key] = put ? std::optional(Referring{matter, line.procedure, reference}) : std::nullopt;
    }
  };
  for (const uint32_t matter : matters) {
    if (lines.count(matter) > 0) continue;
    if (const Line* before = lines_.Find(matter)) {
      note(matter, *before->stretches, false);
      note_references(matter, *before, false);
      ids[before->id].reset();
      nodes[{before->about, matter}].reset();
    }
    std::optional<Line>& change = lines[matter];
    std::optional<KeptMatter> kept = read(matter);
    if (!kept.has_value()) continue;
    const absl::StatusOr<View> view = Replay(*kept->procedure, kept->matter, kNever, calendar);
    if (!view.ok()) continue;
    Line line;
    line.id = kept->matter.id;
    line.procedure = kept->procedure;
    line.about = kept->about;
    line.subjects = view->subjects();
    line.state = view->state();
    line.over = view->over();
    line.opened = view->opened();
    line.entered = view->entered();
    line.last = view->last();
    line.stretches = std::make_shared<const std::vector<Stretch>>(view->stretches());
    note(matter, *line.stretches, true);
    if (!view->former().empty()) line.former = std::make_shared<const std::vector<Played>>(view->former());
    if (!view->references().empty())
      line.references = std::make_shared<const std::vector<Reference>>(view->references());
    note_references(matter, line, true);
    ids[line.id] = matter;
    nodes[{line.about, matter}].emplace();
    change = std::move(line);
  }
  Docket docket;
  docket.lines_ = lines_.With(lines);
  docket.by_id_ = by_id_.With(ids);
  docket.by_node_ = by_node_.With(nodes);
  docket.open_ = open_.With(open);
  docket.ended_ = ended_.With(ended);
  docket.referring_ = referring_.With(referring);
  return docket;
}

std::optional<uint32_t> Docket::Find(std::string_view id) const {
  const uint32_t* matter = by_id_.Find(std::string(id));
  return matter == nullptr ? std::nullopt : std::optional(*matter);
}

int64_t Docket::Count(const Tally& tally, uint32_t matter, Moment at) const {
  int64_t count = 0;
  ForEachReferring(matter, at,
                   [&](const Referring& one) { count += Counts(tally, *one.procedure, one.reference) ? 1 : 0; });
  return count;
}

}  // namespace jiceng::procedures
