#include "cli/json_output.h"

namespace jiceng::cli {
namespace {

// nlohmann's own writer knows what is not UTF-8; it is asked only for texts that are not plain ASCII or the common
// Chinese range.
bool IsWellFormed(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    const unsigned char lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    const bool three = lead >= 0xE1 && lead <= 0xEC && i + 2 < text.size() && (text[i + 1] & 0xC0) == 0x80 &&
                       (text[i + 2] & 0xC0) == 0x80;
    if (!three) return false;
    i += 3;
  }
  return true;
}

}  // namespace

void AppendJsonText(std::string_view text, std::string* out) {
  if (!IsWellFormed(text)) {
    out->append(Json(text).dump(-1, ' ', false, Json::error_handler_t::replace));
    return;
  }
  out->push_back('"');
  for (char c : text) {
    switch (c) {
      case '"':
        out->append("\\\"");
        break;
      case '\\':
        out->append("\\\\");
        break;
      case '\n':
        out->append("\\n");
        break;
      case '\r':
        out->append("\\r");
        break;
      case '\t':
        out->append("\\t");
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          constexpr char kHex[] = "0123456789abcdef";
          out->append("\\u00");
          out->push_back(kHex[c >> 4]);
          out->push_back(kHex[c & 15]);
        } else {
          out->push_back(c);
        }
    }
  }
  out->push_back('"');
}

void AppendJsonRow(const Grid& grid, int64_t row, std::string* out) {
  out->push_back('{');
  for (int c = 0; c < static_cast<int>(grid.columns().size()); ++c) {
    if (c > 0) out->push_back(',');
    AppendJsonText(grid.columns()[c].name, out);
    out->push_back(':');
    const CellType type = grid.columns()[c].type;
    if (type == CellType::kTextList) {
      out->push_back('[');
      bool first = true;
      for (std::string_view item : grid.Items(row, c)) {
        if (!first) out->push_back(',');
        first = false;
        AppendJsonText(item, out);
      }
      out->push_back(']');
    } else if (grid.IsNull(row, c)) {
      out->append("null");
    } else if (type == CellType::kInteger || type == CellType::kBool) {
      grid.AppendPlain(row, c, out);
    } else {
      AppendJsonText(grid.Plain(row, c), out);
    }
  }
  out->push_back('}');
}

void WriteJsonObjects(const Grid& grid, bool* first, Output* out) {
  std::string object;
  for (int64_t r = 0; r < grid.rows(); ++r) {
    object.clear();
    if (!*first) object.push_back(',');
    *first = false;
    AppendJsonRow(grid, r, &object);
    out->Write(object);
  }
}

void WriteJsonRows(const Grid& grid, Output* out) {
  bool first = true;
  out->Write("[");
  WriteJsonObjects(grid, &first, out);
  out->Write("]");
}

std::string ToLine(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace jiceng::cli
