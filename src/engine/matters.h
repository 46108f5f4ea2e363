// Matters of a store: opened, carried on, looked at.
#ifndef JICENG_ENGINE_MATTERS_H_
#define JICENG_ENGINE_MATTERS_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/draft.h"
#include "engine/store.h"
#include "model/change.h"
#include "procedures/docket.h"

namespace jiceng::engine {

// What the rows say of a matter, with its steps that are only drafted behind them; none where it was withdrawn, where what was told was
// erased, or where the catalogue does not have its template.
std::optional<procedures::KeptMatter> ReadMatter(const graph::Snapshot& graph, const procedures::ProcedureSet& set,
                                                 uint32_t matter, const std::vector<model::StepRow>& more = {});

// A matter found by its id.  Errors: NOT_FOUND, reason UNKNOWN_MATTER.
absl::StatusOr<procedures::KeptMatter> FindMatter(Store* store, const Version& version, std::string_view id);

// Carries out the changes of a change set that are about matters.  One thread at a time; all of them must outlive it.
class MatterApplier {
 public:
  MatterApplier(Store* store, const Version& version, Draft* draft) : store_(store), version_(version), draft_(draft) {}

  // Errors: NOT_FOUND (UNKNOWN_NODE, UNKNOWN_MATTER, UNKNOWN_PROCEDURE), ALREADY_EXISTS (MATTER_EXISTS),
  // INVALID_ARGUMENT (UNKNOWN_FIELD, BAD_FIELD), FAILED_PRECONDITION (TIES_PENDING).  One that may not be
  // taken changes nothing, and refusals() says why.
  absl::Status Open(const model::OpenMatter& change);
  absl::Status Take(const model::TakeStep& change, Origin origin);
  std::vector<procedures::Refusal>& refusals() { return refusals_; }

 private:
  absl::StatusOr<model::NodeNumber> Find(const std::string& text) const;
  absl::StatusOr<procedures::Values> Read(const model::Told& told, const std::vector<procedures::Field>& fields) const;
  absl::StatusOr<uint32_t> NumberOf(const std::string& id) const;
  procedures::Surroundings Around() const;
  // What packs make of the template's parameters where the matter lies.
  absl::StatusOr<std::vector<procedures::Figure>> FiguresOn(base::Date day, const procedures::Procedure& procedure,
                                                            const std::vector<model::NodeNumber>& subjects) const;
  void Put(uint32_t matter, int32_t number, model::NodeNumber about, const procedures::Step& step, std::string word,
           std::string content);

  Store* store_;
  const Version& version_;
  Draft* draft_;
  std::map<std::string, uint32_t> opened_;                   // in the draft
  std::map<uint32_t, std::vector<model::StepRow>> drafted_;  // steps, by matter
  std::set<uint32_t> changed_ties_;                          // matters of which a step in the draft changes ties
  std::vector<procedures::Refusal> refusals_;
};

}  // namespace jiceng::engine

#endif  // JICENG_ENGINE_MATTERS_H_
