#include "cli/width.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace jiceng::cli {
namespace {

struct Range {
  char32_t first, last;  // inclusive
};

// UAX #11 W and F by block; gaps of a few unassigned or rare characters are bridged.
constexpr Range kWide[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},   {0x25FD, 0x25FE},
    {0x2614, 0x2615},   {0x2648, 0x2653},   {0x26AA, 0x26AB},   {0x2705, 0x2705},   {0x270A, 0x270B},
    {0x274C, 0x274C},   {0x274E, 0x274E},   {0x2753, 0x2755},   {0x2795, 0x2797},   {0x2B1B, 0x2B1C},
    {0x2E80, 0x3029},   {0x302E, 0x303E},   {0x3041, 0x3098},   {0x309B, 0x4DBF},   {0x4E00, 0xA4CF},
    {0xA960, 0xA97C},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE10, 0xFE19},   {0xFE30, 0xFE6F},
    {0xFF01, 0xFF60},   {0xFFE0, 0xFFE6},   {0x16FE0, 0x18DFF}, {0x1AFF0, 0x1B2FF}, {0x1F300, 0x1F64F},
    {0x1F680, 0x1F6FF}, {0x1F900, 0x1FAFF}, {0x20000, 0x3FFFD},
};

constexpr Range kZero[] = {
    {0x0000, 0x001F}, {0x007F, 0x009F}, {0x00AD, 0x00AD}, {0x0300, 0x036F}, {0x1160, 0x11FF},
    {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x2064}, {0x20D0, 0x20F0}, {0x302A, 0x302D},
    {0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xE0000, 0xE01EF},
};

template <size_t kSize>
bool Contains(const Range (&ranges)[kSize], char32_t point) {
  const Range* after = std::upper_bound(std::begin(ranges), std::end(ranges), point,
                                        [](char32_t p, const Range& range) { return p < range.first; });
  return after != std::begin(ranges) && point <= (after - 1)->last;
}

// Takes one character off the front of `text` and returns its width; `*bytes` is its length.
int NextWidth(std::string_view text, size_t* bytes) {
  const unsigned char lead = static_cast<unsigned char>(text[0]);
  *bytes = 1;
  if (lead < 0x80) return lead < 0x20 || lead == 0x7F ? 0 : 1;
  const size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (length == 0 || length > text.size()) return 1;
  char32_t point = lead & (0xFF >> (length + 1));
  for (size_t i = 1; i < length; ++i) {
    const unsigned char c = static_cast<unsigned char>(text[i]);
    if ((c & 0xC0) != 0x80) return 1;
    point = point << 6 | (c & 0x3F);
  }
  *bytes = length;
  if (Contains(kZero, point)) return 0;
  return Contains(kWide, point) ? 2 : 1;
}

}  // namespace

int DisplayWidth(std::string_view text) {
  int width = 0;
  while (!text.empty()) {
    size_t bytes = 0;
    width += NextWidth(text, &bytes);
    text.remove_prefix(bytes);
  }
  return width;
}

std::string CutToWidth(std::string_view text, int width) {
  if (DisplayWidth(text) <= width) return std::string(text);
  if (width < 1) return "";
  int used = 0;
  size_t end = 0;
  while (end < text.size()) {
    size_t bytes = 0;
    const int next = NextWidth(text.substr(end), &bytes);
    if (used + next > width - 1) break;  // one column is the ellipsis's
    used += next;
    end += bytes;
  }
  return std::string(text.substr(0, end)) + "…";
}

}  // namespace jiceng::cli
