#include "engine/reporting.h"

#include <algorithm>
#include <memory>
#include <set>
#include <tuple>
#include <utility>

#include "engine/matters.h"

namespace jiceng::engine {
namespace {

using base::Date;
using model::NodeKind;
using model::NodeNumber;
using procedures::Docket;
using procedures::FieldType;
using procedures::Step;
using procedures::Value;

constexpr std::string_view kTemplate = "report.member";

// Which matters are meant.
class Meant {
 public:
  Meant(const graph::Snapshot& graph, std::optional<NodeNumber> root, Date day) : root_(root) {
    if (!root.has_value()) return;
    if (root->kind() == NodeKind::kUnit) territory_ = graph.TerritoryOn(day);
    if (root->kind() == NodeKind::kOrganization) {
      graph.ForEachOpenTo(model::TieKind::kEmployment, *root, day,
                          [&](const model::Tie& tie) { employees_.insert(tie.from); });
    }
  }
  bool Holds(const Docket::Line& line) const {
    if (!root_.has_value() || employees_.count(line.about) > 0) return true;
    return std::any_of(line.subjects.begin(), line.subjects.end(), [&](NodeNumber node) {
      return node == *root_ || (territory_ != nullptr && node.kind() == NodeKind::kUnit &&
                                territory_->AtOrBelow(node.ordinal(), root_->ordinal()));
    });
  }

 private:
  const std::optional<NodeNumber> root_;
  std::shared_ptr<const graph::Territory> territory_;  // of a unit
  std::set<NodeNumber> employees_;                     // of an organisation
};

std::optional<Date> DayOf(const procedures::Values& told, std::string_view field) {
  const Value* value = Find(told, field);
  if (value == nullptr || value->type != FieldType::kDate) return std::nullopt;
  return Date::FromDays(static_cast<int32_t>(value->number));
}

// What one step told.
class Telling {
 public:
  Telling(const procedures::Procedure& procedure, const Step& step, const ReportedRequest& request,
          const graph::Snapshot& graph)
      : step_(step), request_(request), graph_(graph) {
    const int transition = procedure.FindTransition(step.transition);
    fields_ = transition < 0 ? &procedure.opening : &procedure.transitions[static_cast<size_t>(transition)].evidence;
  }

  // As hosts read it, or as it is called where the template says how.
  std::string Text(std::string_view field) const {
    const Value* value = Find(step_.evidence, field);
    return value == nullptr ? std::string() : procedures::ValueText(*value, graph_);
  }
  std::string Title(std::string_view field) const {
    std::string text = Text(field);
    for (const procedures::Field& one : *fields_) {
      const procedures::Text* title = one.id == field ? one.TitleOf(text) : nullptr;
      if (title != nullptr) return request_.language == rules::Language::kChinese ? title->zh : title->en;
    }
    return text;
  }
  std::optional<Date> Day(std::string_view field) const { return DayOf(step_.evidence, field); }
  int64_t Number(std::string_view field) const {
    const Value* value = Find(step_.evidence, field);
    return value == nullptr || value->type != FieldType::kCount ? 0 : value->number;
  }

 private:
  const Step& step_;
  const ReportedRequest& request_;
  const graph::Snapshot& graph_;
  const std::vector<procedures::Field>* fields_;
};

// What a post is called, by the matter of the catalogue of posts that the claim names.
std::string PostClaimed(const Step& claim, const graph::Snapshot& graph, const procedures::ProcedureSet& procedures) {
  const Value* post = Find(claim.evidence, "post");
  if (post == nullptr || post->type != FieldType::kMatter) return "";
  const auto kept = ReadMatter(graph, procedures, static_cast<uint32_t>(post->number));
  const Value* title = kept.has_value() ? Find(kept->matter.steps[0].evidence, "title") : nullptr;
  return title == nullptr ? std::string() : title->text;
}

// What the steps of a matter up to the end of the day say; none where nobody reported, or nothing is of the year.
std::optional<Reported> Read(const Docket::Line& line, const procedures::KeptMatter& kept,
                             const ReportedRequest& request, const graph::Snapshot& graph,
                             const wire::Catalogue& catalogue) {
  const procedures::Procedure& p = *kept.procedure;
  const auto view = Replay(p, kept.matter, {request.day, procedures::kEndOfDay}, catalogue.calendar);
  if (!view.ok()) return std::nullopt;
  Reported one;
  one.matter = line.id;
  one.procedure = kept.procedure;
  one.member = line.about;
  one.state = view->state();
  const auto player = [&](std::string_view part) {
    const int found = p.FindSubject(part);
    return found < 0 ? NodeNumber() : view->subjects()[static_cast<size_t>(found)];
  };
  one.community = player("community");
  one.host = player("host");
  one.home = player("home");
  one.appraisal = DayOf(view->values(), "appraisal_on");
  const auto of_year = [&](Date day) { return request.year == 0 || day.year() == request.year; };
  bool has_reported = false, in_year = false;
  std::string post;
  for (const Step& step : kept.matter.steps) {
    const Date day = step.at.day;
    if (request.day < day) break;
    in_year = in_year || of_year(day);
    const std::string& is = step.transition;
    const Telling told(p, step, request, graph);
    if (is == "report") {
      one.reported = day;
      has_reported = true;
    } else if (is == "file") {
      one.register_no = told.Text("register_no");
    } else if (is == "claim") {
      post = PostClaimed(step, graph, catalogue.procedures);
      one.posts.push_back(post);
    } else if (is == "serve") {
      const std::optional<Date> on = told.Day("served_on");
      if (request.year != 0 && !(on.has_value() && of_year(*on))) continue;
      one.services.push_back({on, post, told.Number("hours"), day, step.actor});
      one.hours += one.services.back().hours;
    } else if (is == "leave" || is == "move") {
      one.moved = day;
    } else if (is == "feed_back") {
      one.fed_back = day;
      one.form = told.Text("form");
    } else if (is == "publish") {
      one.published = day;
      one.published_at = told.Text("place");
    } else if (is == "use") {
      one.used_for = told.Text("used_for");
      one.used_for_title = told.Title("used_for");
    }
  }
  if (!has_reported || !in_year) return std::nullopt;
  graph.ForEachOpenFrom(model::TieKind::kEmployment, one.member, request.day, [&](const model::Tie& tie) {
    if (!one.employer) one.employer = tie.to;
  });
  return one;
}

}  // namespace

std::vector<Reported> ListReported(Store* store, const Version& version, const ReportedRequest& request) {
  const graph::Snapshot& graph = *version.graph;
  const Meant meant(graph, request.root, request.day);
  std::vector<Reported> all;
  store->DocketOf(version)->ForEach([&](uint32_t matter, const Docket::Line& line) {
    if (line.procedure->id != kTemplate || request.day < line.opened.day || !meant.Holds(line)) return;
    const auto kept = ReadMatter(graph, store->catalogue().procedures, matter);
    if (!kept.has_value()) return;
    if (std::optional<Reported> one = Read(line, *kept, request, graph, store->catalogue()))
      all.push_back(*std::move(one));
  });
  std::sort(all.begin(), all.end(), [](const Reported& a, const Reported& b) {
    return std::tie(a.reported, a.matter) < std::tie(b.reported, b.matter);
  });
  return all;
}

}  // namespace jiceng::engine
