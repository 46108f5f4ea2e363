// What the tests of stores share: folders of their own, small commits, and a store's whole content as text.
#ifndef JICENG_TESTS_STORE_STORE_FIXTURE_H_
#define JICENG_TESTS_STORE_STORE_FIXTURE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.h"

namespace jiceng::store {

// A new folder, deleted with everything in it.
class TestFolder {
 public:
  TestFolder();
  ~TestFolder();
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  std::string File(const std::string& name) const { return path_ + "/" + name; }
  std::vector<std::string> Names() const;  // sorted

 private:
  std::string path_;
};

std::string ReadFile(const std::string& path);
void WriteFile(const std::string& path, std::string_view bytes);

model::NodeNumber Unit(uint32_t ordinal);
model::NodeNumber Org(uint32_t ordinal);
model::NodeNumber Person(uint32_t ordinal);
base::Date Day(int year, int month, int day);

// Adds a created node; `id` and `name` must outlive the batch.
void AddNode(model::NodeNumber node, std::string_view id, std::string_view name, model::Batch* batch);
model::Tie MakeTie(uint32_t number, model::TieKind kind, model::NodeNumber from, model::NodeNumber to,
                   base::Date since);

// The head + 1, recorded at 1000 * seq by "王书记".
model::CommitHeader HeaderFor(int64_t seq);
absl::StatusOr<CommitInfo> AppendNext(Store* store, const model::Batch& batch);

// Three commits with a row of every kind, open and closed ends, erasable texts, attributes of ties, a withdrawal.
void FillWithEverything(Store* store);
// One commit of `rows` ties.
model::Batch ManyTies(int64_t rows);

// Rows, commits and texts, one a line.
std::string Dump(Store* store);
// The problems Verify() finds, one a line as "seq: what"; an error as "error: ...".
std::string Problems(Store* store);

}  // namespace jiceng::store

#endif  // JICENG_TESTS_STORE_STORE_FIXTURE_H_
