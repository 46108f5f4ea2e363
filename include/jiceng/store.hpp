// Stores: opening, writing, keeping.
#ifndef JICENG_STORE_HPP
#define JICENG_STORE_HPP

#include <jiceng/store.h>

#include <chrono>
#include <jiceng/table.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jiceng {

class Findings;  // audit.hpp
class Snapshot;  // snapshot.hpp

struct OpenOptions {
  bool create = false;  // make a new store; it must not exist
  bool read_only = false;
  bool mmap = true;  // false reads the base file instead of mapping it: for disks that are not trusted
  std::chrono::milliseconds busy_timeout{0};  // how long to wait for another process's lock; 0: 5 seconds
  uint64_t seed = 0;                          // not 0: reproducible uuid, key and salts, for tests only
  std::string_view catalogue{};               // a binary jiceng.v1.Catalogue instead of the compiled-in one
  Progress progress{};                        // of building the base when there is none
  NoticeFunction notice{};                    // told of what no answer tells, until the store is closed
};

// Someone on whose behalf one reads, limited to what lies at or below one node.  Immutable, share freely.
class Actor : public Handle<jiceng_actor, jiceng_actor_free> {
 public:
  using Handle::Handle;

  static Result<Actor> Create(std::string_view name, std::string_view scope_node) {
    return detail::Ask<Actor>([&](jiceng_actor** out, jiceng_error** error) {
      return jiceng_actor_create(name.data(), name.size(), scope_node.data(), scope_node.size(), out, error);
    });
  }
};

struct WriterOptions {
  Time recorded_at{};  // must be given: the library has no clock
  std::string author{}, reason{}, basis{};
  int64_t expected_seq = -1;  // the head one has seen, or any; Code::kAborted when it is another
  const Actor* actor = nullptr;
  bool keep = true;  // else every call does all but keep, and Tried() is the organisation as it would be
  Progress progress{};
};

struct ImportOptions {
  bool dry_run = false;    // all checks, nothing kept
  bool keep_good = false;  // leave out bad rows instead of keeping nothing
  Date date{};             // changed facts and structure hold from this day; none: they correct what was believed
  Language language = Language::kChinese;  // of messages
  std::string snapshot_of{};  // a node: the ledgers list all that holds on `date` within it, and ties not listed end
  int64_t max_closures = -1;  // more ends than this are refused; -1: no limit
  std::string under{};        // registers: names are looked for at or below this node
};

enum class ImportOutcome : int32_t {
  kDone = JICENG_IMPORT_DONE,          // kept, or nothing to change
  kChecked = JICENG_IMPORT_CHECKED,    // a dry run that would have been kept
  kRejected = JICENG_IMPORT_REJECTED,  // bad rows; nothing kept
  kRefused = JICENG_IMPORT_REFUSED     // more closures than allowed, or a blocking rule; nothing kept
};

// What an import did.  Bad rows are no error: problems() says what and where.  Immutable, share freely; owns its
// tables.
class ImportReport : public Handle<jiceng_import_report, jiceng_import_report_free> {
 public:
  using Handle::Handle;

  ImportOutcome outcome() const noexcept { return static_cast<ImportOutcome>(jiceng_import_report_outcome(get())); }
  int64_t seq() const noexcept { return jiceng_import_report_seq(get()); }  // the head after it
  int64_t rejected() const noexcept { return jiceng_import_report_rejected(get()); }
  TableView rows() const noexcept { return TableView(jiceng_import_report_rows(get())); }
  TableView warnings() const noexcept { return TableView(jiceng_import_report_warnings(get())); }
  TableView problems() const noexcept { return TableView(jiceng_import_report_problems(get())); }
  TableView warning_rows() const noexcept { return TableView(jiceng_import_report_warning_rows(get())); }
  TableView closures() const noexcept { return TableView(jiceng_import_report_closures(get())); }
};

// When and by whom a step of a matter is taken, and what is told with it.
struct StepOptions {
  std::string at{};                   // "2026-03-01 09:30", or a day: its beginning
  std::string actor{};                // a node; "": nobody named
  std::vector<std::string> fields{};  // "present=20"
};

// Changes, each call one commit or none.  One thread at a time; keeps its store alive.
class Writer : public Handle<jiceng_writer, jiceng_writer_close> {
 public:
  using Handle::Handle;
  Writer(jiceng_writer* adopted, std::unique_ptr<detail::ProgressCall> progress)
      : Handle(adopted), progress_(std::move(progress)) {}

  // Reads ledgers and registers from files and folders and keeps what they say.
  Result<ImportReport> Import(const std::vector<std::string>& paths, const ImportOptions& options = {}) {
    const jiceng_import_options given = Given(options);
    const std::vector<const char*> list = detail::Pointers(paths);
    return Tell(detail::Ask<ImportReport>([&](jiceng_import_report** out, jiceng_error** error) {
      return jiceng_writer_import(get(), list.data(), list.size(), &given, out, error);
    }));
  }

  // The same of ledgers in memory, by the names of their files.
  Result<ImportReport> ImportBytes(const std::vector<std::pair<std::string, std::string_view>>& ledgers,
                                   const ImportOptions& options = {}) {
    const jiceng_import_options given = Given(options);
    std::vector<const char*> names;
    std::vector<const void*> bytes;
    std::vector<size_t> lengths;
    for (const auto& [name, content] : ledgers) {
      names.push_back(name.c_str());
      bytes.push_back(content.data());
      lengths.push_back(content.size());
    }
    return Tell(detail::Ask<ImportReport>([&](jiceng_import_report** out, jiceng_error** error) {
      return jiceng_writer_import_bytes(get(), names.data(), bytes.data(), lengths.data(), names.size(), &given, out,
                                        error);
    }));
  }

  // Applies length-delimited jiceng.v1.Change messages, all or nothing; the head after it, or 0 when it is refused.
  Result<int64_t> Apply(std::string_view changes) {
    return Tell(detail::Ask<int64_t>([&](int64_t* out, jiceng_error** error) {
      return jiceng_writer_apply(get(), changes.data(), changes.size(), out, error);
    }));
  }

  // Takes back what a commit changed, as a commit of its own; the head after it.
  Result<int64_t> Revert(int64_t seq) {
    return Tell(detail::Ask<int64_t>(
        [&](int64_t* out, jiceng_error** error) { return jiceng_writer_revert(get(), seq, out, error); }));
  }

  // Erases people, "person:ID", from the store and its files; with none only cleans the files.  The head after it.
  Result<int64_t> Erase(const std::vector<std::string>& people) {
    const std::vector<const char*> list = detail::Pointers(people);
    return Tell(detail::Ask<int64_t>([&](int64_t* out, jiceng_error** error) {
      return jiceng_writer_erase(get(), list.data(), list.size(), out, error);
    }));
  }

  // Opens a matter about nodes ("member=person:7") under the host's own id for it; the head after it, or 0 when it is
  // refused.  With matters.hpp, as the next.
  Result<int64_t> OpenMatter(const std::string& procedure, const std::string& matter,
                             const std::vector<std::string>& subjects, const StepOptions& options);
  // Takes a step, with the ties that follow from it; the head after it, or 0 when it is refused.
  Result<int64_t> TakeStep(const std::string& matter, const std::string& step, const StepOptions& options);

  // What the last call would have left, of a writer that does not keep.
  Result<Snapshot> Tried() const;
  // What the last call was refused for, or would have been: what it newly breaks of the rules that a pack blocks.  An
  // error of reason NOTHING_REFUSED when it was not.  With policy.hpp.
  Result<Findings> Refused() const;
  // Likewise for a step of a matter that may not be taken: `change,code,place,message`.  With matters.hpp.
  Result<Table> RefusedStep(Language language = Language::kChinese) const;

 private:
  // The options as C reads them, for as long as they live.
  static jiceng_import_options Given(const ImportOptions& options) {
    jiceng_import_options given = JICENG_IMPORT_OPTIONS_INIT;
    given.flags = detail::Flag(options.dry_run, JICENG_IMPORT_DRY_RUN) |
                  detail::Flag(options.keep_good, JICENG_IMPORT_KEEP_GOOD) |
                  detail::Flag(!options.snapshot_of.empty(), JICENG_IMPORT_SNAPSHOT);
    given.date = options.date.number();
    given.lang = detail::Number(options.language);
    given.scope = detail::OrNull(options.snapshot_of);
    given.max_closures = options.max_closures;
    given.under = detail::OrNull(options.under);
    return given;
  }

  // What the progress function threw comes before the error it caused.
  template <typename T>
  Result<T> Tell(Result<T> result) {
    if (progress_ != nullptr) progress_->Rethrow();
    return result;
  }

  std::unique_ptr<detail::ProgressCall> progress_;  // at an address the library knows, for the writer's life
};

// A store.  Internally locked: use it from any thread.  What was opened from it stays good when it is closed.
class Store : private detail::NoticeHolder, public Handle<jiceng_store, jiceng_store_close> {
 public:
  using Handle::Handle;
  Store(Store&&) noexcept = default;
  Store& operator=(Store&& other) noexcept {
    Handle::operator=(std::move(other));  // closes what was open before its function goes
    notice = std::move(other.notice);
    return *this;
  }

  // Opens the store at a path, "sqlite:/path" or "memory:".
  static Result<Store> Open(std::string_view url, const OpenOptions& options = {}) {
    detail::ProgressCall progress(options.progress);
    jiceng_open_options given = JICENG_OPEN_OPTIONS_INIT;
    given.flags = detail::Flag(options.create, JICENG_OPEN_CREATE) |
                  detail::Flag(options.read_only, JICENG_OPEN_READ_ONLY) |
                  detail::Flag(!options.mmap, JICENG_OPEN_NO_MMAP);
    given.busy_timeout_ms = options.busy_timeout.count();
    given.seed = options.seed;
    given.catalogue = options.catalogue.data();
    given.catalogue_len = options.catalogue.size();
    given.progress = progress.function();
    given.progress_user = progress.user();
    std::unique_ptr<NoticeFunction> notice;
    if (options.notice) {
      notice = std::make_unique<NoticeFunction>(options.notice);
      given.notice = &detail::TellNotice;
      given.notice_user = notice.get();
    }
    Result<Store> store = detail::Ask<Store>(progress, [&](jiceng_store** out, jiceng_error** error) {
      return jiceng_store_open(url.data(), url.size(), &given, out, error);
    });
    if (store.ok()) store->notice = std::move(notice);
    return store;
  }

  // The organisation as the head believes it, or as commit `seq` left it; for an actor, or for the host itself.
  Result<Snapshot> OpenSnapshot(const Actor* actor = nullptr, int64_t seq = 0) const;

  Result<Writer> OpenWriter(const WriterOptions& options) const {
    auto progress = std::make_unique<detail::ProgressCall>(options.progress);
    jiceng_writer_options given = JICENG_WRITER_OPTIONS_INIT;
    given.flags = detail::Flag(!options.keep, JICENG_WRITER_TRY);
    given.recorded_at = options.recorded_at.time_since_epoch().count();
    given.expected_seq = options.expected_seq;
    given.author = detail::OrNull(options.author);
    given.reason = detail::OrNull(options.reason);
    given.basis = detail::OrNull(options.basis);
    given.progress = progress->function();
    given.progress_user = progress->user();
    Result<Writer> writer = detail::Ask<Writer>([&](jiceng_writer** out, jiceng_error** error) {
      return jiceng_writer_open(get(), options.actor == nullptr ? nullptr : options.actor->get(), &given, out, error);
    });
    if (!writer.ok()) return writer;
    return Writer(writer->release(), std::move(progress));
  }

  // The last commit recorded at or before a moment; 0 when there is none.
  Result<int64_t> SeqAt(Time time) const {
    return detail::Ask<int64_t>([&](int64_t* out, jiceng_error** error) {
      return jiceng_store_seq_at(get(), time.time_since_epoch().count(), out, error);
    });
  }

  // Copies the store into a new file.
  Result<void> Backup(std::string_view file) const {
    return detail::Do(
        [&](jiceng_error** error) { return jiceng_store_backup(get(), file.data(), file.size(), error); });
  }

  // Walks the hash chain and re-checks the laws: `seq,what`, empty when all is well.
  Result<Table> Verify(Progress progress = nullptr) const {
    detail::ProgressCall call(std::move(progress));
    return detail::Ask<Table>(call, [&](jiceng_table** out, jiceng_error** error) {
      return jiceng_store_verify(get(), call.function(), call.user(), out, error);
    });
  }

  // Folds everything into a new base file, so that opening reads no rows.
  Result<void> Optimize(Progress progress = nullptr) const {
    detail::ProgressCall call(std::move(progress));
    Result<void> result = detail::Do(
        [&](jiceng_error** error) { return jiceng_store_optimize(get(), call.function(), call.user(), error); });
    call.Rethrow();
    return result;
  }

  // Commits, newest first: `seq,recorded_at,operation,author,reason,basis,rows,hash`; those before one, at most so many
  // (0: all).
  Result<Table> Log(int64_t before_seq = 0, int64_t limit = 0) const {
    return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
      return jiceng_store_log(get(), before_seq, limit, out, error);
    });
  }

  // What commits have said after a place in the log, about `limit` rows (0: 10,000); no rows: there is nothing new.  The
  // last row's "seq" and "row" are what the next call takes; -1 for the whole commit.
  Result<Table> Changes(int64_t after_seq, int64_t after_row = -1, int64_t limit = 0) const {
    return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
      return jiceng_store_changes(get(), after_seq, after_row, limit, out, error);
    });
  }

  // Waits until there is a commit after `seq`: the head then, or `seq` when the time has passed; below 0 there is no
  // end.  The progress function is told "wait" twenty times a second and may stop it.
  Result<int64_t> Wait(int64_t seq, std::chrono::milliseconds timeout, Progress progress = nullptr) const {
    detail::ProgressCall call(std::move(progress));
    const int64_t milliseconds = timeout.count() < 0 ? -1 : timeout.count();
    return detail::Ask<int64_t>(call, [&](int64_t* out, jiceng_error** error) {
      return jiceng_store_wait(get(), seq, milliseconds, call.function(), call.user(), out, error);
    });
  }
};

}  // namespace jiceng

#endif  // JICENG_STORE_HPP
