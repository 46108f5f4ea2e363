#include "base/text.h"

#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "base/status.h"
#include "base/width_table.h"

namespace jiceng::base {
namespace {

constexpr size_t kMaxHostId = 64;
constexpr size_t kMaxName = 200;
constexpr char32_t kReplacement = 0xFFFD;

struct Decoded {
  char32_t point;
  size_t size;  // 0: not well-formed
};

// Reads the character at the beginning of `text`, which is not empty; the table of RFC 3629, section 4.
Decoded Decode(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const size_t size = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
  if (size == 0 || text.size() < size) return {kReplacement, 0};
  // The second byte carries the bounds: overlong forms (E0, F0), surrogates (ED) and what lies beyond U+10FFFF (F4).
  const unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (byte(1) < low || byte(1) > high) return {kReplacement, 0};
  char32_t point = lead & (0xFF >> (size + 1));
  for (size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {kReplacement, 0};
    point = (point << 6) | (byte(i) & 0x3F);
  }
  return {point, size};
}

// Calls visit(point, bytes) for each character; a byte that is not well-formed is visited alone, as U+FFFD.
template <typename Visit>
void ForEach(std::string_view text, Visit visit) {
  while (!text.empty()) {
    const Decoded decoded = Decode(text);
    const size_t size = decoded.size == 0 ? 1 : decoded.size;
    visit(decoded.point, text.substr(0, size));
    text.remove_prefix(size);
  }
}

void AppendUtf8(char32_t point, std::string* out) {
  if (point < 0x80) {
    out->push_back(static_cast<char>(point));
  } else if (point < 0x800) {
    out->push_back(static_cast<char>(0xC0 | (point >> 6)));
    out->push_back(static_cast<char>(0x80 | (point & 0x3F)));
  } else if (point < 0x10000) {
    out->push_back(static_cast<char>(0xE0 | (point >> 12)));
    out->push_back(static_cast<char>(0x80 | ((point >> 6) & 0x3F)));
    out->push_back(static_cast<char>(0x80 | (point & 0x3F)));
  } else {
    out->push_back(static_cast<char>(0xF0 | (point >> 18)));
    out->push_back(static_cast<char>(0x80 | ((point >> 12) & 0x3F)));
    out->push_back(static_cast<char>(0x80 | ((point >> 6) & 0x3F)));
    out->push_back(static_cast<char>(0x80 | (point & 0x3F)));
  }
}

// General category Cc, and the two separators that end a line as a control character does.
bool IsControl(char32_t c) { return c < 0x20 || (0x7F <= c && c <= 0x9F) || c == 0x2028 || c == 0x2029; }

// The White_Space property, controls among it included.
bool IsSpace(char32_t c) {
  return c == ' ' || (0x09 <= c && c <= 0x0D) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (0x2000 <= c && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool IsHan(char32_t c) {
  return (0x4E00 <= c && c <= 0x9FFF) || (0x3400 <= c && c <= 0x4DBF) || (0xF900 <= c && c <= 0xFAFF) ||
         (0x20000 <= c && c <= 0x323AF) || c == 0x3005 || c == 0x3007;
}

// What keyboards and old code pages put where U+00B7 belongs.
bool LooksLikeMiddleDot(char32_t c) {
  constexpr char32_t kLookAlikes[] = {
      0x002E,  // FULL STOP
      0x0387,  // GREEK ANO TELEIA
      0x16EB,  // RUNIC SINGLE PUNCTUATION
      0x2022,  // BULLET
      0x2024,  // ONE DOT LEADER
      0x2027,  // HYPHENATION POINT
      0x2219,  // BULLET OPERATOR
      0x22C5,  // DOT OPERATOR
      0x25CF,  // BLACK CIRCLE
      0x2E31,  // WORD SEPARATOR MIDDLE DOT
      0x2E33,  // RAISED DOT
      0x30FB,  // KATAKANA MIDDLE DOT
      0x318D,  // HANGUL LETTER ARAEA
      0xFE52,  // SMALL FULL STOP
      0xFF0E,  // FULLWIDTH FULL STOP
      0xFF65,  // HALFWIDTH KATAKANA MIDDLE DOT
  };
  return std::find(std::begin(kLookAlikes), std::end(kLookAlikes), c) != std::end(kLookAlikes);
}

std::string PointName(char32_t c) {
  char name[16];
  std::snprintf(name, sizeof(name), "U+%04X", static_cast<unsigned>(c));
  return name;
}

absl::Status Invalid(std::string_view reason, absl::string_view message) {
  return Error(absl::StatusCode::kInvalidArgument, reason, std::string_view(message.data(), message.size()));
}

// What an id and a name have in common.
absl::Status CheckLine(std::string_view text, size_t max_size, std::string_view reason) {
  if (text.empty()) return Invalid(reason, "empty text");
  if (text.size() > max_size) return Invalid(reason, absl::StrCat("longer than ", max_size, " bytes"));
  const size_t bad = FindInvalidUtf8(text);
  if (bad != std::string_view::npos) return Invalid(reason, absl::StrCat("not UTF-8 at byte ", bad));
  const std::vector<char32_t> points = CodePoints(text);
  const auto control = std::find_if(points.begin(), points.end(), IsControl);
  if (control != points.end()) return Invalid(reason, absl::StrCat("control character ", PointName(*control)));
  return absl::OkStatus();
}

template <size_t N>
bool InTable(const CodePointRange (&table)[N], char32_t c) {
  const auto* after = std::upper_bound(std::begin(table), std::end(table), c,
                                       [](char32_t x, const CodePointRange& r) { return x < r.first; });
  return after != std::begin(table) && c <= (after - 1)->last;
}

// One open conversion, closed when it goes out of scope.
class Converter {
 public:
  Converter() : handle_(iconv_open("UTF-8", "GB18030")) {}
  ~Converter() {
    if (IsOpen()) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  // POSIX defines the failed handle as this cast.  NOLINTNEXTLINE(performance-no-int-to-ptr)
  bool IsOpen() const { return handle_ != reinterpret_cast<iconv_t>(-1); }
  iconv_t handle() const { return handle_; }

 private:
  iconv_t handle_;
};

}  // namespace

size_t FindInvalidUtf8(std::string_view text) {
  const size_t size = text.size();
  size_t i = 0;
  while (i < size) {
    // Most ledgers are ASCII in long runs: eight bytes at a step.
    while (size - i >= 8) {
      uint64_t word;
      std::memcpy(&word, text.data() + i, sizeof(word));
      if ((word & 0x8080808080808080u) != 0) break;
      i += 8;
    }
    if (i == size) break;
    const size_t step = Decode(text.substr(i)).size;
    if (step == 0) return i;
    i += step;
  }
  return std::string_view::npos;
}

bool IsVisibleAscii(std::string_view text) {
  constexpr uint64_t kOnes = 0x0101010101010101u, kHigh = 0x80 * kOnes;
  // Of eight bytes at once: below 0x80; not below '!' (the sum reaches 0x80); not DEL (one more does not).
  const auto visible = [](uint64_t word) {
    return (word & kHigh) == 0 && ((word + (0x80 - '!') * kOnes) & ~(word + kOnes) & kHigh) == kHigh;
  };
  const auto load = [&](size_t at) {
    uint64_t word;
    std::memcpy(&word, text.data() + at, sizeof(word));
    return word;
  };
  if (text.size() < sizeof(uint64_t)) {
    return std::all_of(text.begin(), text.end(), [](char c) { return '!' <= c && c <= '~'; });
  }
  const size_t last = text.size() - sizeof(uint64_t);  // which may look at some again
  for (size_t at = 0; at < last; at += sizeof(uint64_t)) {
    if (!visible(load(at))) return false;
  }
  return visible(load(last));
}

absl::Status CheckUtf8(std::string_view text) {
  const size_t bad = FindInvalidUtf8(text);
  if (bad == std::string_view::npos) return absl::OkStatus();
  return Invalid("INVALID_UTF8", absl::StrCat("not UTF-8 at byte ", bad));
}

absl::StatusOr<std::string> Gb18030ToUtf8(std::string_view text) {
  const Converter converter;
  if (!converter.IsOpen()) {
    return Error(absl::StatusCode::kUnimplemented, "GB18030_UNAVAILABLE", "the C library has no converter for GB18030");
  }
  // Two bytes become at most three and four at most four, so one pass nearly always does; the loop does not rely on it.
  std::string out(text.size() + text.size() / 2 + 16, '\0');
  char* in = const_cast<char*>(text.data());  // POSIX leaves the const out; the text is only read
  size_t in_left = text.size();
  size_t written = 0;
  while (true) {
    char* to = out.data() + written;
    size_t room = out.size() - written;
    const size_t result = iconv(converter.handle(), &in, &in_left, &to, &room);
    const int why = errno;
    written = out.size() - room;
    if (result != static_cast<size_t>(-1)) break;
    if (why == E2BIG) {
      out.resize(out.size() * 2);
      continue;
    }
    return Invalid("INVALID_GB18030", absl::StrCat(why == EINVAL ? "GB18030 cut short" : "not GB18030", " at byte ",
                                                   text.size() - in_left));
  }
  out.resize(written);
  return out;
}

absl::Status CheckHostId(std::string_view id) {
  if (!id.empty() && id.size() <= kMaxHostId && IsVisibleAscii(id)) return absl::OkStatus();
  RETURN_IF_ERROR(CheckLine(id, kMaxHostId, "BAD_ID"));
  const std::vector<char32_t> points = CodePoints(id);
  if (IsSpace(points.front()) || IsSpace(points.back())) return Invalid("BAD_ID", "space at an end");
  return absl::OkStatus();
}

absl::Status CheckPersonName(std::string_view name) {
  RETURN_IF_ERROR(CheckLine(name, kMaxName, "BAD_NAME"));
  const std::vector<char32_t> points = CodePoints(name);
  if (std::all_of(points.begin(), points.end(), IsSpace)) return Invalid("BAD_NAME", "nothing but spaces");
  for (size_t i = 1; i + 1 < points.size(); ++i) {
    if (LooksLikeMiddleDot(points[i]) && IsHan(points[i - 1]) && IsHan(points[i + 1])) {
      return Invalid("BAD_NAME", absl::StrCat(PointName(points[i]), " where the separator of names is U+00B7"));
    }
  }
  return absl::OkStatus();
}

std::string NormalizeWidth(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  size_t end = 0;  // of the last character that is not white space
  ForEach(text, [&](char32_t point, std::string_view bytes) {
    const bool space = IsSpace(point);
    if (space && end == 0) {
      out.clear();
      return;
    }
    if (0xFF01 <= point && point <= 0xFF5E) {
      AppendUtf8(point - 0xFEE0, &out);
    } else if (point == 0x3000) {
      out.push_back(' ');
    } else {
      out.append(bytes);
    }
    if (!space) end = out.size();
  });
  out.resize(end);
  return out;
}

int DisplayWidth(std::string_view text) {
  int width = 0;
  ForEach(text, [&](char32_t point, std::string_view) {
    if (point < 0x300) {
      width += point < 0x20 || (0x7F <= point && point <= 0x9F) || point == 0xAD ? 0 : 1;
    } else if (InTable(kWide, point)) {
      width += 2;
    } else if (!InTable(kZeroWidth, point)) {
      width += 1;
    }
  });
  return width;
}

std::vector<char32_t> CodePoints(std::string_view text) {
  std::vector<char32_t> points;
  points.reserve(text.size());
  ForEach(text, [&](char32_t point, std::string_view) { points.push_back(point); });
  return points;
}

}  // namespace jiceng::base
