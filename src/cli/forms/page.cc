// Forms as a page.
#include "cli/forms/form.h"
#include "cli/html.h"

namespace jiceng::cli {
namespace {

constexpr char kStyle[] =
    "@page{size:A4;margin:15mm}@page wide{size:A4 landscape;margin:12mm}"
    "body{font:12pt/1.5 \"Noto Serif CJK SC\",SimSun,serif;color:#000;background:#fff;margin:1em auto;max-width:60em}"
    "section{break-after:page}section:last-child{break-after:auto}section.wide{page:wide}"
    "h1{font-size:16pt;text-align:center;margin:.5em 0}p{margin:.5em 0;font-size:10pt}"
    "table{border-collapse:collapse;width:100%;table-layout:fixed}tr{break-inside:avoid}"
    "th,td{border:1px solid #000;padding:.25em .4em;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
    "th{font-weight:bold;text-align:center}td.n{text-align:right}td.s{height:6em;white-space:pre-line}"
    ".wide table{font-size:9pt}";

std::string Escaped(const std::string& text) {
  std::string escaped;
  AppendEscaped(text, &escaped);
  return escaped;
}

void AddCell(const FormCell& cell, std::string* page) {
  const bool head = cell.kind == FormCell::kLabel || cell.kind == FormCell::kHead;
  *page += head ? "<th" : "<td";
  if (cell.kind == FormCell::kHead) *page += " scope=\"col\"";
  if (cell.kind == FormCell::kLabel) *page += " scope=\"row\"";
  if (cell.kind == FormCell::kNumber) *page += " class=\"n\"";
  if (cell.kind == FormCell::kSpace) *page += " class=\"s\"";
  if (cell.columns > 1) *page += " colspan=\"" + std::to_string(cell.columns) + "\"";
  *page += ">" + Escaped(cell.text) + (head ? "</th>" : "</td>");
}

}  // namespace

std::string FormPage(const FormDocument& document) {
  std::string page = "<!DOCTYPE html>\n<html lang=\"" + std::string(document.language) +
                     "\">\n<head>\n<meta charset=\"utf-8\">\n"
                     "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
                     "'unsafe-inline'\">\n<title>" +
                     Escaped(document.title) + "</title>\n<style>" + kStyle + "</style>\n</head>\n<body>\n";
  for (const FormSheet& sheet : document.sheets) {
    page += sheet.landscape ? "<section class=\"wide\">\n" : "<section>\n";
    page += "<h1>" + Escaped(sheet.title) + "</h1>\n<table>\n<colgroup>";
    int whole = 0;
    for (const int width : sheet.widths) whole += width;
    for (const int width : sheet.widths) page += "<col style=\"width:" + std::to_string(width * 100 / whole) + "%\">";
    page += "</colgroup>\n";
    for (const std::vector<FormCell>& row : sheet.rows) {
      page += "<tr>";
      for (const FormCell& cell : row) AddCell(cell, &page);
      page += "</tr>\n";
    }
    page += "</table>\n";
    if (!sheet.note.empty()) page += "<p>" + Escaped(sheet.note) + "</p>\n";
    page += "</section>\n";
  }
  return page + "</body>\n</html>\n";
}

}  // namespace jiceng::cli
