// Rows of the log into a builder: how a base, or a delta, is made from a store.
#ifndef JICENG_ENGINE_INTO_BUILDER_H_
#define JICENG_ENGINE_INTO_BUILDER_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "base/status.h"
#include "graph/base_builder.h"
#include "graph/snapshot.h"
#include "store/store.h"

namespace jiceng::engine {

// Feeds rows of the log to a graph::DeltaBuilder or the like, which must outlive it.
template <typename Builder>
class IntoBuilder : public store::RowReader {
 public:
  explicit IntoBuilder(Builder* builder) : builder_(builder) {}
  void OnNode(int64_t, const model::NodeRow& row) override { builder_->OnNode(row); }
  void OnFact(int64_t, const model::FactRow& row) override { builder_->OnFact(row); }
  void OnTerm(int64_t, const model::TermRow& row) override { builder_->OnTerm(row); }
  void OnAttachment(int64_t, const model::AttachmentRow& row) override { builder_->OnAttachment(row); }
  void OnStep(int64_t, const model::StepRow& row) override { builder_->OnStep(row); }
  void OnTie(int64_t, const model::Tie& row, std::string_view attributes) override { builder_->OnTie(row, attributes); }
  void OnText(int64_t, model::NodeNumber node, model::TextAttribute attribute, base::Validity valid,
              std::string_view value) override {
    builder_->OnText(node, attribute, valid, value);
  }

 private:
  Builder* builder_;
};

// Builds in a file beside `path`, which takes its place when the result is written there, and in memory where `path` is
// empty or the file cannot be written.  `fill` puts the rows into a builder, twice if need be.
template <typename Fill>
absl::StatusOr<std::shared_ptr<const graph::Base>> BuildBase(const std::string& path, const graph::Stamp& stamp,
                                                             Fill fill) {
  const auto build = [&](std::unique_ptr<graph::NewFile> file) {
    graph::BaseBuilder builder;
    fill(&builder);
    return builder.Finish(stamp, std::move(file));
  };
  if (!path.empty()) {
    auto file = graph::NewFile::Create(path);
    if (file.ok()) {
      auto base = build(*std::move(file));
      if (base.ok() || base::ErrorReason(base.status()) != "DISK") return base;
    }
  }
  return build(nullptr);
}

// Any number of rows of the log into a base, on top of a snapshot: folded into one in between whenever many have come,
// so that memory stays bounded.
class BaseReader final : public store::RowReader {
 public:
  // Some gigabyte.
  static constexpr int64_t kRowsAtOnce = 32000000;

  // Bases in between are built in files beside `path`, without a name, or in memory where it is empty.
  BaseReader(std::shared_ptr<const graph::Snapshot> below, std::string path, int64_t rows_at_once = kRowsAtOnce)
      : below_(std::move(below)), path_(std::move(path)), rows_at_once_(rows_at_once) {
    builder_.Load(*below_);
  }
  void OnNode(int64_t seq, const model::NodeRow& row) override {
    // The ids of a commit's nodes come when all of them are there, and belong into the same base.
    Next(seq != std::exchange(seq_, seq)).OnNode(row);
  }
  void OnFact(int64_t, const model::FactRow& row) override { Next(true).OnFact(row); }
  void OnTerm(int64_t, const model::TermRow& row) override { Next(true).OnTerm(row); }
  void OnAttachment(int64_t, const model::AttachmentRow& row) override { Next(true).OnAttachment(row); }
  void OnStep(int64_t, const model::StepRow& row) override { Next(true).OnStep(row); }
  void OnTie(int64_t, const model::Tie& row, std::string_view attributes) override {
    Next(true).OnTie(row, attributes);
  }
  void OnText(int64_t, model::NodeNumber node, model::TextAttribute attribute, base::Validity valid,
              std::string_view value) override {
    Next(attribute != model::TextAttribute::kId).OnText(node, attribute, valid, value);
  }
  // Errors: those of graph::BaseBuilder::Finish().
  absl::StatusOr<std::shared_ptr<const graph::Base>> Finish(const graph::Stamp& stamp);

 private:
  graph::BaseBuilder& Next(bool between) {
    if (++rows_ > rows_at_once_ && between && status_.ok()) Fold();
    return builder_;
  }
  void Fold();

  std::shared_ptr<const graph::Snapshot> below_;
  std::string path_;
  int64_t rows_at_once_, rows_ = 0, seq_ = 0;
  graph::BaseBuilder builder_;
  absl::Status status_;
};

}  // namespace jiceng::engine

#endif  // JICENG_ENGINE_INTO_BUILDER_H_
