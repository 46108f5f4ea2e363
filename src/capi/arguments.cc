#include "capi/arguments.h"

#include "base/strings.h"
#include "base/text.h"

namespace jiceng::capi {
namespace {

absl::Status Invalid(std::string_view reason, std::string_view message, std::string_view field) {
  return base::Error(absl::StatusCode::kInvalidArgument, reason, message, field);
}

// No struct of any release will be as large; a greater size is memory that was never set.
constexpr uint32_t kMaxStruct = 4096;

}  // namespace

absl::Status Need(const void* pointer, const char* name) {
  if (pointer != nullptr) return absl::OkStatus();
  return Invalid("NULL_ARGUMENT", base::StrCat(name, " is NULL"), name);
}

absl::StatusOr<std::string_view> ReadText(const char* text, size_t length, const char* name) {
  if (text == nullptr) {
    if (length == 0) return std::string_view();
    return Need(nullptr, name);
  }
  if (length == JICENG_NUL) length = strnlen(text, kMaxText + 1);
  if (length > kMaxText)
    return Invalid("TEXT_TOO_LONG", base::StrCat("a text of more than ", kMaxText, " bytes"), name);
  const std::string_view read(text, length);
  if (base::IsVisibleAscii(read)) return read;
  if (const size_t bad = base::FindInvalidUtf8(read); bad != std::string_view::npos) {
    return Invalid("INVALID_UTF8", base::StrCat("not UTF-8 at byte ", bad), name);
  }
  if (const size_t nul = read.find('\0'); nul != std::string_view::npos) {
    return Invalid("NUL_BYTE", base::StrCat("a NUL inside the text, at byte ", nul), name);
  }
  return read;
}

absl::StatusOr<std::string_view> ReadNeededText(const char* text, const char* name) {
  RETURN_IF_ERROR(Need(text, name));
  return ReadText(text, JICENG_NUL, name);
}

absl::StatusOr<std::string_view> ReadOptionalText(const char* text, const char* name) {
  return ReadText(text, text == nullptr ? 0 : JICENG_NUL, name);
}

absl::StatusOr<std::vector<std::string>> ReadTexts(const char* const* texts, size_t count, const char* name) {
  std::vector<std::string> read;
  if (count == 0) return read;
  RETURN_IF_ERROR(Need(texts, name));
  if (count > kMaxList) return Invalid("TOO_MANY", base::StrCat("a list of more than ", kMaxList), name);
  read.reserve(count);
  for (size_t i = 0; i < count; ++i) {
    ASSIGN_OR_RETURN(const std::string_view text,
                     ReadText(texts[i], JICENG_NUL, base::StrCat(name, "[", i, "]").c_str()));
    read.emplace_back(text);
  }
  return read;
}

absl::StatusOr<absl::Span<const int64_t>> ReadNumbers(const int64_t* numbers, size_t count, const char* name) {
  if (count == 0) return absl::Span<const int64_t>();
  RETURN_IF_ERROR(Need(numbers, name));
  if (count > kMaxList) return Invalid("TOO_MANY", base::StrCat("a list of more than ", kMaxList), name);
  return absl::Span<const int64_t>(numbers, count);
}

absl::StatusOr<std::string_view> ReadBytes(const void* bytes, size_t length, const char* name) {
  if (length == 0) return std::string_view();
  RETURN_IF_ERROR(Need(bytes, name));
  if (length > PTRDIFF_MAX) return Invalid("BAD_VALUE", "a length that no memory has", name);
  return std::string_view(static_cast<const char*>(bytes), length);
}

absl::StatusOr<base::Date> ReadDate(int32_t yyyymmdd, const char* name) {
  if (yyyymmdd == 0)
    return Invalid("MISSING_DATE", "a date must be given: the library does not know what day it is", name);
  return ReadDateOr(yyyymmdd, base::Date(), name);
}

absl::StatusOr<base::Date> ReadDateOr(int32_t yyyymmdd, base::Date none, const char* name) {
  absl::StatusOr<base::Date> date = base::Date::FromNumber(yyyymmdd, none);
  if (date.ok()) return date;
  return Invalid("BAD_DATE", base::StrCat("no such day: ", yyyymmdd, "; expected YYYYMMDD"), name);
}

absl::StatusOr<rules::Language> ReadLanguage(int32_t lang) {
  switch (lang) {
    case 0:
    case JICENG_LANG_ZH:
      return rules::Language::kChinese;
    case JICENG_LANG_EN:
      return rules::Language::kEnglish;
    default:
      return BadValue(base::StrCat("no language has the number ", lang), "lang");
  }
}

engine::Progress ReadProgress(jiceng_progress_fn progress, void* user) {
  if (progress == nullptr) return nullptr;
  return [progress, user](const char* stage, int64_t done, int64_t total) {
    return progress(stage, done, total, user) == 0;
  };
}

engine::Notices::Sink ReadNotices(jiceng_notice_fn notice, void* user) {
  if (notice == nullptr) return nullptr;
  return [notice, user](engine::NoticeLevel level, const char* event, const char* text) {
    notice(static_cast<int32_t>(level), event, text, user);
  };
}

absl::Status CheckFlags(uint32_t flags, uint32_t known) {
  if ((flags & ~known) == 0) return absl::OkStatus();
  return Invalid("UNKNOWN_OPTION", base::StrCat("flags that this version does not know: ", flags & ~known), "flags");
}

absl::Status BadValue(std::string_view message, std::string_view name) { return Invalid("BAD_VALUE", message, name); }

absl::Status CheckStruct(const void* options, uint32_t struct_size, size_t known_size, size_t alignment) {
  // An older release's struct ends on the alignment too, so a size off it would cut a member in half.
  if (struct_size < 2 * sizeof(uint32_t) || struct_size > kMaxStruct || struct_size % alignment != 0) {
    return Invalid("BAD_STRUCT_SIZE",
                   base::StrCat("struct_size is ", struct_size, "; set it with the INIT macro of the struct"),
                   "struct_size");
  }
  const auto* bytes = static_cast<const unsigned char*>(options);
  for (size_t i = known_size; i < struct_size; ++i) {
    if (bytes[i] != 0) {
      return Invalid("UNKNOWN_OPTION",
                     base::StrCat("an option of a newer version is set, at byte ", i, " of the struct"), "struct_size");
    }
  }
  return absl::OkStatus();
}

}  // namespace jiceng::capi
