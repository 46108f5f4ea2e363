#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "base/status.h"
#include "base/strings.h"
#include "store/memory/memory_store.h"
#include "store/sqlite/sqlite_store.h"
#include "store/store.h"

namespace jiceng::store {
namespace {

absl::Status BadUrl(std::string_view what) {
  return base::Error(absl::StatusCode::kInvalidArgument, "BAD_URL",
                     base::StrCat(what, ": a store is `sqlite:PATH`, a bare path, or `memory:`"), "url");
}

// The scheme of `name:rest` where the name looks like one (RFC 3986 3.1) and has two letters at least; "" for a path.
// "./a:b" is a path.
absl::string_view Scheme(absl::string_view url) {
  const size_t colon = url.find(':');
  if (colon == absl::string_view::npos || colon < 2) return "";
  for (const char c : url.substr(0, colon)) {
    const bool fits =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '-';
    if (!fits) return "";
  }
  return url.substr(0, colon);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> Open(std::string_view given, const OpenOptions& options) {
  const absl::string_view url(given.data(), given.size());
  if (url.empty()) return BadUrl("the url is empty");
  if (url.find('\0') != absl::string_view::npos) return BadUrl("the url has a NUL byte");
  if (options.create && options.read_only) {
    return base::Error(absl::StatusCode::kInvalidArgument, "BAD_URL", "a new store cannot be read-only", "read_only");
  }
  if (url == "memory:") {
    std::unique_ptr<Store> store = std::make_unique<MemoryStore>(options);
    return store;
  }
  const absl::string_view scheme = Scheme(url);
  if (!scheme.empty() && scheme != "sqlite") return BadUrl(base::StrCat("there is no kind of store `", scheme, ":`"));
  const absl::string_view path = scheme.empty() ? url : absl::StripPrefix(url, "sqlite:");
  if (path.empty()) return BadUrl("the path is empty");
  return SqliteStore::Open(std::string(path), options);
}

}  // namespace jiceng::store
