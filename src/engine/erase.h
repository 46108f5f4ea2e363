// Erasing people (个人信息保护法 Art. 47): the structure stays computable under a number, nothing else of them is left.
#ifndef JICENG_ENGINE_ERASE_H_
#define JICENG_ENGINE_ERASE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/store.h"

namespace jiceng::engine {

// Takes id, name, texts and salts of the people out of the store, in one commit, and every byte of them out of its
// files; the head's seq comes back.  Without people it only does the latter.  Ties and rule facts stay, of someone
// without a name.  Keyed hashes of the ids and of the citizen numbers' hashes are kept, so that a later import is told
// ERASED_PERSON.  Snapshots opened before go on as they are.
// Errors: NOT_FOUND UNKNOWN_NODE, INVALID_ARGUMENT BAD_NODE (no person); those of Store::Commit; UNAVAILABLE
// BYTES_LEFT when the commit is made and the bytes cannot leave the files yet, because another process reads.
absl::StatusOr<int64_t> Erase(Store* store, const std::vector<std::string>& people, const CommitOptions& options);

// Knows those who have been erased.  Costs a keyed hash a question where there are any, else nothing.
class Erased {
 public:
  explicit Erased(Store* store) : key_(store->rows().key()), marks_(store->erased()) {}
  bool HasId(std::string_view person_id) const { return Has("id", person_id); }
  bool HasCitizenHash(std::string_view hash) const { return Has("citizen", hash); }

 private:
  bool Has(std::string_view what, std::string_view value) const;

  const std::string key_;
  const std::shared_ptr<const Store::Marks> marks_;
};

}  // namespace jiceng::engine

#endif  // JICENG_ENGINE_ERASE_H_
