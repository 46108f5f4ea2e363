#include "store/canonical.h"

#include <algorithm>

namespace jiceng::store {
namespace {

constexpr std::string_view kHeaderMagic("jiceng commit 1\0", 16);
constexpr size_t kFlushAt = 1 << 16;
constexpr size_t kRoomForRow = 256;

enum RowTag : uint8_t {
  kNodeRow = 1,
  kFactRow = 2,
  kTextRow = 3,
  kTermRow = 4,
  kTieRow = 5,
  kAttachmentRow = 6,
  kStepRow = 7
};

void Append32(uint32_t value, std::string* out) {
  const char bytes[4] = {static_cast<char>(value), static_cast<char>(value >> 8), static_cast<char>(value >> 16),
                         static_cast<char>(value >> 24)};
  out->append(bytes, sizeof(bytes));
}

Commitment Truncated(const base::Digest& digest) {
  Commitment c;
  std::copy_n(digest.begin(), c.size(), c.begin());
  return c;
}

}  // namespace

Commitment Committer::Text(const Salt& salt, std::string_view text) {
  scratch_.assign(AsBytes(salt));
  scratch_.append(text.data(), text.size());
  return Truncated(base::Sha256(scratch_));
}

Commitment Committer::Identity(const Salt& salt, std::string_view id, std::string_view name) {
  scratch_.assign(AsBytes(salt));
  Append32(static_cast<uint32_t>(id.size()), &scratch_);
  scratch_.append(id.data(), id.size());
  scratch_.append(name.data(), name.size());
  return Truncated(base::Sha256(scratch_));
}

HeaderSeal SealHeader(const Salt& salt, const model::CommitHeader& header) {
  Committer committer;
  return {salt, committer.Text(salt, header.author), committer.Text(salt, header.reason),
          committer.Text(salt, header.basis)};
}

base::Digest GenesisHash(const Uuid& uuid) { return base::Sha256(AsBytes(uuid)); }

ChainHasher::ChainHasher(const base::Digest& previous, const model::CommitHeader& header, const HeaderSeal& seal,
                         int64_t rows) {
  buffer_.reserve(kFlushAt + kRoomForRow);
  PutBytes(kHeaderMagic);
  PutBytes(base::Bytes(previous));
  Put64(static_cast<uint64_t>(header.seq));
  Put64(static_cast<uint64_t>(header.recorded_at));
  Put64(static_cast<uint64_t>(rows));
  PutBytes(AsBytes(seal.author));
  PutBytes(AsBytes(seal.reason));
  PutBytes(AsBytes(seal.basis));
  Put32(static_cast<uint32_t>(header.operation.size()));
  PutBytes(header.operation);
}

void ChainHasher::Put32(uint32_t value) { Append32(value, &buffer_); }

void ChainHasher::Put64(uint64_t value) {
  Put32(static_cast<uint32_t>(value));
  Put32(static_cast<uint32_t>(value >> 32));
}

void ChainHasher::EndRow() {
  ++rows_;
  if (buffer_.size() < kFlushAt) return;
  hasher_.Update(buffer_);
  buffer_.clear();
}

void ChainHasher::Node(const model::NodeRow& row, const Commitment& identity) {
  static constexpr Commitment kNone{};
  Put8(kNodeRow);
  Put8(row.action);
  Put8(row.from_precision);
  Put8(row.to_precision);
  Put32(row.node.bits());
  PutDay(row.life.from);
  PutDay(row.life.to);
  for (const int32_t fact : row.facts) Put32(static_cast<uint32_t>(fact));
  PutBytes(AsBytes(row.action == model::NodeRow::kCreate ? identity : kNone));
  EndRow();
}

void ChainHasher::Fact(const model::FactRow& row) {
  Put8(kFactRow);
  Put8(static_cast<uint8_t>(row.fact));
  Put8(0);
  Put8(0);
  Put32(row.node.bits());
  PutDay(row.valid.from);
  PutDay(row.valid.to);
  Put32(static_cast<uint32_t>(row.value));
  EndRow();
}

void ChainHasher::Text(model::NodeNumber node, model::TextAttribute attribute, base::Validity valid,
                       const Commitment& value) {
  Put8(kTextRow);
  Put8(static_cast<uint8_t>(attribute));
  Put8(0);
  Put8(0);
  Put32(node.bits());
  PutDay(valid.from);
  PutDay(valid.to);
  PutBytes(AsBytes(value));
  EndRow();
}

void ChainHasher::Term(const model::TermRow& row) {
  Put8(kTermRow);
  Put8(row.withdrawn ? 1 : 0);
  Put8(0);
  Put8(0);
  Put32(row.org.bits());
  Put32(static_cast<uint32_t>(row.number));
  PutDay(row.elected_on);
  Put32(static_cast<uint32_t>(row.years));
  PutDay(row.ends_on);
  PutDay(row.extended_to);
  EndRow();
}

void ChainHasher::Attachment(const model::AttachmentRow& row, const Commitment& content) {
  Put8(kAttachmentRow);
  Put8(static_cast<uint8_t>(row.kind));
  Put8(row.withdrawn ? 1 : 0);
  Put8(0);
  Put32(row.node.bits());
  PutDay(row.valid.from);
  PutDay(row.valid.to);
  Put32(static_cast<uint32_t>(row.priority));
  Put32(static_cast<uint32_t>(row.name.size()));
  PutBytes(row.name);
  PutBytes(AsBytes(content));
  EndRow();
}

void ChainHasher::Step(const model::StepRow& row, const Commitment& content) {
  Put8(kStepRow);
  Put8(row.withdrawn ? 1 : 0);
  Put8(0);
  Put8(0);
  Put32(row.matter);
  Put32(static_cast<uint32_t>(row.number));
  Put32(row.about.bits());
  PutDay(row.day);
  Put32(static_cast<uint32_t>(row.minute));
  Put32(row.actor.bits());
  Put32(static_cast<uint32_t>(row.word.size()));
  PutBytes(row.word);
  PutBytes(AsBytes(content));
  EndRow();
}

void ChainHasher::Tie(const model::Tie& row, const Commitment* attributes) {
  Put8(kTieRow);
  Put8(static_cast<uint8_t>(row.kind));
  Put8(row.role);
  Put8(row.manner);
  Put32(row.number);
  Put32(row.from.bits());
  Put32(row.to.bits());
  PutDay(row.valid.from);
  PutDay(row.valid.to);
  Put8(row.withdrawn ? 1 : 0);
  Put8(attributes != nullptr ? 1 : 0);
  Put8(0);
  Put8(0);
  if (attributes != nullptr) PutBytes(AsBytes(*attributes));
  EndRow();
}

base::Digest ChainHasher::Finish() {
  hasher_.Update(buffer_);
  buffer_.clear();
  return hasher_.Finish();
}

}  // namespace jiceng::store
