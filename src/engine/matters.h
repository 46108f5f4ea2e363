// Matters of a store: opened, carried on, looked at.
#ifndef JICENG_ENGINE_MATTERS_H_
#define JICENG_ENGINE_MATTERS_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
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

// Carries out what a change set or an import says of matters.  One thread at a time; all of them must outlive it.
// A step is judged by an organisation, and by what the steps before it in the same draft say: the ties they begin and end,
// and how their matters stand.
class MatterApplier : private procedures::OtherMatters {
 public:
  MatterApplier(Store* store, const Version& version, Draft* draft)
      : MatterApplier(store, version, draft, *version.graph) {}
  // Judged by another organisation than that of the version: of the same nodes, with what the draft says besides.
  MatterApplier(Store* store, const Version& version, Draft* draft, const graph::Snapshot& graph);
  ~MatterApplier() override;

  // Errors: NOT_FOUND (UNKNOWN_NODE, UNKNOWN_MATTER, UNKNOWN_PROCEDURE), ALREADY_EXISTS (MATTER_EXISTS),
  // INVALID_ARGUMENT (UNKNOWN_FIELD, BAD_FIELD).  One that may not be taken changes nothing, and refusals() says why.
  absl::Status Open(const model::OpenMatter& change);
  absl::Status Take(const model::TakeStep& change, Origin origin);

  // The same of what is read already.  The id must be new; the opening is the first of the matter's steps.
  absl::Status Open(const procedures::Procedure& procedure, procedures::Matter matter);
  absl::Status Take(uint32_t matter, const procedures::KeptMatter& kept, procedures::Step step, Origin origin);

  std::vector<procedures::Refusal>& refusals() { return refusals_; }
  // A matter of the store or the draft, as its steps stand by now; nothing where there is none.
  std::optional<uint32_t> Find(std::string_view id) const override;
  std::optional<procedures::KeptMatter> Read(uint32_t matter) const;
  const procedures::OtherMatters& matters() const { return *this; }

 private:
  std::string IdOf(uint32_t matter) const override;
  std::optional<procedures::View> At(uint32_t matter, procedures::Moment at) const override;
  int64_t Count(const procedures::Tally& tally, uint32_t matter, procedures::Moment at, uint32_t except) const override;

  const procedures::Docket& docket() const;
  absl::StatusOr<model::NodeNumber> FindNode(const std::string& text) const;
  absl::StatusOr<procedures::Values> Read(const model::Told& told, const std::vector<procedures::Field>& fields) const;
  procedures::Surroundings Around(uint32_t matter) const;
  // What packs make of the template's parameters where the matter lies.
  absl::StatusOr<std::vector<procedures::Figure>> FiguresOn(base::Date day, const procedures::Procedure& procedure,
                                                            const std::vector<model::NodeNumber>& subjects);
  void Put(uint32_t matter, int32_t number, model::NodeNumber about, const procedures::Step& step, std::string word,
           std::string content);
  // Remembers what a matter that the draft has a step of refers to from now on.
  void PutReferences(uint32_t matter, const procedures::View& view);

  Store* store_;
  const Version& version_;
  Draft* draft_;
  const graph::Snapshot& graph_;
  mutable std::shared_ptr<const procedures::Docket> docket_;  // of the version; null until somebody asks
  std::map<std::string, uint32_t, std::less<>> opened_;       // in the draft
  std::map<uint32_t, std::vector<model::StepRow>> drafted_;   // steps, by matter
  std::unordered_map<uint32_t, std::vector<procedures::Referring>>
      referring_to_;                                             // those of drafted_, by what they tell
  std::unordered_map<uint32_t, std::vector<uint32_t>> told_by_;  // what each of those tells or told
  struct Effective;
  std::unique_ptr<const Effective> effective_;  // of the day last asked for: steps mostly share theirs
  procedures::TieChanges ties_;                 // that steps in the draft make
  std::vector<procedures::Refusal> refusals_;
};

}  // namespace jiceng::engine

#endif  // JICENG_ENGINE_MATTERS_H_
