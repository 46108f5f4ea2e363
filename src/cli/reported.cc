#include "cli/reported.h"

#include <jiceng/matters.h>

#include <map>

namespace jiceng::cli {
namespace {

// A row of a table, read by the names of its columns.
class RowReader {
 public:
  RowReader(const Grid& grid, int64_t row) : grid_(grid), row_(row) {}

  std::string Text(const char* column) const { return grid_.Plain(row_, grid_.Find(column)); }
  int64_t Number(const char* column) const { return grid_.Integer(row_, grid_.Find(column)); }
  NamedNode Node(const char* node, const char* name) const { return {Text(node), Text(name)}; }
  std::vector<std::string> List(const char* column) const {
    const std::vector<std::string_view> items = grid_.Items(row_, grid_.Find(column));
    return {items.begin(), items.end()};
  }

 private:
  const Grid& grid_;
  const int64_t row_;
};

}  // namespace

bool ReadReported(Context& context, const jiceng_snapshot* snapshot, const std::string& node, int32_t date,
                  int32_t year, std::vector<Reported>* reported) {
  Table table, services;
  const auto ask = [&](auto question, Table* answer) {
    return context.Call(Phase::kQuery, [&](jiceng_error** error) {
      return question(snapshot, node.data(), node.size(), date, year, context.library_lang(), Out(*answer), error);
    });
  };
  if (!ask(jiceng_list_register, &table) || !ask(jiceng_list_services, &services)) return false;
  std::map<std::string, size_t> by_matter;
  const Grid grid = Grid::Of(table.get());
  for (int64_t r = 0; r < grid.rows(); ++r) {
    const RowReader row(grid, r);
    Reported one;
    one.matter = row.Text("matter");
    one.state = row.Text("state_title");
    one.member = row.Node("node", "name");
    one.community = row.Node("community", "community_name");
    one.host = row.Node("host", "host_name");
    one.home = row.Node("home", "home_name");
    one.employer = row.Node("employer", "employer_name");
    one.reported_on = row.Text("reported_on");
    one.register_no = row.Text("register_no");
    one.appraisal_on = row.Text("appraisal_on");
    one.moved_on = row.Text("moved_on");
    one.posts = row.List("posts");
    one.hours = row.Number("hours");
    one.fed_back_on = row.Text("fed_back_on");
    one.form = row.Text("form");
    one.published_on = row.Text("published_on");
    one.published_at = row.Text("published_at");
    one.used_for = row.Text("used_for_title");
    by_matter.emplace(one.matter, reported->size());
    reported->push_back(std::move(one));
  }
  const Grid records = Grid::Of(services.get());
  for (int64_t r = 0; r < records.rows(); ++r) {
    const RowReader row(records, r);
    const auto found = by_matter.find(row.Text("matter"));
    if (found == by_matter.end()) continue;
    (*reported)[found->second].services.push_back({row.Text("served_on"), row.Text("post"), row.Number("hours"),
                                                   row.Text("noted_on"), row.Node("noted_by", "noted_by_name")});
  }
  return true;
}

}  // namespace jiceng::cli
