// A form as offices print it: one table a sheet.  Made once, written as a page or as a workbook.
#ifndef JICENG_CLI_FORMS_FORM_H_
#define JICENG_CLI_FORMS_FORM_H_

#include <cstdint>
#include <string>
#include <vector>

namespace jiceng::cli {

struct FormCell {
  enum Kind : uint8_t {
    kText,
    kLabel,   // says what stands beside it
    kHead,    // of a column
    kNumber,  // a whole number
    kSpace,   // room for a hand: signature, seal, opinion
  };
  std::string text;
  Kind kind = kText;
  int columns = 1;  // that it spans
};

// The cells of a row span as many columns as there are widths.
struct FormSheet {
  std::string name;         // short: of a tab, and where the page is jumped to
  std::string title, note;  // above and below the table
  std::vector<int> widths;  // in characters
  std::vector<std::vector<FormCell>> rows;
  bool landscape = false;
};

struct FormDocument {
  std::string title;
  const char* language = "zh";  // a tag of BCP 47
  int32_t date = 0;             // YYYYMMDD, what it says of itself
  std::vector<FormSheet> sheets;
};

// One page that needs nothing beside it; each sheet begins on a page of A4 of its own.
std::string FormPage(const FormDocument& document);
// A workbook, a sheet each.  What a cell says is text or a number, never a formula.  False with the reason.
bool WriteFormWorkbook(const FormDocument& document, const std::string& path, std::string* error);

}  // namespace jiceng::cli

#endif  // JICENG_CLI_FORMS_FORM_H_
