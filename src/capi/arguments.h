// Reading what a caller gives: pointers, texts, dates, options.  Everything is checked here, once; behind the door it
// is right.
#ifndef JICENG_CAPI_ARGUMENTS_H_
#define JICENG_CAPI_ARGUMENTS_H_

#include <jiceng/base.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "base/date.h"
#include "base/status.h"
#include "engine/store.h"
#include "rules/message.h"

namespace jiceng::capi {

// The longest text taken, in bytes: far above any path, id or reason, far below what a length gone wrong says.
inline constexpr size_t kMaxText = 65'536;
// The longest list taken.
inline constexpr size_t kMaxList = 1'000'000;

// INVALID_ARGUMENT NULL_ARGUMENT for a null pointer.
absl::Status Need(const void* pointer, const char* name);

// Sets a place for a result to null or 0.  NULL_ARGUMENT when there is no place.
template <typename T>
absl::Status Clear(T* out, const char* name) {
  if (out == nullptr) return Need(nullptr, name);
  *out = T();
  return absl::OkStatus();
}

// A text, borrowed.  `length` may be JICENG_NUL.  Errors: NULL_ARGUMENT (a null pointer is good with length 0 only),
// TEXT_TOO_LONG, INVALID_UTF8 with the byte offset, NUL_BYTE for a NUL inside.
absl::StatusOr<std::string_view> ReadText(const char* text, size_t length, const char* name);
// The same of a NUL-terminated one that must be given.
absl::StatusOr<std::string_view> ReadNeededText(const char* text, const char* name);
// The same; null is "".
absl::StatusOr<std::string_view> ReadOptionalText(const char* text, const char* name);
// A list of NUL-terminated texts; its field is `name[i]`.  Errors: TOO_MANY and those of ReadText.
absl::StatusOr<std::vector<std::string>> ReadTexts(const char* const* texts, size_t count, const char* name);
// Numbers, borrowed.  Errors: NULL_ARGUMENT (null is good with a count of 0 only), TOO_MANY.
absl::StatusOr<absl::Span<const int64_t>> ReadNumbers(const int64_t* numbers, size_t count, const char* name);
// Bytes, borrowed; null with length 0 is none.
absl::StatusOr<std::string_view> ReadBytes(const void* bytes, size_t length, const char* name);

// A day that must be given.  Errors: MISSING_DATE, BAD_DATE.
absl::StatusOr<base::Date> ReadDate(int32_t yyyymmdd, const char* name);
// A day, or `none` for 0.
absl::StatusOr<base::Date> ReadDateOr(int32_t yyyymmdd, base::Date none, const char* name);

// 0 is Chinese.  Errors: BAD_VALUE.
absl::StatusOr<rules::Language> ReadLanguage(int32_t lang);

// The caller's callback as the engine calls it; none for null.
engine::Progress ReadProgress(jiceng_progress_fn progress, void* user);
engine::Notices::Sink ReadNotices(jiceng_notice_fn notice, void* user);

absl::Status CheckFlags(uint32_t flags, uint32_t known);
absl::Status BadValue(std::string_view message, std::string_view name);

// The size the caller's options struct has and whether what it says beyond ours is all zero.  Errors: BAD_STRUCT_SIZE,
// UNKNOWN_OPTION.
absl::Status CheckStruct(const void* options, uint32_t struct_size, size_t known_size, size_t alignment);

// The caller's options over `defaults`.  Null gives the defaults; what an older, smaller struct lacks keeps them.
template <typename Options>
absl::StatusOr<Options> ReadOptions(const Options* options, const Options& defaults, uint32_t known_flags) {
  Options read = defaults;
  if (options == nullptr) return read;
  uint32_t size = 0;
  std::memcpy(&size, options, sizeof(size));  // the first member of them all
  RETURN_IF_ERROR(CheckStruct(options, size, sizeof(Options), alignof(Options)));
  std::memcpy(&read, options, size < sizeof(Options) ? size : sizeof(Options));
  RETURN_IF_ERROR(CheckFlags(read.flags, known_flags));
  return read;
}

}  // namespace jiceng::capi

#endif  // JICENG_CAPI_ARGUMENTS_H_
