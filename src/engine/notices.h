// What a host is told of that no answer speaks of: a cache that could not be used or written, work done on opening.
#ifndef JICENG_ENGINE_NOTICES_H_
#define JICENG_ENGINE_NOTICES_H_

#include <functional>
#include <mutex>
#include <new>
#include <string>
#include <utility>

namespace jiceng::engine {

enum class NoticeLevel { kInfo = 1, kWarning = 2 };

// Where a store's notices go.  Internally locked: those of several threads come one after the other.
class Notices {
 public:
  // `event` is a stable word for programs, `text` is English for people; neither names a person.
  using Sink = std::function<void(NoticeLevel level, const char* event, const char* text)>;

  void Begin(Sink sink) {
    std::lock_guard<std::mutex> lock(mutex_);
    sink_ = std::move(sink);
  }
  // Nothing more is told once it returns.
  void End() { Begin(nullptr); }

  // `text` is a std::string() that is only called when somebody listens.  One there is no memory for is left out: it
  // tells of work that has been done.
  template <typename Text>
  void Tell(NoticeLevel level, const char* event, Text text) noexcept {
    std::lock_guard<std::mutex> lock(mutex_);
    if (!sink_) return;
    try {
      const std::string words = text();
      sink_(level, event, words.c_str());
    } catch (const std::bad_alloc&) {
    }
  }

 private:
  std::mutex mutex_;
  Sink sink_;
};

}  // namespace jiceng::engine

#endif  // JICENG_ENGINE_NOTICES_H_
