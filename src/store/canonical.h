// The canonical bytes of a commit and the chain of their hashes; the same for every store, so a log can be checked
// whatever keeps it.
//
// hash(seq) = SHA-256(hash(seq - 1), header, rows of seq in order); hash(0) = SHA-256(uuid).  All numbers are
// little-endian and of fixed width: u8, u32, i32, i64.  Free text, ids and names enter only as commitments, so that a
// person can be erased from the side tables and the chain still be walked.
//
//   header  "jiceng commit 1\0"  previous hash[32]  seq i64  recorded_at i64  rows i64  author[16] reason[16] basis[16]
//           length of operation u32, operation
//   node    u8 1, action u8, from_precision u8, to_precision u8, node u32, life.from i32, life.to i32, facts 5 x i32,
//           commitment of id and name[16] (zeros unless the action is create)
//   fact    u8 2, fact u8, 0 u8, 0 u8, node u32, from i32, to i32, value i32
//   text    u8 3, attribute u8, 0 u8, 0 u8, node u32, from i32, to i32, commitment of the value[16]
//   term    u8 4, withdrawn u8, 0 u8, 0 u8, org u32, number i32, elected_on i32, years i32, ends_on i32, extended_to
//   i32 tie     u8 5, kind u8, role u8, manner u8, number u32, from u32, to u32, valid.from i32, valid.to i32,
//   withdrawn u8, has
//           attributes u8, 0 u8, 0 u8, and with attributes their commitment[16]
//   attachment  u8 6, kind u8, withdrawn u8, 0 u8, node u32 (0: none), from i32, to i32, priority i32, length of the
//           name u32, name, commitment of the content[16]
//   step    u8 7, withdrawn u8, 0 u8, 0 u8, matter u32, number i32, about u32, day i32, minute i32, actor u32 (0: none),
//           length of the word u32, word, commitment of the content[16]
//
// Days count from 1970-01-01; the ends outside the calendar are the least and the greatest i32, an absent fact the
// least.
//
// commitment(text) = the first 16 bytes of SHA-256(salt[16], text); of id and name: of SHA-256(salt, length of id u32,
// id, name).  The salt is the node's, made at its creation and erased with it (a tie's attributes take its
// from-node's, a step that of the node it is about), or the commit's for its header.  The content of what is attached
// to no node has a salt of zeros: it is about nobody and never erased.
#ifndef JICENG_STORE_CANONICAL_H_
#define JICENG_STORE_CANONICAL_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/digest.h"
#include "model/rows.h"

namespace jiceng::store {

using Uuid = std::array<uint8_t, 16>;
using Salt = std::array<uint8_t, 16>;
using Commitment = std::array<uint8_t, 16>;

template <size_t N>
std::string_view AsBytes(const std::array<uint8_t, N>& a) {
  return {reinterpret_cast<const char*>(a.data()), N};
}

// Makes commitments one after the other without allocating each time.  One thread at a time.
class Committer {
 public:
  Commitment Text(const Salt& salt, std::string_view text);
  Commitment Identity(const Salt& salt, std::string_view id, std::string_view name);

 private:
  std::string scratch_;
};

// The commitments of a header's three texts, with the commit's salt.
struct HeaderSeal {
  Salt salt{};
  Commitment author{}, reason{}, basis{};
};
HeaderSeal SealHeader(const Salt& salt, const model::CommitHeader& header);

base::Digest GenesisHash(const Uuid& uuid);

// Takes the rows of one commit in log order and gives its hash.  One thread at a time.
class ChainHasher {
 public:
  ChainHasher(const base::Digest& previous, const model::CommitHeader& header, const HeaderSeal& seal, int64_t rows);

  // `identity` counts only for a kCreate row.
  void Node(const model::NodeRow& row, const Commitment& identity);
  void Fact(const model::FactRow& row);
  void Text(model::NodeNumber node, model::TextAttribute attribute, base::Validity valid, const Commitment& value);
  void Term(const model::TermRow& row);
  void Attachment(const model::AttachmentRow& row, const Commitment& content);  // the row's content is not looked at
  void Step(const model::StepRow& row, const Commitment& content);              // likewise
  void Tie(const model::Tie& row, const Commitment* attributes);                // nullptr: the tie has none

  int64_t rows() const { return rows_; }  // taken so far
  base::Digest Finish();

 private:
  void Put8(uint8_t value) { buffer_.push_back(static_cast<char>(value)); }
  void Put32(uint32_t value);
  void Put64(uint64_t value);
  void PutDay(base::Date day) { Put32(static_cast<uint32_t>(day.days())); }
  void PutBytes(std::string_view bytes) { buffer_.append(bytes.data(), bytes.size()); }
  void EndRow();

  base::Hasher hasher_;
  std::string buffer_;
  int64_t rows_ = 0;
};

}  // namespace jiceng::store

#endif  // JICENG_STORE_CANONICAL_H_
