#include "store/memory/memory_store.h"

#include <algorithm>
#include <unordered_set>

#include "base/status.h"
#include "base/strings.h"
#include "store/sqlite/files.h"
#include "store/sqlite/sqlite_store.h"

namespace jiceng::store {
namespace {

using model::NodeNumber;
using model::NodeRow;
using model::TextAttribute;

absl::Status Cancelled(std::string_view what) { return base::Error(absl::StatusCode::kCancelled, "CANCELLED", what); }

}  // namespace

MemoryStore::MemoryStore(const OpenOptions& options) : read_only_(options.read_only), random_(options.seed) {
  random_.Fill(info_.uuid.data(), info_.uuid.size());
  random_.Fill(info_.key.data(), info_.key.size());
}

absl::StatusOr<Head> MemoryStore::ReadHead() {
  RETURN_IF_ERROR(process_.Check());
  std::lock_guard<std::mutex> lock(mutex_);
  return HeadNow();
}

Head MemoryStore::HeadNow() const {
  Head head;
  head.uuid = info_.uuid;
  head.hash = GenesisHash(info_.uuid);
  if (commits_.empty()) return head;
  const CommitInfo& last = commits_.back()->info;
  head.seq = last.header.seq;
  head.hash = last.hash;
  head.recorded_at = last.header.recorded_at;
  return head;
}

absl::StatusOr<Salt> MemoryStore::SaltOf(NodeNumber node) const {
  const auto found = texts_.find(node);
  if (found == texts_.end() || erased_.count(node) != 0) return NoIdentityError(node);
  return found->second.created->seal.salts[found->second.identity];
}

absl::StatusOr<CommitInfo> MemoryStore::Append(const model::CommitHeader& header, const model::Batch& batch,
                                               absl::FunctionRef<bool(int64_t, int64_t)> progress) {
  RETURN_IF_ERROR(process_.Check());
  RETURN_IF_ERROR(CheckBatch(batch));
  std::lock_guard<std::mutex> lock(mutex_);
  return AppendLocked(header, batch, progress);
}

absl::StatusOr<CommitInfo> MemoryStore::Erase(const model::CommitHeader& header, const model::Batch& batch,
                                              absl::Span<const std::string> marks) {
  RETURN_IF_ERROR(process_.Check());
  RETURN_IF_ERROR(CheckBatch(batch));
  std::lock_guard<std::mutex> lock(mutex_);
  // All that needs memory comes before the commit, and all that is lost after it.
  std::set<std::string> all_marks = marks_;
  all_marks.insert(marks.begin(), marks.end());
  std::set<model::NodeNumber> erased = erased_;
  for (const NodeRow& row : batch.nodes) erased.insert(row.node);
  ASSIGN_OR_RETURN(const CommitInfo info, AppendLocked(header, batch, [](int64_t, int64_t) { return true; }));
  marks_.swap(all_marks);
  erased_.swap(erased);
  for (const NodeRow& row : batch.nodes) {
    const auto found = texts_.find(row.node);
    if (found == texts_.end()) continue;
    Commit* const created = found->second.created;
    model::IdentityRow& identity = created->batch.identities[found->second.identity];
    for (std::string& kept : created->strings) {
      if (kept.data() == identity.id.data() || kept.data() == identity.name.data()) kept.clear();
    }
    identity.id = identity.name = {};
    for (const auto& [commit, i] : found->second.rows) commit->batch.texts[i].value.clear();
  }
  for (const auto& commit : commits_) {
    for (model::AttachmentRow& row : commit->batch.attachments) {
      if (erased_.count(row.node) != 0) row.content.clear();
    }
    for (model::StepRow& row : commit->batch.steps) {
      if (erased_.count(row.about) != 0) row.content.clear();
    }
    for (const model::Tie& tie : commit->batch.ties) {
      if (tie.extra >= 0 && erased_.count(tie.from) != 0) commit->batch.extras[static_cast<size_t>(tie.extra)].clear();
    }
  }
  return info;
}

absl::StatusOr<std::vector<std::string>> MemoryStore::ReadErased() {
  RETURN_IF_ERROR(process_.Check());
  std::lock_guard<std::mutex> lock(mutex_);
  return std::vector<std::string>(marks_.begin(), marks_.end());
}

absl::StatusOr<CommitInfo> MemoryStore::AppendLocked(const model::CommitHeader& header, const model::Batch& batch,
                                                     absl::FunctionRef<bool(int64_t, int64_t)> progress) {
  if (read_only_) {
    return base::Error(absl::StatusCode::kFailedPrecondition, "STORE_READ_ONLY",
                       "the store was opened read-only: open it for writing");
  }
  const Head head = HeadNow();
  RETURN_IF_ERROR(CheckFollows(head, header));
  ASSIGN_OR_RETURN(Seal seal,
                   SealCommit(head.hash, header, batch, &random_, [this](NodeNumber node) { return SaltOf(node); }));
  std::unordered_set<NodeNumber> created;
  for (const model::IdentityRow& row : batch.identities) {
    if (texts_.count(row.node) != 0 || !created.insert(row.node).second) return NodeExistsError();
  }
  if (!progress(batch.rows(), batch.rows())) return Cancelled("the commit was stopped; nothing of it was kept");

  auto commit = std::make_unique<Commit>();
  commit->info = {header, batch.rows(), seal.hash};
  commit->batch = batch;
  commit->seal = std::move(seal);
  for (model::IdentityRow& row : commit->batch.identities) {
    row.id = commit->strings.emplace_back(row.id);
    row.name = commit->strings.emplace_back(row.name);
  }
  // Should memory run out on the way, the places made so far go again.
  size_t identities = 0, texts = 0;
  try {
    for (; identities < commit->batch.identities.size(); ++identities) {
      texts_[commit->batch.identities[identities].node] = {commit.get(), identities, {}};
    }
    for (; texts < commit->batch.texts.size(); ++texts) {
      texts_[commit->batch.texts[texts].node].rows.emplace_back(commit.get(), texts);
    }
    commits_.push_back(std::move(commit));
  } catch (const std::bad_alloc&) {
    while (texts > 0) texts_[commit->batch.texts[--texts].node].rows.pop_back();
    while (identities > 0) texts_.erase(commit->batch.identities[--identities].node);
    throw;
  }
  return commits_.back()->info;
}

absl::Status MemoryStore::ReadRows(int64_t after_seq, int64_t to_seq, RowReader* reader) {
  RETURN_IF_ERROR(process_.Check());
  std::lock_guard<std::mutex> lock(mutex_);
  const int64_t end = std::min(to_seq, static_cast<int64_t>(commits_.size()));
  for (int64_t seq = std::max<int64_t>(after_seq, 0) + 1; seq <= end; ++seq) {
    const model::Batch& batch = commits_[static_cast<size_t>(seq - 1)]->batch;
    size_t identity = 0;
    for (const NodeRow& row : batch.nodes) {
      reader->OnNode(seq, row);
      if (row.action != NodeRow::kCreate) continue;
      const std::string_view id = batch.identities[identity++].id;
      if (erased_.count(row.node) == 0) reader->OnText(seq, row.node, TextAttribute::kId, {}, id);
    }
    for (const model::FactRow& row : batch.facts) reader->OnFact(seq, row);
    for (const model::TextRow& row : batch.texts) {
      if ((row.attribute == TextAttribute::kId || model::IsCode(row.attribute)) && erased_.count(row.node) == 0) {
        reader->OnText(seq, row.node, row.attribute, row.valid, row.value);
      }
    }
    for (const model::TermRow& row : batch.terms) reader->OnTerm(seq, row);
    for (const model::AttachmentRow& row : batch.attachments) reader->OnAttachment(seq, row);
    for (const model::StepRow& row : batch.steps) reader->OnStep(seq, row);
    for (const model::Tie& row : batch.ties) {
      model::Tie given = row;
      given.extra = -1;  // an index into the batch that wrote it means nothing to the reader
      reader->OnTie(
          seq, given,
          row.extra < 0 ? std::string_view() : std::string_view(batch.extras[static_cast<size_t>(row.extra)]));
    }
  }
  return absl::OkStatus();
}

absl::Status MemoryStore::ReadLog(int64_t seq, int64_t ordinal, int64_t limit,
                                  absl::FunctionRef<void(const LogRow&)> visit) {
  RETURN_IF_ERROR(process_.Check());
  std::lock_guard<std::mutex> lock(mutex_);
  const auto last = static_cast<int64_t>(commits_.size());
  for (int64_t at = std::max<int64_t>(seq, 1); at <= last && limit > 0; ++at) {
    const model::Batch& batch = commits_[static_cast<size_t>(at - 1)]->batch;
    const int64_t first = at == seq ? ordinal : 0;
    LogRow row;
    row.seq = at;
    row.ordinal = -1;
    // Calls visit() when the next row is one of those asked for.
    const auto give = [&](auto value) {
      if (++row.ordinal < first || limit <= 0) return;
      --limit;
      row.row = std::move(value);
      visit(row);
    };
    size_t identity = 0;
    for (const NodeRow& node : batch.nodes) {
      if (node.action == NodeRow::kCreate) {
        row.id = batch.identities[identity].id;
        row.name = batch.identities[identity++].name;
      }
      give(node);
      row.id = row.name = {};
    }
    for (const model::FactRow& fact : batch.facts) give(fact);
    for (const model::TextRow& text : batch.texts) {
      give(StoredText{text.node, text.attribute, text.valid, at, text.value});
    }
    for (const model::TermRow& term : batch.terms) give(term);
    for (const model::AttachmentRow& attachment : batch.attachments) give(attachment);
    for (const model::StepRow& step : batch.steps) give(step);
    for (const model::Tie& tie : batch.ties) {
      row.attributes = batch.AttributesOf(tie);
      give(tie);
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<CommitInfo>> MemoryStore::ReadCommits(int64_t before, int64_t limit) {
  RETURN_IF_ERROR(process_.Check());
  std::lock_guard<std::mutex> lock(mutex_);
  const auto last = static_cast<int64_t>(commits_.size());
  std::vector<CommitInfo> found;
  for (int64_t seq = before <= 0 ? last : std::min(before, last); seq > 0 && static_cast<int64_t>(found.size()) < limit;
       --seq) {
    found.push_back(commits_[static_cast<size_t>(seq - 1)]->info);
  }
  return found;
}

void MemoryStore::Visit(NodeNumber node, const Texts& texts, absl::FunctionRef<void(const StoredText&)> visit) const {
  const model::IdentityRow& identity = texts.created->batch.identities[texts.identity];
  const int64_t created = texts.created->info.header.seq;
  if (erased_.count(node) == 0) {
    visit({node, TextAttribute::kId, {}, created, identity.id});
    visit({node, TextAttribute::kName, {}, created, identity.name});
  }
  for (const auto& [commit, i] : texts.rows) {
    const model::TextRow& row = commit->batch.texts[i];
    visit({node, row.attribute, row.valid, commit->info.header.seq, row.value});
  }
}

absl::Status MemoryStore::ReadTexts(NodeNumber node, absl::FunctionRef<void(const StoredText&)> visit) {
  RETURN_IF_ERROR(process_.Check());
  std::lock_guard<std::mutex> lock(mutex_);
  const auto found = texts_.find(node);
  if (found != texts_.end()) Visit(node, found->second, visit);
  return absl::OkStatus();
}

absl::Status MemoryStore::ReadAllTexts(absl::FunctionRef<void(const StoredText&)> visit) {
  RETURN_IF_ERROR(process_.Check());
  std::lock_guard<std::mutex> lock(mutex_);
  for (const auto& [node, texts] : texts_) Visit(node, texts, visit);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<NodeNumber>> MemoryStore::SearchText(TextAttribute attribute, std::string_view part,
                                                                bool whole, int64_t limit) {
  RETURN_IF_ERROR(process_.Check());
  std::lock_guard<std::mutex> lock(mutex_);
  std::vector<NodeNumber> found;
  for (const auto& [node, texts] : texts_) {
    if (static_cast<int64_t>(found.size()) >= limit) break;
    bool matches = false;
    Visit(node, texts, [&](const StoredText& text) {
      if (text.attribute != attribute || text.value.empty()) return;
      matches = matches || (whole ? text.value == part : text.value.find(part) != std::string_view::npos);
    });
    if (matches) found.push_back(node);
  }
  return found;
}

absl::Status MemoryStore::Verify(absl::FunctionRef<bool(int64_t, int64_t)> progress,
                                 absl::FunctionRef<void(int64_t, std::string_view)> problem) {
  RETURN_IF_ERROR(process_.Check());
  std::lock_guard<std::mutex> lock(mutex_);
  Committer committer;
  base::Digest previous = GenesisHash(info_.uuid);
  int64_t done = 0, total = 0;
  for (const auto& commit : commits_) total += commit->info.rows;
  for (const auto& commit : commits_) {
    const model::Batch& batch = commit->batch;
    const Seal& seal = commit->seal;
    ChainHasher chain(previous, commit->info.header, SealHeader(seal.header.salt, commit->info.header),
                      commit->info.rows);
    size_t identity = 0;
    for (const NodeRow& row : batch.nodes) {
      Commitment commitment{};
      if (row.action == NodeRow::kCreate) {
        const model::IdentityRow& one = batch.identities[identity];
        commitment = erased_.count(row.node) != 0 ? seal.identities[identity]
                                                  : committer.Identity(seal.salts[identity], one.id, one.name);
        ++identity;
      }
      chain.Node(row, commitment);
    }
    for (const model::FactRow& row : batch.facts) chain.Fact(row);
    for (size_t i = 0; i < batch.texts.size(); ++i) {
      const model::TextRow& row = batch.texts[i];
      Commitment commitment = seal.texts[i];
      if (erased_.count(row.node) == 0) {
        ASSIGN_OR_RETURN(const Salt salt, SaltOf(row.node));
        commitment = committer.Text(salt, row.value);
      }
      chain.Text(row.node, row.attribute, row.valid, commitment);
    }
    for (const model::TermRow& row : batch.terms) chain.Term(row);
    for (size_t i = 0; i < batch.attachments.size(); ++i) {
      const model::AttachmentRow& row = batch.attachments[i];
      Commitment commitment = seal.contents[i];
      if (erased_.count(row.node) == 0) {
        ASSIGN_OR_RETURN(const Salt salt, SaltOfAttached(row.node, [this](NodeNumber node) { return SaltOf(node); }));
        commitment = committer.Text(salt, row.content);
      }
      chain.Attachment(row, commitment);
    }
    for (size_t i = 0; i < batch.steps.size(); ++i) {
      const model::StepRow& row = batch.steps[i];
      Commitment commitment = seal.steps[i];
      if (erased_.count(row.about) == 0) {
        ASSIGN_OR_RETURN(const Salt salt, SaltOf(row.about));
        commitment = committer.Text(salt, row.content);
      }
      chain.Step(row, commitment);
    }
    size_t attributes = 0;
    for (const model::Tie& row : batch.ties) {
      if (row.extra < 0) {
        chain.Tie(row, nullptr);
        continue;
      }
      Commitment commitment = seal.attributes[attributes++];
      if (erased_.count(row.from) == 0) {
        ASSIGN_OR_RETURN(const Salt salt, SaltOf(row.from));
        commitment = committer.Text(salt, batch.extras[static_cast<size_t>(row.extra)]);
      }
      chain.Tie(row, &commitment);
    }
    if (chain.Finish() != commit->info.hash) {
      problem(commit->info.header.seq, "the hash of the commit does not fit its rows and its predecessor");
    }
    previous = commit->info.hash;
    done += commit->info.rows;
    if (!progress(done, total)) return Cancelled("the check was stopped before its end");
  }
  return absl::OkStatus();
}

absl::Status MemoryStore::Backup(const std::string& file) {
  RETURN_IF_ERROR(process_.Check());
  NewFile copy(file);
  RETURN_IF_ERROR(copy.Prepare());
  {
    std::lock_guard<std::mutex> lock(mutex_);
    RETURN_IF_ERROR(InitializeFile(copy.temporary(), info_));
    ASSIGN_OR_RETURN(const std::unique_ptr<SqliteStore> to, SqliteStore::Open(copy.temporary(), {}));
    for (const auto& commit : commits_) {
      RETURN_IF_ERROR(to->AppendSealed(commit->info.header, commit->batch, commit->seal));
    }
    if (!erased_.empty()) {
      RETURN_IF_ERROR(to->EraseSealed(std::vector<NodeNumber>(erased_.begin(), erased_.end()),
                                      std::vector<std::string>(marks_.begin(), marks_.end())));
      RETURN_IF_ERROR(to->Scrub());
    }
  }
  return copy.Publish();
}

}  // namespace jiceng::store
