#include "cli/applying.h"

#include "cli/progress.h"
#include "cli/refusal.h"

namespace jiceng::cli {

CommitWords CommitFromDocument(const Context& context, const ChangeDocument& document) {
  CommitWords commit = CommitFromOptions(context);
  const auto given = [&](const char* option) { return context.args().Has(option); };
  if (!given("recorded-at")) commit.recorded_at = document.recorded_at.value_or(commit.recorded_at);
  if (!given("expected-seq")) commit.expected_seq = document.expected_seq.value_or(commit.expected_seq);
  if (commit.author.empty()) commit.author = document.author;
  if (commit.reason.empty()) commit.reason = document.reason;
  if (commit.basis.empty()) commit.basis = document.basis;
  return commit;
}

int ApplyStream(Context& context, size_t store_at, const std::string& stream, const CommitWords& commit,
                Applied* applied) {
  Store store;
  int64_t before = 0;
  if (!OpenStore(context, 0, &store, store_at) || !HeadSeq(context, store.get(), &before)) return context.failed();
  Progress progress(context.lang(), context.error_terminal());
  Writer writer;
  const bool done = OpenWriter(context, store.get(), commit, &progress, &writer) &&
                    context.Call(Phase::kInput, [&](jiceng_error** error) {
                      return jiceng_writer_apply(writer.get(), stream.data(), stream.size(), &applied->seq, error);
                    });
  if (!done) return context.failed();
  applied->unchanged = applied->seq == before;
  return applied->seq == 0 ? TellRefusal(context, writer.get()) : kExitDone;
}

}  // namespace jiceng::cli
