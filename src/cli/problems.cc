#include "cli/problems.h"

namespace jiceng::cli {
namespace {

constexpr int64_t kProblemsShown = 20;

constexpr Text kProblemAt = {"{0} 第 {1} 行", "{0} row {1}"};
constexpr Text kProblemColumn = {" [{0}]", " [{0}]"};
constexpr Text kProblemCell = {"“{0}”", " \"{0}\""};
constexpr Text kColon = {"：", ": "};
constexpr Text kMoreProblems = {"还有 {0} 处没有列出", "and {0} more"};

}  // namespace

std::string DescribeProblem(const Grid& grid, int64_t row, Lang lang) {
  auto cell = [&](const char* name) { return grid.Find(name) < 0 ? "" : grid.Plain(row, grid.Find(name)); };
  const std::string number = cell("row"), column = cell("column"), text = cell("cell"), code = cell("code");
  std::string line = number.empty() || number == "0" ? cell("file") : Fill(kProblemAt.In(lang), {cell("file"), number});
  if (!column.empty()) line += Fill(kProblemColumn.In(lang), {column});
  if (!text.empty()) line += Fill(kProblemCell.In(lang), {text});
  line += kColon.In(lang) + cell("message");
  if (!code.empty()) line += " (" + code + ")";
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  return line;
}

void TellProblems(Context& context, const jiceng_import_report* report) {
  const Grid problems = Grid::Of(jiceng_import_report_problems(report));
  for (int64_t r = 0; r < problems.rows() && r < kProblemsShown; ++r)
    context.Note(DescribeProblem(problems, r, context.lang()));
  if (problems.rows() > kProblemsShown) {
    context.Note(Fill(context.Say(kMoreProblems), {std::to_string(problems.rows() - kProblemsShown)}));
  }
}

}  // namespace jiceng::cli
