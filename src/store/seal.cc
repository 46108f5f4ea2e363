#include "store/seal.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/status.h"
#include "base/strings.h"

namespace jiceng::store {
namespace {

using model::NodeKind;
using model::NodeRow;

constexpr int64_t kMaxRows = (int64_t{1} << 32) - 1;  // a row's place in its commit takes 32 bits of its id
constexpr uint8_t kLastAttribute = static_cast<uint8_t>(model::TextAttribute::kCitizenIdHash);

absl::Status BadBatch(std::string_view what) {
  return base::Error(absl::StatusCode::kInvalidArgument, "BAD_BATCH", what);
}

// The salts of nodes, those of this batch first.  Where they lie is gathered only when the batch has texts at all.
class Salts {
 public:
  Salts(const model::Batch& batch, const std::vector<Salt>& salts, StoredSalt stored)
      : batch_(batch), salts_(salts), stored_(stored) {}

  absl::StatusOr<Salt> Of(model::NodeNumber node) {
    if (place_.size() != batch_.identities.size()) {
      place_.reserve(batch_.identities.size());
      for (size_t i = 0; i < batch_.identities.size(); ++i) place_.emplace_back(batch_.identities[i].node, i);
      std::sort(place_.begin(), place_.end());
    }
    const auto found = std::lower_bound(place_.begin(), place_.end(), std::pair<model::NodeNumber, size_t>(node, 0));
    if (found != place_.end() && found->first == node) return salts_[found->second];
    return stored_(node);
  }

 private:
  const model::Batch& batch_;
  const std::vector<Salt>& salts_;
  StoredSalt stored_;
  std::vector<std::pair<model::NodeNumber, size_t>> place_;  // by node
};

}  // namespace

absl::Status CheckBatch(const model::Batch& batch) {
  if (batch.rows() > kMaxRows) {
    return base::Error(absl::StatusCode::kResourceExhausted, "BATCH_TOO_LARGE",
                       base::StrCat("a commit of ", batch.rows(), " rows is over the limit of ", kMaxRows));
  }
  size_t identity = 0;
  for (const NodeRow& row : batch.nodes) {
    if (row.node.kind() == NodeKind::kNone) return BadBatch("a node row has no node");
    if (row.action > NodeRow::kRestore || row.from_precision > base::PartialDate::kYear ||
        row.to_precision > base::PartialDate::kYear) {
      return BadBatch("a node row has an action or a precision that does not exist");
    }
    for (int f = model::FactCount(row.node.kind()); f < model::kMaxFacts; ++f) {
      if (row.facts[static_cast<size_t>(f)] != model::kNoValue)
        return BadBatch("a node row has a fact its kind has not");
    }
    if (row.action != NodeRow::kCreate) continue;
    if (identity >= batch.identities.size() || batch.identities[identity].node != row.node) {
      return BadBatch(base::StrCat("created node ", row.node.ToInt64(), " has no identity in its place"));
    }
    ++identity;
  }
  if (identity != batch.identities.size()) return BadBatch("there are more identities than created nodes");
  for (const model::FactRow& row : batch.facts) {
    if (row.node.kind() == NodeKind::kNone || static_cast<int>(row.fact) >= model::FactCount(row.node.kind())) {
      return BadBatch("a fact row has no node or a fact that does not exist");
    }
  }
  for (const model::TextRow& row : batch.texts) {
    if (row.node.kind() == NodeKind::kNone || static_cast<uint8_t>(row.attribute) > kLastAttribute) {
      return BadBatch("a text row has no node or an attribute that does not exist");
    }
  }
  for (const model::TermRow& row : batch.terms) {
    if (row.org.kind() == NodeKind::kNone) return BadBatch("a term row has no organisation");
  }
  for (const model::AttachmentRow& row : batch.attachments) {
    if (row.kind == model::AttachmentKind::kNone || static_cast<int>(row.kind) >= model::kAttachmentKinds ||
        row.name.empty() || row.valid.IsEmpty()) {
      return BadBatch("an attachment row has no kind, name or day");
    }
  }
  for (const model::StepRow& row : batch.steps) {
    if (row.matter == 0 || row.number < 0 || row.about.kind() == NodeKind::kNone || row.word.empty() ||
        !row.day.IsFinite() || row.minute < 0 || row.minute >= 1440) {
      return BadBatch("a step row lacks its matter, the node it is about, its word or its moment");
    }
  }
  for (const model::Tie& row : batch.ties) {
    if (row.kind == model::TieKind::kNone || static_cast<int>(row.kind) >= model::kTieKinds || !row.from || !row.to) {
      return BadBatch("a tie row has no kind or lacks an end");
    }
    if (row.extra >= 0 && static_cast<size_t>(row.extra) >= batch.extras.size()) {
      return BadBatch(base::StrCat("tie ", row.number, " points at attributes that are not in the batch"));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckFollows(const Head& head, const model::CommitHeader& header) {
  if (header.seq != head.seq + 1) {
    return base::Error(absl::StatusCode::kAborted, "SEQ_MOVED",
                       base::StrCat("the commit was prepared as ", header.seq, " but the store stands at ", head.seq,
                                    ": read the commits since then and try again"));
  }
  if (header.recorded_at < head.recorded_at) {
    return base::Error(
        absl::StatusCode::kInvalidArgument, "RECORDED_BEFORE_HEAD",
        base::StrCat("recorded_at ", header.recorded_at, " lies before that of the head, ", head.recorded_at),
        "recorded_at");
  }
  return absl::OkStatus();
}

absl::Status NoIdentityError(model::NodeNumber node) {
  return base::Error(absl::StatusCode::kFailedPrecondition, "NO_IDENTITY",
                     base::StrCat("node ", node.ToInt64(), " was erased or never created: it takes no texts"));
}

absl::Status NodeExistsError() {
  return base::Error(absl::StatusCode::kInvalidArgument, "NODE_EXISTS", "a node is created that was created before");
}

absl::StatusOr<Seal> SealCommit(const base::Digest& previous, const model::CommitHeader& header,
                                const model::Batch& batch, base::RandomBytes* random, StoredSalt stored_salt) {
  Seal seal;
  Committer committer;
  Salt header_salt;
  random->Fill(header_salt.data(), header_salt.size());
  seal.header = SealHeader(header_salt, header);
  seal.salts.resize(batch.identities.size());
  if (!seal.salts.empty()) random->Fill(seal.salts.data(), seal.salts.size() * sizeof(Salt));

  ChainHasher chain(previous, header, seal.header, batch.rows());
  seal.identities.reserve(batch.identities.size());
  static constexpr Commitment kNone{};
  for (const NodeRow& row : batch.nodes) {
    if (row.action != NodeRow::kCreate) {
      chain.Node(row, kNone);
      continue;
    }
    const size_t i = seal.identities.size();
    const model::IdentityRow& identity = batch.identities[i];
    seal.identities.push_back(committer.Identity(seal.salts[i], identity.id, identity.name));
    chain.Node(row, seal.identities.back());
  }
  for (const model::FactRow& row : batch.facts) chain.Fact(row);

  Salts salts(batch, seal.salts, stored_salt);
  seal.texts.reserve(batch.texts.size());
  for (const model::TextRow& row : batch.texts) {
    ASSIGN_OR_RETURN(const Salt salt, salts.Of(row.node));
    seal.texts.push_back(committer.Text(salt, row.value));
    chain.Text(row.node, row.attribute, row.valid, seal.texts.back());
  }
  for (const model::TermRow& row : batch.terms) chain.Term(row);
  seal.contents.reserve(batch.attachments.size());
  for (const model::AttachmentRow& row : batch.attachments) {
    ASSIGN_OR_RETURN(const Salt salt, SaltOfAttached(row.node, [&](model::NodeNumber node) { return salts.Of(node); }));
    seal.contents.push_back(committer.Text(salt, row.content));
    chain.Attachment(row, seal.contents.back());
  }
  seal.steps.reserve(batch.steps.size());
  for (const model::StepRow& row : batch.steps) {
    ASSIGN_OR_RETURN(const Salt salt, salts.Of(row.about));
    seal.steps.push_back(committer.Text(salt, row.content));
    chain.Step(row, seal.steps.back());
  }
  for (const model::Tie& row : batch.ties) {
    if (row.extra < 0) {
      chain.Tie(row, nullptr);
      continue;
    }
    ASSIGN_OR_RETURN(const Salt salt, salts.Of(row.from));
    seal.attributes.push_back(committer.Text(salt, batch.extras[static_cast<size_t>(row.extra)]));
    chain.Tie(row, &seal.attributes.back());
  }
  seal.hash = chain.Finish();
  return seal;
}

}  // namespace jiceng::store
