// Rows of the log into a builder: how a base, or a delta, is made from a store.
#ifndef JICENG_ENGINE_INTO_BUILDER_H_
#define JICENG_ENGINE_INTO_BUILDER_H_

#include "store/store.h"

namespace jiceng::engine {

// Feeds rows of the log to a graph::BaseBuilder or graph::DeltaBuilder, which must outlive it.
template <typename Builder>
class IntoBuilder : public store::RowReader {
 public:
  explicit IntoBuilder(Builder* builder) : builder_(builder) {}
  void OnNode(int64_t, const model::NodeRow& row) override { builder_->OnNode(row); }
  void OnFact(int64_t, const model::FactRow& row) override { builder_->OnFact(row); }
  void OnTerm(int64_t, const model::TermRow& row) override { builder_->OnTerm(row); }
  void OnTie(int64_t, const model::Tie& row, std::string_view attributes) override { builder_->OnTie(row, attributes); }
  void OnText(int64_t, model::NodeNumber node, model::TextAttribute attribute, base::Validity valid,
              std::string_view value) override {
    builder_->OnText(node, attribute, valid, value);
  }

 private:
  Builder* builder_;
};

}  // namespace jiceng::engine

#endif  // JICENG_ENGINE_INTO_BUILDER_H_
