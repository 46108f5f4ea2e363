#include "cli/report/text_pool.h"

#include <algorithm>
#include <utility>

namespace jiceng::cli {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsSign(char c) { return c >= '\x01' && c <= '\x03'; }
bool StartsWith(std::string_view text, std::string_view start) {
  return !start.empty() && text.substr(0, start.size()) == start;
}

}  // namespace

TextPool::Entry TextPool::Add(std::string_view text, std::string_view name, std::string_view node) {
  Entry entry;
  std::string pattern;
  pattern.reserve(text.size());
  while (!text.empty()) {
    size_t taken = 1;
    if (StartsWith(text, node)) {
      pattern.push_back('\x03');
      taken = node.size();
    } else if (StartsWith(text, name)) {
      pattern.push_back('\x02');
      taken = name.size();
    } else if (IsDigit(text.front())) {
      while (taken < text.size() && IsDigit(text[taken])) ++taken;
      pattern.push_back('\x01');
      if (!entry.digits.empty()) entry.digits.push_back(' ');
      entry.digits.append(text.substr(0, taken));
    } else {
      const char c = text.front();
      pattern.push_back(IsSign(c) ? ' ' : c);
    }
    text.remove_prefix(taken);
  }
  entry.pattern = Row(std::move(pattern));
  return entry;
}

int32_t TextPool::Whole(std::string_view text) {
  std::string pattern(text);
  std::replace_if(pattern.begin(), pattern.end(), IsSign, ' ');
  return Row(std::move(pattern));
}

int32_t TextPool::Row(std::string pattern) {
  const auto [at, is_new] = known_.try_emplace(pattern, static_cast<int32_t>(patterns_.size()));
  if (is_new) patterns_.push_back(std::move(pattern));
  return at->second;
}

}  // namespace jiceng::cli
