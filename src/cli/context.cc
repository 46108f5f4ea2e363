#include "cli/context.h"

#include "cli/csv_output.h"

namespace jiceng::cli {
namespace {

constexpr Text kRowCount = {"共 {0} 行", "{0} rows"};
constexpr Text kOneRow = {"共 1 行", "1 row"};

}  // namespace

Context::Context(Invocation invocation, Lang lang)
    : invocation_(std::move(invocation)),
      lang_(lang),
      out_(stdout),
      out_terminal_(TerminalOf(stdout)),
      error_terminal_(TerminalOf(stderr)) {
  const std::string& format = invocation_.Value("format");
  format_ = format == "json"  ? Format::kJson
            : format == "csv" ? Format::kCsv
            : format == "ics" ? Format::kCalendar
                              : Format::kTable;
}

const Wording& Context::wording() {
  if (wording_ == nullptr) wording_ = std::make_unique<Wording>(lang_);
  return *wording_;
}

TableStyle Context::style() const {
  TableStyle style;
  style.width = out_terminal_.width;
  style.color = out_terminal_.color;
  return style;
}

int Context::Fail(ExitCode code, std::string_view message) {
  Note(message);
  exit_code_ = code;
  return code;
}

void Context::Note(std::string_view message) {
  out_.Flush();
  std::fprintf(stderr, "jiceng: %.*s\n", static_cast<int>(message.size()), message.data());
}

bool Context::Report(const Error& error, jiceng_status status, Phase phase) {
  out_.Flush();
  std::fprintf(stderr, "%s\n", ErrorLine(error.get(), status, lang_).c_str());
  const char* reason = error == nullptr ? "" : jiceng_error_reason(error.get());
  exit_code_ = ExitCodeOf(status, reason, error == nullptr ? "" : jiceng_error_field(error.get()), phase);
  return false;
}

void Context::Print(const Grid& data, const Grid& table, bool hide_empty) {
  switch (format_) {
    case Format::kJson:
      WriteJsonRows(data, &out_);
      out_.Write("\n");
      return;
    case Format::kCsv:
      WriteCsv(table, &out_);
      return;
    case Format::kCalendar:  // written by the one command that has it
    case Format::kTable:
      PrintTableOnly(table, hide_empty);
      PrintRowCount(table.rows());
      return;
  }
}

void Context::PrintTableOnly(const Grid& grid, bool hide_empty) {
  TableStyle shown = style();
  shown.hide_empty = hide_empty;
  if (grid.rows() > 0) PrintTable(grid, wording(), shown, &out_);
}

void Context::PrintRowCount(int64_t rows) {
  out_.Line(rows == 1 ? Say(kOneRow) : Fill(Say(kRowCount), {std::to_string(rows)}));
}

void Context::PrintFacts(const Json& facts, std::string_view sentence) {
  if (format_ == Format::kTable) {
    out_.Line(sentence);
    return;
  }
  if (format_ == Format::kJson) {
    out_.Line(ToLine(facts));
    return;
  }
  std::string header, row;
  for (const auto& [key, value] : facts.items()) {
    if (!header.empty()) header.push_back(','), row.push_back(',');
    AppendCsvCell(key, &header);
    AppendCsvCell(value.is_string() ? value.get<std::string>() : value.is_null() ? "" : value.dump(), &row);
  }
  out_.Line(header);
  out_.Line(row);
}

}  // namespace jiceng::cli
