#include "cli/opening.h"

#include <chrono>
#include <cstdlib>

#include "cli/moment.h"

namespace jiceng::cli {
namespace {

constexpr Text kNothingRecordedYet = {
    "到 {0} 为止还没有任何提交；用 jiceng log STORE 看各次提交的时间",
    "nothing had been recorded by {0}; jiceng log STORE lists the commits with their times"};
constexpr Text kDateFromCommit = {"没有写 --date，按最近一次提交的日期 {0} 回答",
                                  "no --date given; answering for {0}, the day of the newest commit"};
constexpr Text kNoDateAtAll = {
    "缺少 --date D：库里还没有提交，写明问哪一天，例如 --date 2026-06-30",
    "--date D is missing: the store has no commits yet, so say which day is meant, e.g. --date 2026-06-30"};

// The library's own words are English and say the rest.
constexpr Text kBaseUnusable = {"缓存文件（.base）不能用，改读全部记录，会慢一些：{0}", "{0}"};
constexpr Text kBaseNotWritten = {"缓存文件（.base）没有写成，数据已保存，下次打开会慢一些：{0}", "{0}"};

// Warnings are worth a line; what is only worth knowing is not.
void TellNotice(int32_t level, const char* event, const char* text, void* user) {
  if (level < JICENG_NOTICE_WARNING) return;
  auto* const context = static_cast<Context*>(user);
  const std::string_view what = event;
  const auto say = [&](const Text& words) { context->Note(Fill(context->Say(words), {text})); };
  if (what == "BASE_UNUSABLE") return say(kBaseUnusable);
  if (what == "BASE_NOT_WRITTEN") return say(kBaseNotWritten);
  context->Note(text);
}

bool IsDigits(const std::string& text) { return text.find_first_not_of("0123456789") == std::string::npos; }

// The commit --recorded means; 0, the head, without it.
bool RecordedSeq(Context& context, jiceng_store* store, int64_t* seq) {
  *seq = 0;
  const std::string& recorded = context.args().Value("recorded");
  if (recorded.empty()) return true;
  if (IsDigits(recorded)) {
    *seq = std::strtoll(recorded.c_str(), nullptr, 10);
    return true;
  }
  const int64_t time = ParseTime(recorded, BareDate::kEndOfDay).value_or(0);
  if (!context.Call(Phase::kQuery, [&](jiceng_error** error) { return jiceng_store_seq_at(store, time, seq, error); }))
    return false;
  if (*seq > 0) return true;
  context.Fail(kExitUsage, Fill(context.Say(kNothingRecordedYet), {recorded}));
  return false;
}

}  // namespace

bool OpenStore(Context& context, uint32_t flags, Store* store, size_t positional) {
  jiceng_open_options options = JICENG_OPEN_OPTIONS_INIT;
  options.flags = flags;
  if ((flags & JICENG_OPEN_CREATE) != 0) options.seed = static_cast<uint64_t>(context.args().Count("seed", 0));
  Progress progress(context.lang(), context.error_terminal());
  options.progress = Progress::Callback;
  options.progress_user = &progress;
  options.notice = TellNotice;
  options.notice_user = &context;
  const std::string& url = context.positional(positional);
  return context.Call(Phase::kOpen, [&](jiceng_error** error) {
    return jiceng_store_open(url.data(), url.size(), &options, Out(*store), error);
  });
}

bool OpenSnapshot(Context& context, Snapshot* snapshot, Store* store, size_t positional) {
  int64_t seq = 0;
  return OpenStore(context, JICENG_OPEN_READ_ONLY, store, positional) && RecordedSeq(context, store->get(), &seq) &&
         context.Call(Phase::kQuery, [&](jiceng_error** error) {
           return jiceng_snapshot_open(store->get(), nullptr, seq, Out(*snapshot), error);
         });
}

CommitWords CommitFromOptions(const Context& context) {
  const Invocation& args = context.args();
  CommitWords commit;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  commit.recorded_at = args.Has("recorded-at") ? ParseTime(args.Value("recorded-at"), BareDate::kStartOfDay).value_or(0)
                                               : std::chrono::duration_cast<std::chrono::seconds>(now).count();
  commit.expected_seq = args.Count("expected-seq", -1);
  commit.author = args.Value("author");
  commit.reason = args.Value("reason");
  commit.basis = args.Value("basis");
  return commit;
}

bool OpenWriter(Context& context, jiceng_store* store, const CommitWords& commit, Progress* progress, Writer* writer,
                uint32_t flags) {
  auto given = [](const std::string& text) { return text.empty() ? nullptr : text.c_str(); };
  jiceng_writer_options options = JICENG_WRITER_OPTIONS_INIT;
  options.flags = flags;
  options.recorded_at = commit.recorded_at;
  options.expected_seq = commit.expected_seq;
  options.author = given(commit.author);
  options.reason = given(commit.reason);
  options.basis = given(commit.basis);
  if (progress != nullptr) {
    options.progress = Progress::Callback;
    options.progress_user = progress;
  }
  return context.Call(Phase::kQuery, [&](jiceng_error** error) {
    return jiceng_writer_open(store, nullptr, &options, Out(*writer), error);
  });
}

bool LastCommitTime(Context& context, jiceng_store* store, const jiceng_snapshot* snapshot, int64_t* time) {
  Table commits;
  const int64_t seq = jiceng_snapshot_seq(snapshot);
  if (!context.Call(Phase::kQuery,
                    [&](jiceng_error** error) { return jiceng_store_log(store, seq + 1, 1, Out(commits), error); }))
    return false;
  const Grid grid = Grid::Of(commits.get());
  const int column = grid.Find("recorded_at");
  if (grid.rows() == 0 || column < 0) {
    context.Fail(kExitUsage, context.Say(kNoDateAtAll));
    return false;
  }
  *time = grid.Integer(0, column);
  return true;
}

bool DateOrLastCommit(Context& context, jiceng_store* store, const jiceng_snapshot* snapshot, int32_t* date) {
  *date = context.args().Date("date");
  if (*date != 0) return true;
  int64_t time = 0;
  if (!LastCommitTime(context, store, snapshot, &time)) return false;
  *date = DayOf(time);
  context.Note(Fill(context.Say(kDateFromCommit), {FormatDate(*date)}));
  return true;
}

bool HeadSeq(Context& context, jiceng_store* store, int64_t* seq) {
  *seq = 0;
  Table commits;
  if (!context.Call(Phase::kQuery,
                    [&](jiceng_error** error) { return jiceng_store_log(store, 0, 1, Out(commits), error); }))
    return false;
  const Grid grid = Grid::Of(commits.get());
  const int column = grid.Find("seq");
  if (grid.rows() > 0 && column >= 0) *seq = grid.Integer(0, column);
  return true;
}

const char* OptionOrNull(const Context& context, std::string_view option) {
  return context.args().Has(option) ? context.args().Value(option).c_str() : nullptr;
}

}  // namespace jiceng::cli
