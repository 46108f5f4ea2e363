// C++17 over the C interface: errors as values, dates, handles.  Include <jiceng/jiceng.hpp>, which tells how it is
// used.
#ifndef JICENG_BASE_HPP
#define JICENG_BASE_HPP

#include <jiceng/base.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace jiceng {

// The library's version, e.g. "0.1.0".
inline std::string_view Version() noexcept { return jiceng_version(); }

enum class Code : int32_t {
  kOk = JICENG_OK,
  kCancelled = JICENG_CANCELLED,
  kUnknown = JICENG_UNKNOWN,
  kInvalidArgument = JICENG_INVALID_ARGUMENT,
  kDeadlineExceeded = JICENG_DEADLINE_EXCEEDED,
  kNotFound = JICENG_NOT_FOUND,
  kAlreadyExists = JICENG_ALREADY_EXISTS,
  kPermissionDenied = JICENG_PERMISSION_DENIED,
  kResourceExhausted = JICENG_RESOURCE_EXHAUSTED,
  kFailedPrecondition = JICENG_FAILED_PRECONDITION,
  kAborted = JICENG_ABORTED,
  kOutOfRange = JICENG_OUT_OF_RANGE,
  kUnimplemented = JICENG_UNIMPLEMENTED,
  kInternal = JICENG_INTERNAL,
  kUnavailable = JICENG_UNAVAILABLE,
  kDataLoss = JICENG_DATA_LOSS
};

// Of texts made for people.
enum class Language : int32_t { kChinese = JICENG_LANG_ZH, kEnglish = JICENG_LANG_EN };

// Where a question takes a node or everything: everything the actor may see.  Any view without data means the same.
inline constexpr std::string_view kEverything{};

// A text the C interface reads up to its NUL: a literal or a std::string, nullptr where the function says so.
class NulText {
 public:
  constexpr NulText(const char* text) noexcept : text_(text) {}
  NulText(const std::string& text) noexcept : text_(text.c_str()) {}

  constexpr const char* c_str() const noexcept { return text_; }

 private:
  const char* text_;
};

// A civil day, or none: an open end, a date not given.  Whether there is such a day the library says when it is asked.
class Date {
 public:
  constexpr Date() noexcept = default;
  constexpr Date(int year, int month, int day) noexcept : number_(year * 10000 + month * 100 + day) {}
  // YYYYMMDD, 0 for none, as the C interface writes it.
  static constexpr Date FromNumber(int64_t number) noexcept {
    Date date;
    date.number_ = static_cast<int32_t>(number);
    return date;
  }
#if defined(__cpp_lib_chrono) && __cpp_lib_chrono >= 201907L
  constexpr Date(std::chrono::year_month_day day) noexcept
      : Date(static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
             static_cast<int>(static_cast<unsigned>(day.day()))) {}
  constexpr explicit operator std::chrono::year_month_day() const noexcept {
    return std::chrono::year(year()) / std::chrono::month(static_cast<unsigned>(month())) /
           std::chrono::day(static_cast<unsigned>(day()));
  }
#endif

  constexpr int32_t number() const noexcept { return number_; }
  constexpr bool is_none() const noexcept { return number_ == 0; }
  constexpr int year() const noexcept { return number_ / 10000; }
  constexpr int month() const noexcept { return number_ / 100 % 100; }
  constexpr int day() const noexcept { return number_ % 100; }
  // "2026-06-30"; "" for none.
  std::string ToString() const {
    if (is_none()) return "";
    std::string digits = std::to_string(number_);
    if (digits.size() < 8) digits.insert(0, 8 - digits.size(), '0');
    return digits.insert(6, "-").insert(4, "-");
  }

  friend constexpr bool operator==(Date a, Date b) noexcept { return a.number_ == b.number_; }
  friend constexpr bool operator!=(Date a, Date b) noexcept { return a.number_ != b.number_; }
  friend constexpr bool operator<(Date a, Date b) noexcept { return a.number_ < b.number_; }
  friend constexpr bool operator>(Date a, Date b) noexcept { return a.number_ > b.number_; }
  friend constexpr bool operator<=(Date a, Date b) noexcept { return a.number_ <= b.number_; }
  friend constexpr bool operator>=(Date a, Date b) noexcept { return a.number_ >= b.number_; }

 private:
  int32_t number_ = 0;
};

// A moment in UTC, to the second; std::chrono::sys_seconds of C++20.
using Time = std::chrono::time_point<std::chrono::system_clock, std::chrono::seconds>;

// What every handle is: it moves, it is not copied, it is closed at its end.  One that was moved from is empty, and
// calls on it fail with NULL_ARGUMENT.
template <typename T, void (*Close)(T*)>
class Handle {
 public:
  using Raw = T;

  explicit Handle(T* adopted) noexcept : raw_(adopted) {}

  // For functions of the C interface.
  T* get() const noexcept { return raw_.get(); }
  T* release() noexcept { return raw_.release(); }
  explicit operator bool() const noexcept { return raw_ != nullptr; }

 private:
  struct Closer {
    void operator()(T* raw) const noexcept { Close(raw); }
  };
  std::unique_ptr<T, Closer> raw_;
};

// Why a call failed.  `reason` is stable and for programs; the texts are for people.  Copies share one error; views
// live as long as the last of them.
class Error {
 public:
  explicit Error(jiceng_error* adopted) : raw_(adopted, jiceng_error_free) {}

  Code code() const noexcept { return static_cast<Code>(jiceng_error_code(get())); }
  std::string_view reason() const noexcept { return jiceng_error_reason(get()); }    // "NOT_A_STORE"
  std::string_view message() const noexcept { return jiceng_error_message(get()); }  // English
  std::string_view field() const noexcept { return jiceng_error_field(get()); }      // the input at fault, or ""
  std::string_view text(Language language) const noexcept {
    return jiceng_error_text(get(), static_cast<int32_t>(language));
  }
  const jiceng_error* get() const noexcept { return raw_.get(); }

 private:
  std::shared_ptr<const jiceng_error> raw_;
};

#if defined(__cpp_exceptions)
// What Result::value() throws.
class Failure : public std::exception {
 public:
  explicit Failure(Error error) noexcept : error_(std::move(error)) {}

  const Error& error() const noexcept { return error_; }
  const char* what() const noexcept override { return jiceng_error_message(error_.get()); }

 private:
  Error error_;
};
#endif

namespace detail {

[[noreturn]] inline void Fail([[maybe_unused]] const Error& error) {
#if defined(__cpp_exceptions)
  throw Failure(error);
#else
  std::abort();
#endif
}

}  // namespace detail

// A value, or why there is none.  value() is for those who have asked ok(), and for those who want exceptions: without
// a value it throws Failure, or aborts where exceptions are off.
template <typename T>
class [[nodiscard]] Result {
 public:
  using value_type = T;

  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return ok(); }

  T& value() & { return *Checked(*this); }
  const T& value() const& { return *Checked(*this); }
  // By value, so that `for (Row row : snapshot.Tree(day).value())` walks a table that is still there.
  T value() && { return std::move(*Checked(*this)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T operator*() && { return std::move(*this).value(); }
  T* operator->() { return Checked(*this); }
  const T* operator->() const { return Checked(*this); }

  // Of a result that is not ok().
  const Error& error() const noexcept { return *std::get_if<1>(&state_); }

 private:
  template <typename Self>
  static auto Checked(Self& self) {
    if (!self.ok()) detail::Fail(self.error());
    return std::get_if<0>(&self.state_);
  }

  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  using value_type = void;

  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  bool ok() const noexcept { return !error_.has_value(); }
  explicit operator bool() const noexcept { return ok(); }
  void value() const {
    if (!ok()) detail::Fail(*error_);
  }
  const Error& error() const noexcept { return *error_; }

 private:
  std::optional<Error> error_;
};

// Told now and then during long work, on the calling thread: a stable English word for the stage, how much is done, of
// how much (0 when that is not known).  False stops the work with Code::kCancelled; what it throws stops it too and
// comes out of the call.  It must not call back into the same handle.
using Progress = std::function<bool(std::string_view stage, int64_t done, int64_t total)>;

enum class NoticeLevel : int32_t { kInfo = JICENG_NOTICE_INFO, kWarning = JICENG_NOTICE_WARNING };

// Told what no answer tells: a cache that could not be used, an upgrade on opening.  On the thread whose call it comes
// from, one at a time; it must not call the library, and what it throws is lost.
using NoticeFunction = std::function<void(NoticeLevel level, std::string_view event, std::string_view text)>;

namespace detail {

// A progress function as C calls it, with what it threw.
class ProgressCall {
 public:
  explicit ProgressCall(Progress progress) : progress_(std::move(progress)) {}
  ProgressCall(const ProgressCall&) = delete;
  ProgressCall& operator=(const ProgressCall&) = delete;

  jiceng_progress_fn function() const noexcept { return progress_ ? &Call : nullptr; }
  void* user() noexcept { return this; }

  // After the call: throws on what the function threw.
  void Rethrow() {
#if defined(__cpp_exceptions)
    if (thrown_ != nullptr) std::rethrow_exception(std::exchange(thrown_, nullptr));
#endif
  }

 private:
  static int32_t Call(const char* stage, int64_t done, int64_t total, void* user) noexcept {
    auto* self = static_cast<ProgressCall*>(user);
#if defined(__cpp_exceptions)
    try {
      return self->progress_(stage, done, total) ? 0 : 1;
    } catch (...) {
      self->thrown_ = std::current_exception();
      return 1;
    }
#else
    return self->progress_(stage, done, total) ? 0 : 1;
#endif
  }

  Progress progress_;
  std::exception_ptr thrown_;
};

// A function for notices as C calls it.
inline void TellNotice(int32_t level, const char* event, const char* text, void* user) noexcept {
  const auto& notice = *static_cast<const NoticeFunction*>(user);
#if defined(__cpp_exceptions)
  try {
    notice(static_cast<NoticeLevel>(level), event, text);
  } catch (...) {
  }
#else
  notice(static_cast<NoticeLevel>(level), event, text);
#endif
}

// What a handle's library calls for as long as it is open: a base that comes before the handle goes after it.
struct NoticeHolder {
  std::unique_ptr<const NoticeFunction> notice;
};

// What arrives through an out_ parameter of a call that gives a T: its handle, or the number itself.
template <typename T, typename = void>
struct Out {
  using type = T;
};
template <typename T>
struct Out<T, std::void_t<typename T::Raw>> {
  using type = typename T::Raw*;
};

// The one way of calling what can fail: `call(&out, &error)` gives a T.
template <typename T, typename Call>
Result<T> Ask(Call&& call) {
  typename Out<T>::type out{};
  jiceng_error* error = nullptr;
  if (call(&out, &error) != JICENG_OK) return Error(error);
  return T(out);
}

// The same with a progress function.
template <typename T, typename Call>
Result<T> Ask(ProgressCall& progress, Call&& call) {
  Result<T> result = Ask<T>(std::forward<Call>(call));
  progress.Rethrow();
  return result;
}

// The same for a call that gives nothing: `call(&error)`.
template <typename Call>
Result<void> Do(Call&& call) {
  jiceng_error* error = nullptr;
  if (call(&error) != JICENG_OK) return Error(error);
  return {};
}

// A list of texts as an array of pointers to them.
inline std::vector<const char*> Pointers(const std::vector<std::string>& texts) {
  std::vector<const char*> pointers;
  pointers.reserve(texts.size());
  for (const std::string& text : texts) pointers.push_back(text.c_str());
  return pointers;
}

// An option that is not given is empty here and NULL there.
inline const char* OrNull(const std::string& text) noexcept { return text.empty() ? nullptr : text.c_str(); }

// A flag of an enum when it is wanted.
constexpr uint32_t Flag(bool wanted, int flag) noexcept { return wanted ? static_cast<uint32_t>(flag) : 0; }

constexpr int32_t Number(Language language) noexcept { return static_cast<int32_t>(language); }

}  // namespace detail
}  // namespace jiceng

#endif  // JICENG_BASE_HPP
