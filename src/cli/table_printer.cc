#include "cli/table_printer.h"

#include <algorithm>
#include <string>
#include <vector>

#include "cli/width.h"

namespace jiceng::cli {
namespace {

constexpr int kGap = 2;
constexpr int kNarrowest = 10;          // a text column is not cut below this,
constexpr int kNarrowestSentence = 30;  // nor one of sentences below this while others can still give way
constexpr char kBold[] = "\033[1m", kRed[] = "\033[31m", kYellow[] = "\033[33m", kDim[] = "\033[2m",
               kPlain[] = "\033[0m";

struct Column {
  int source = 0;
  std::string heading;
  int width = 0;
  bool right = false;  // numbers
  bool cuttable = false;
  bool sentence = false;
};

// What one would copy into the next command is never cut.
bool IsIdentifier(std::string_view name) {
  constexpr std::string_view kNames[] = {"node", "subject",   "rule", "body",      "id",
                                         "code", "community", "file", "from_node", "to_node"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

// Texts that are meant to be read as such.
bool IsSentence(std::string_view name) {
  constexpr std::string_view kNames[] = {"message", "title", "detail", "example", "citation", "citations"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

std::string CellText(const Grid& grid, const Wording& wording, int64_t row, int column) {
  const std::string& name = grid.columns()[column].name;
  std::string text;
  if (grid.columns()[column].type == CellType::kTextList) {
    const std::string_view between = wording.lang() == Lang::kZh ? "；" : "; ";
    for (std::string_view item : grid.Items(row, column)) {
      if (!text.empty()) text.append(between);
      text.append(wording.Title(name, item));
    }
  } else if (Wording::HasTitles(name)) {
    text = wording.Title(name, grid.Plain(row, column));
  } else {
    grid.AppendPlain(row, column, &text);
  }
  // A cell is one line and cannot steer the terminal.
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return text;
}

// Takes columns off the widest, texts first down to `narrowest`, sentences down to `narrowest_sentence`; what is still
// too much is left.
int Shrink(int excess, int narrowest, int narrowest_sentence, std::vector<Column>* columns) {
  for (; excess > 0; --excess) {
    Column* widest = nullptr;
    for (Column& column : *columns) {
      const int floor = column.sentence ? narrowest_sentence : narrowest;
      if (column.cuttable && column.width > floor && (widest == nullptr || column.width > widest->width)) {
        widest = &column;
      }
    }
    if (widest == nullptr) return excess;  // the terminal wraps the rest
    --widest->width;
  }
  return 0;
}

void FitToTerminal(int terminal_width, int indent, std::vector<Column>* columns) {
  int excess = indent + kGap * (static_cast<int>(columns->size()) - 1) - terminal_width;
  for (const Column& column : *columns) excess += column.width;
  excess = Shrink(excess, kNarrowest, kNarrowestSentence, columns);
  Shrink(excess, kNarrowest, kNarrowest, columns);
}

const char* ColorOf(std::string_view column, const Grid& grid, int64_t row, int source) {
  if (column == "status") {
    const std::string status = grid.Plain(row, source);
    if (status == "unmet") return kRed;
    if (status == "unknown") return kYellow;
  }
  if (column == "valid" && grid.Integer(row, source) == 0) return kRed;
  return nullptr;
}

}  // namespace

void PrintTable(const Grid& grid, const Wording& wording, const TableStyle& style, Output* out) {
  std::vector<Column> columns;
  for (int c = 0; c < static_cast<int>(grid.columns().size()); ++c) {
    const GridColumn& from = grid.columns()[c];
    Column column;
    column.source = c;
    column.heading = wording.Heading(from.name);
    column.right = from.type == CellType::kInteger;
    column.cuttable = (from.type == CellType::kText || from.type == CellType::kTextList) && !IsIdentifier(from.name);
    column.sentence = IsSentence(from.name);
    int widest = 0;
    for (int64_t r = 0; r < grid.rows(); ++r) widest = std::max(widest, DisplayWidth(CellText(grid, wording, r, c)));
    if (style.hide_empty && widest == 0) continue;
    column.width = std::max(widest, DisplayWidth(column.heading));
    columns.push_back(std::move(column));
  }
  if (columns.empty()) return;
  if (style.width > 0) FitToTerminal(style.width, style.indent, &columns);

  const std::string indent(style.indent, ' ');
  std::string line;
  int owed = 0;  // spaces that are written only when something follows them
  auto put = [&](const Column& column, const std::string& text, const char* color) {
    const std::string shown = style.width > 0 ? CutToWidth(text, std::max(column.width, 1)) : text;
    const int padding = std::max(0, column.width - DisplayWidth(shown));
    if (column.right) owed += padding;
    if (!shown.empty()) {
      line.append(owed, ' ');
      owed = 0;
      if (style.color && color != nullptr) line.append(color);
      line.append(shown);
      if (style.color && color != nullptr) line.append(kPlain);
    }
    owed += kGap + (column.right ? 0 : padding);
  };
  auto end_line = [&] {
    out->Line(line);
    line = indent;
    owed = 0;
  };

  line = indent;
  for (const Column& column : columns) put(column, column.heading, kBold);
  end_line();
  for (const Column& column : columns) {
    std::string rule;
    for (int i = 0; i < column.width; ++i) rule.append("─");
    put(column, rule, kDim);
  }
  end_line();
  for (int64_t r = 0; r < grid.rows(); ++r) {
    for (const Column& column : columns) {
      put(column, CellText(grid, wording, r, column.source),
          ColorOf(grid.columns()[column.source].name, grid, r, column.source));
    }
    end_line();
  }
}

}  // namespace jiceng::cli
