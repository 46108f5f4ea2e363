// What the words of a template stand for: a part, a field, a tally; behind a dot, those of a matter that is told, or a fact of a node.
#ifndef JICENG_PROCEDURES_MEANING_H_
#define JICENG_PROCEDURES_MEANING_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "procedures/procedure.h"

namespace jiceng::procedures {

struct Meaning {
  FieldType type = FieldType::kUnspecified;  // of a part kNode, of a tally kCount
  bool own = true;                           // told in the matter itself
  model::NodeKind kind = model::NodeKind::kNone;
  std::vector<std::string> words;       // of a choice or a flag
  std::vector<std::string> procedures;  // of a matter
};

// A word up to its first dot, and what is behind it.
std::pair<std::string_view, std::optional<std::string_view>> SplitWord(std::string_view word);

// A fact of a node that may be asked for as a choice.
std::optional<model::Fact> FactOfWord(model::NodeKind kind, std::string_view word);

// The words of the templates of one catalogue, which need not be resolved yet; both must outlive it.
class Meanings {
 public:
  Meanings(const std::vector<Procedure>& procedures, const model::Catalogue& catalogue)
      : procedures_(procedures), catalogue_(catalogue) {}

  // Where another matter may be of several templates or editions, all of them have to give the word one meaning.
  // Errors: INVALID_ARGUMENT, with what is wrong and no reason.
  absl::StatusOr<Meaning> Of(const Procedure& procedure, std::string_view word) const;
  // Whether there is such a template.
  bool HasProcedure(std::string_view id) const;
  // Checks a tally of `procedure`.  Errors: as above; `place` is the part of the tally it is about.
  absl::Status CheckTally(const Procedure& procedure, const Tally& tally, std::string* place) const;

 private:
  absl::StatusOr<Meaning> OfMatter(const Meaning& matter, std::string_view word) const;
  absl::StatusOr<Meaning> OfNode(model::NodeKind kind, std::string_view word) const;

  const std::vector<Procedure>& procedures_;
  const model::Catalogue& catalogue_;
};

}  // namespace jiceng::procedures

#endif  // JICENG_PROCEDURES_MEANING_H_
