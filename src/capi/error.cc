#include "capi/error.h"

#include <cstring>
#include <new>
#include <string>

#include "base/status.h"
#include "base/strings.h"
#include "base/text.h"
#include "capi/error_texts.h"

namespace jiceng::capi {
namespace {

// What holds the error of memory that has run out: in static storage, without a destructor that anyone runs.
alignas(jiceng_error) unsigned char out_of_memory_place[sizeof(jiceng_error)];

// Copies a text to `*at` and moves `*at` behind its NUL.  A message is one line of UTF-8, whatever a file name or a
// cell holds.
const char* Put(std::string_view text, char** at) {
  char* const start = *at;
  for (const char c : text) *(*at)++ = static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  *(*at)++ = '\0';
  return start;
}

// Bytes that are no UTF-8 become question marks: a path of the system may be any bytes, what is handed out may not.
void MakeUtf8(std::string* text) {
  for (size_t bad = base::FindInvalidUtf8(*text); bad != std::string_view::npos; bad = base::FindInvalidUtf8(*text))
    (*text)[bad] = '?';
}

}  // namespace

jiceng_error* OutOfMemory() noexcept {
  // Made on first use; a function's static is initialised once, whatever threads come.
  static jiceng_error* const error = [] {
    auto* made = new (out_of_memory_place) jiceng_error;
    made->code = JICENG_RESOURCE_EXHAUSTED;
    made->reason = "OUT_OF_MEMORY";
    made->message = "out of memory";
    made->text_zh = "内存不足";
    return made;
  }();
  return error;
}

jiceng_error* NewError(const absl::Status& status) noexcept {
  try {
    std::string reason = base::ErrorReason(status), field = base::ErrorField(status);
    std::string message(status.message().data(), status.message().size());
    if (message.empty()) message = reason;
    MakeUtf8(&message);
    MakeUtf8(&field);
    const std::string chinese = ChineseText(reason, message);
    auto error = std::make_unique<jiceng_error>();
    error->texts.reset(new char[reason.size() + message.size() + field.size() + chinese.size() + 4]);
    char* at = error->texts.get();
    error->code = static_cast<jiceng_status>(status.code());
    error->reason = Put(reason, &at);
    error->message = Put(message, &at);
    error->field = Put(field, &at);
    error->text_zh = Put(chinese, &at);
    return error.release();
  } catch (...) {
    return OutOfMemory();
  }
}

}  // namespace jiceng::capi

jiceng_status jiceng_error_code(const jiceng_error* error) { return error == nullptr ? JICENG_OK : error->code; }
const char* jiceng_error_reason(const jiceng_error* error) { return error == nullptr ? "" : error->reason; }
const char* jiceng_error_message(const jiceng_error* error) { return error == nullptr ? "" : error->message; }
const char* jiceng_error_field(const jiceng_error* error) { return error == nullptr ? "" : error->field; }

const char* jiceng_error_text(const jiceng_error* error, int32_t lang) {
  if (error == nullptr) return "";
  return lang == JICENG_LANG_ZH ? error->text_zh : error->message;
}

void jiceng_error_free(jiceng_error* error) {
  if (error != jiceng::capi::OutOfMemory()) delete error;
}
