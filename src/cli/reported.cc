#include "cli/reported.h"

#include <jiceng/matters.h>
#include <jiceng/snapshot.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <tuple>

#include "cli/moment.h"

namespace jiceng::cli {
namespace {

constexpr const char kProcedure[] = "report.member";

constexpr std::pair<std::string_view, Text> kUses[] = {{"appraisal", {"考核评议", "appraisal"}},
                                                       {"selection", {"选拔任用", "selection"}},
                                                       {"none", {"未运用", "not used"}}};

template <typename Words>
std::string TitleIn(const Words& words, const std::string& word, Lang lang) {
  for (const auto& [known, title] : words) {
    if (known == word) return title.In(lang);
  }
  return word;
}

std::string DayOfText(const std::string& moment) { return moment.substr(0, 10); }

class Reader {
 public:
  Reader(Context& context, const jiceng_snapshot* snapshot, int32_t date, int64_t year)
      : context_(context),
        snapshot_(snapshot),
        date_(date),
        at_(FormatDate(date) + " 23:59"),
        year_(year == 0 ? std::string() : std::to_string(year)) {}

  bool Read(const std::string& node, std::vector<Reported>* reported) {
    std::set<std::string> members;  // of an employer, beside those it is the home of
    int64_t number = 0;
    if (!context_.Call(Phase::kQuery, [&](jiceng_error** error) {
          return jiceng_find(snapshot_, node.data(), node.size(), date_, &number, error);
        })) {
      return false;
    }
    const bool body = TextOf(number).rfind("org:", 0) == 0;
    if (body) {
      for (const jiceng_tie& tie : Ties(number, JICENG_TIE_EMPLOYMENT, JICENG_TIES_TO))
        members.insert(TextOf(tie.from));
    }
    std::set<std::string> seen;
    if (!Add(&node, nullptr, &seen, reported)) return false;
    if (!members.empty() && !Add(nullptr, &members, &seen, reported)) return false;
    if (!NameAll(reported)) return false;
    std::sort(reported->begin(), reported->end(), [](const Reported& a, const Reported& b) {
      return std::tie(a.reported_on, a.matter) < std::tie(b.reported_on, b.matter);
    });
    return true;
  }

 private:
  // The matters at a node, or of members; those seen already are left out.
  bool Add(const std::string* node, const std::set<std::string>* members, std::set<std::string>* seen,
           std::vector<Reported>* reported) {
    Table table;
    if (!context_.Call(Phase::kQuery, [&](jiceng_error** error) {
          return jiceng_matters(snapshot_, kProcedure, node == nullptr ? nullptr : node->data(),
                                node == nullptr ? 0 : node->size(), at_.c_str(), 0, context_.library_lang(), Out(table),
                                error);
        })) {
      return false;
    }
    const Grid grid = Grid::Of(table.get());
    const int matter = grid.Find("matter"), about = grid.Find("about"), name = grid.Find("name"),
              state = grid.Find("state_title");
    for (int64_t r = 0; r < grid.rows(); ++r) {
      Reported one;
      one.matter = grid.Plain(r, matter);
      one.member = {grid.Plain(r, about), grid.Plain(r, name)};
      one.state = grid.Plain(r, state);
      if (members != nullptr && members->count(one.member.node) == 0) continue;
      if (!seen->insert(one.matter).second) continue;
      if (!ReadParts(&one) || !ReadSteps(&one)) return false;
      if (one.reported_on.empty() || !in_year_) continue;
      ReadEmployer(&one);
      reported->push_back(std::move(one));
    }
    return true;
  }

  bool ReadParts(Reported* one) {
    Table table;
    if (!Ask(jiceng_matter, one->matter, &table)) return false;
    const Grid grid = Grid::Of(table.get());
    const int what = grid.Find("what"), id = grid.Find("id"), value = grid.Find("value");
    for (int64_t r = 0; r < grid.rows(); ++r) {
      const std::string key = grid.Plain(r, id);
      const bool part = grid.Plain(r, what) == "subject";
      NamedNode* named = !part                ? nullptr
                         : key == "community" ? &one->community
                         : key == "host"      ? &one->host
                         : key == "home"      ? &one->home
                                              : nullptr;
      if (named != nullptr) named->node = grid.Plain(r, value);
      if (grid.Plain(r, what) == "field" && key == "appraisal_on") one->appraisal_on = grid.Plain(r, value);
    }
    return true;
  }

  bool ReadSteps(Reported* one) {
    Table table;
    if (!Ask(jiceng_matter_steps, one->matter, &table)) return false;
    const Grid grid = Grid::Of(table.get());
    const int at = grid.Find("at"), step = grid.Find("step"), actor = grid.Find("actor"), told = grid.Find("told");
    in_year_ = year_.empty();
    std::string post;  // the last one claimed
    for (int64_t r = 0; r < grid.rows(); ++r) {
      const std::string is = grid.Plain(r, step), when = grid.Plain(r, at), day = DayOfText(when);
      std::map<std::string, std::string, std::less<>> fields;
      for (const std::string_view item : grid.Items(r, told)) {
        const size_t equals = item.find('=');
        fields.emplace(item.substr(0, equals), item.substr(equals + 1));
      }
      in_year_ = in_year_ || day.substr(0, 4) == year_;
      if (is == "report") one->reported_on = day;
      if (is == "file") one->register_no = fields["register_no"];
      if (is == "claim") {
        if (!ReadPost(fields["post"], &post)) return false;
        one->posts.push_back(post);
      }
      if (is == "serve" && (year_.empty() || fields["served_on"].substr(0, 4) == year_)) {
        one->services.push_back(
            {fields["served_on"], post, std::atoll(fields["hours"].c_str()), day, {grid.Plain(r, actor), ""}});
        one->hours += one->services.back().hours;
      }
      if (is == "leave" || is == "move") one->moved_on = day;
      if (is == "feed_back") one->fed_back_on = day, one->form = fields["form"];
      if (is == "publish") one->published_on = day, one->published_at = fields["place"];
      if (is == "use") one->used_for = fields["used_for"];
    }
    return true;
  }

  // The name of a post, a matter of its own.  One that is claimed is there: it is not taken back before the claim.
  bool ReadPost(const std::string& post, std::string* title) {
    const auto [known, fresh] = posts_.try_emplace(post, post);
    if (fresh) {
      Table table;
      if (!Ask(jiceng_matter, post, &table)) return false;
      const Grid grid = Grid::Of(table.get());
      const int what = grid.Find("what"), id = grid.Find("id"), value = grid.Find("value");
      for (int64_t r = 0; r < grid.rows(); ++r) {
        if (grid.Plain(r, what) == "field" && grid.Plain(r, id) == "title") known->second = grid.Plain(r, value);
      }
    }
    *title = known->second;
    return true;
  }

  // Where the member works on the day; of several employers the first the store keeps.
  void ReadEmployer(Reported* one) const {
    const std::vector<jiceng_tie> ties = Ties(NumberOf(one->member.node), JICENG_TIE_EMPLOYMENT, JICENG_TIES_FROM);
    if (!ties.empty()) one->employer.node = TextOf(ties[0].to);
  }

  template <typename Question>
  bool Ask(Question question, const std::string& matter, Table* table) {
    return context_.Call(Phase::kQuery, [&](jiceng_error** error) {
      return question(snapshot_, matter.c_str(), at_.c_str(), context_.library_lang(), Out(*table), error);
    });
  }

  std::vector<jiceng_tie> Ties(int64_t node, int32_t kind, int32_t ends) const {
    std::vector<jiceng_tie> ties(static_cast<size_t>(jiceng_node_ties(snapshot_, node, kind, ends, date_, nullptr, 0)));
    jiceng_node_ties(snapshot_, node, kind, ends, date_, ties.data(), static_cast<int64_t>(ties.size()));
    return ties;
  }

  std::string TextOf(int64_t number) const {
    std::string text(jiceng_node_text(snapshot_, number, nullptr, 0), '\0');
    jiceng_node_text(snapshot_, number, text.data(), text.size() + 1);
    return text;
  }

  // 0 for nobody, and for who was erased.
  int64_t NumberOf(const std::string& node) const {
    int64_t number = 0;
    jiceng_find(snapshot_, node.data(), node.size(), date_, &number, nullptr);
    return number;
  }

  // Reads all names at once, each node's once.
  bool NameAll(std::vector<Reported>* reported) {
    std::map<std::string, std::string> names;
    const auto for_each = [&](auto visit) {
      for (Reported& one : *reported) {
        for (NamedNode* node : {&one.community, &one.host, &one.home, &one.employer}) visit(node);
        for (Service& service : one.services) visit(&service.by);
      }
    };
    for_each([&](NamedNode* node) { names.try_emplace(node->node); });
    std::vector<int64_t> numbers;
    for (const auto& [node, name] : names) numbers.push_back(NumberOf(node));
    Table table;
    if (!context_.Call(Phase::kQuery, [&](jiceng_error** error) {
          return jiceng_nodes_by_number(snapshot_, numbers.data(), numbers.size(), date_, Out(table), error);
        })) {
      return false;
    }
    const Grid grid = Grid::Of(table.get());
    const int column = grid.Find("name");
    int64_t row = 0;
    for (auto& [node, name] : names) name = grid.Plain(row++, column);
    for_each([&](NamedNode* node) { node->name = names[node->node]; });
    return true;
  }

  Context& context_;
  const jiceng_snapshot* snapshot_;
  int32_t date_;
  std::string at_, year_;
  bool in_year_ = true;  // of the matter that was read last
  std::map<std::string, std::string> posts_;
};

}  // namespace

std::string UseTitle(const std::string& use, Lang lang) { return TitleIn(kUses, use, lang); }

bool ReadReported(Context& context, const jiceng_snapshot* snapshot, const std::string& node, int32_t date,
                  int64_t year, std::vector<Reported>* reported) {
  return Reader(context, snapshot, date, year).Read(node, reported);
}

Grid RegisterGrid(const std::vector<Reported>& reported) {
  const auto told = [](const std::string& text) {
    return text.empty() ? std::optional<std::string>() : std::optional<std::string>(text);
  };
  std::vector<Grid::OwnRow> rows;
  for (const Reported& one : reported) {
    std::string posts;
    for (const std::string& post : one.posts) posts += (posts.empty() ? "" : "; ") + post;
    rows.push_back({one.member.node, told(one.member.name), told(one.employer.node), told(one.employer.name),
                    one.community.node, told(one.register_no), one.reported_on, told(posts),
                    std::to_string(one.services.size()), std::to_string(one.hours), told(one.fed_back_on),
                    told(one.form), told(one.used_for), told(one.moved_on), one.state, one.matter});
  }
  return Grid::Own({{"node", CellType::kText},
                    {"name", CellType::kText},
                    {"employer", CellType::kText},
                    {"employer_name", CellType::kText},
                    {"community", CellType::kText},
                    {"register_no", CellType::kText},
                    {"reported_on", CellType::kDate},
                    {"posts", CellType::kText},
                    {"services", CellType::kInteger},
                    {"hours", CellType::kInteger},
                    {"fed_back_on", CellType::kDate},
                    {"form", CellType::kText},
                    {"used_for", CellType::kText},
                    {"moved_on", CellType::kDate},
                    {"state_title", CellType::kText},
                    {"matter", CellType::kText}},
                   std::move(rows));
}

}  // namespace jiceng::cli
