// Forms as a workbook.  The one file that knows libxlsxwriter.
#include <xlsxwriter.h>

#include <cstdlib>
#include <ctime>
#include <set>

#include "cli/forms/form.h"

namespace jiceng::cli {
namespace {

constexpr size_t kLongestName = 31;  // of a sheet, in characters

// A name a workbook takes: short, without the characters it uses itself, unlike the others.
std::string SheetName(const std::string& wanted, std::set<std::string>* taken) {
  std::string name;
  size_t characters = 0;
  for (const char c : wanted) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80 && ++characters > kLongestName - 5) break;
    name += std::string("[]:*?/\\'").find(c) != std::string::npos || static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  if (name.empty()) name = " ";
  // Case does not tell sheets apart; that of other alphabets is not worth a table, as names that differ in it are told
  // apart by their number too.
  const auto folded = [](std::string text) {
    for (char& c : text) c = 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
  };
  std::string unlike = name;
  for (int i = 2; !taken->insert(folded(unlike)).second; ++i) unlike = name + " " + std::to_string(i);
  return unlike;
}

class Workbook {
 public:
  explicit Workbook(const std::string& path) : book_(workbook_new(path.c_str())) {}
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;
  ~Workbook() {
    if (book_ != nullptr) workbook_close(book_);
  }
  lxw_workbook* get() const { return book_; }
  lxw_error Close() {
    lxw_workbook* book = book_;
    book_ = nullptr;
    return workbook_close(book);
  }

 private:
  lxw_workbook* book_;
};

struct Formats {
  explicit Formats(lxw_workbook* book) {
    title = workbook_add_format(book);
    format_set_bold(title);
    format_set_font_size(title, 16);
    format_set_align(title, LXW_ALIGN_CENTER);
    format_set_align(title, LXW_ALIGN_VERTICAL_CENTER);
    for (lxw_format** format : {&text, &head, &number}) {
      *format = workbook_add_format(book);
      format_set_border(*format, LXW_BORDER_THIN);
      format_set_text_wrap(*format);
      format_set_align(*format, LXW_ALIGN_VERTICAL_TOP);
    }
    format_set_num_format(text, "@");
    format_set_bold(head);
    format_set_align(head, LXW_ALIGN_CENTER);
    format_set_align(number, LXW_ALIGN_RIGHT);
  }
  lxw_format *title = nullptr, *text = nullptr, *head = nullptr, *number = nullptr;
};

lxw_error AddSheet(const FormSheet& form, const std::string& name, const Formats& formats, lxw_workbook* book) {
  lxw_worksheet* sheet = workbook_add_worksheet(book, name.c_str());
  if (sheet == nullptr) return LXW_ERROR_MEMORY_MALLOC_FAILED;
  const auto last = static_cast<lxw_col_t>(form.widths.size() - 1);
  for (size_t c = 0; c < form.widths.size(); ++c) {
    const auto column = static_cast<lxw_col_t>(c);
    worksheet_set_column(sheet, column, column, form.widths[c], nullptr);
  }
  worksheet_set_paper(sheet, 9);  // A4
  if (form.landscape) worksheet_set_landscape(sheet);
  worksheet_fit_to_pages(sheet, 1, 0);
  worksheet_set_row(sheet, 0, 30, nullptr);
  lxw_error error = worksheet_merge_range(sheet, 0, 0, 0, last, form.title.c_str(), formats.title);
  lxw_row_t r = 1;
  for (const std::vector<FormCell>& row : form.rows) {
    lxw_col_t c = 0;
    bool space = false;
    for (const FormCell& cell : row) {
      const bool number = cell.kind == FormCell::kNumber;
      lxw_format* format = number                                                          ? formats.number
                           : cell.kind == FormCell::kLabel || cell.kind == FormCell::kHead ? formats.head
                                                                                           : formats.text;
      const auto end = static_cast<lxw_col_t>(c + cell.columns - 1);
      if (error == LXW_NO_ERROR && end > c) error = worksheet_merge_range(sheet, r, c, r, end, "", format);
      if (error == LXW_NO_ERROR) {
        error = number ? worksheet_write_number(sheet, r, c, std::strtod(cell.text.c_str(), nullptr), format)
                       : worksheet_write_string(sheet, r, c, cell.text.c_str(), format);
      }
      space = space || cell.kind == FormCell::kSpace;
      c = static_cast<lxw_col_t>(end + 1);
    }
    if (space) worksheet_set_row(sheet, r, 90, nullptr);
    ++r;
  }
  if (error == LXW_NO_ERROR && !form.note.empty())
    error = worksheet_write_string(sheet, r, 0, form.note.c_str(), nullptr);
  return error;
}

}  // namespace

bool WriteFormWorkbook(const FormDocument& document, const std::string& path, std::string* error) {
  Workbook book(path);
  if (book.get() == nullptr) {
    *error = "no memory for a workbook";
    return false;
  }
  // The day it speaks of, not the hour it was written: the same answers give the same bytes.
  lxw_doc_properties properties = {};
  std::string title = document.title;
  properties.title = title.data();
  tm day = {};
  day.tm_year = document.date / 10000 - 1900;
  day.tm_mon = document.date / 100 % 100 - 1;
  day.tm_mday = document.date % 100;
  properties.created = timegm(&day);
  workbook_set_properties(book.get(), &properties);
  const Formats formats(book.get());
  std::set<std::string> taken;
  lxw_error outcome = LXW_NO_ERROR;
  for (const FormSheet& sheet : document.sheets) {
    if (outcome == LXW_NO_ERROR) outcome = AddSheet(sheet, SheetName(sheet.name, &taken), formats, book.get());
  }
  const lxw_error closed = book.Close();
  if (outcome == LXW_NO_ERROR) outcome = closed;
  if (outcome == LXW_NO_ERROR) return true;
  *error = lxw_strerror(outcome);
  return false;
}

}  // namespace jiceng::cli
