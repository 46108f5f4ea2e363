// Changes that attach packs and waive, as bytes: what a host's own protobuf would write.
#ifndef TESTS_CAPI_POLICY_BYTES_H_
#define TESTS_CAPI_POLICY_BYTES_H_

#include <cstdint>
#include <string>

namespace jiceng_test {

inline std::string Varint(uint64_t value) {
  std::string bytes;
  for (; value >= 0x80; value >>= 7) bytes.push_back(static_cast<char>(value | 0x80));
  bytes.push_back(static_cast<char>(value));
  return bytes;
}
inline std::string Number(uint32_t field, uint64_t value) { return Varint(field << 3) + Varint(value); }
inline std::string Bytes(uint32_t field, const std::string& bytes) {
  return Varint(field << 3 | 2) + Varint(bytes.size()) + bytes;
}
inline std::string Date(uint32_t field, int day) {
  return Bytes(field, Number(1, static_cast<uint64_t>(day / 10000)) +
                          Number(2, static_cast<uint64_t>(day / 100 % 100)) +
                          Number(3, static_cast<uint64_t>(day % 100)));
}
inline std::string Delimited(const std::string& change) { return Varint(change.size()) + change; }

// A rule with one figure ("" for none), blocked or not.
inline std::string PolicyRuleBytes(const std::string& rule, const std::string& parameter, uint64_t value,
                                   bool block = false) {
  std::string bytes = Bytes(1, rule);
  if (!parameter.empty()) bytes += Bytes(2, Bytes(1, parameter) + Number(2, value));
  if (block) bytes += Number(5, 2);
  return bytes;
}
inline std::string PackBytes(const std::string& id, const std::string& rule) {
  return Bytes(1, id) + Bytes(2, "2026") + Bytes(3, Bytes(1, "包") + Bytes(2, "pack")) +
         Bytes(5, Bytes(1, "《某办法》") + Number(6, 1)) + Bytes(9, rule);
}
// A pack that sets a figure of a procedure.
inline std::string ProcedurePackBytes(const std::string& id, const std::string& procedure, const std::string& parameter,
                                      uint64_t value) {
  return Bytes(1, id) + Bytes(2, "2026") + Bytes(3, Bytes(1, "包") + Bytes(2, "pack")) +
         Bytes(5, Bytes(1, "《某办法》") + Number(6, 1)) +
         Bytes(11, Bytes(1, procedure) + Bytes(2, Bytes(1, parameter) + Number(2, value)));
}
// The same with a rule of its own: a branch has at least four affiliations.
inline std::string OwnPackBytes(const std::string& id, const std::string& rule, uint64_t least = 4) {
  const auto text = [](const char* zh, const char* en) { return Bytes(1, zh) + Bytes(2, en); };
  const std::string citation = Bytes(1, "《某办法》") + Number(6, 1);
  const std::string measure = Bytes(1, "affiliation") + Number(2, 1), bound = Number(1, 1) + Bytes(2, Number(1, least));
  const std::string record = Bytes(1, rule) + Number(2, 1) +
                             Bytes(3, text("支部党员够数", "A branch is large enough")) + Bytes(4, citation) +
                             Bytes(6, Bytes(1, "org") + Bytes(2, "party_branch") + Number(4, 1)) +
                             Bytes(7, Bytes(1, measure) + Bytes(2, bound));
  return Bytes(1, id) + Bytes(2, "2026") + Bytes(3, text("包", "pack")) + Bytes(5, citation) + Bytes(10, record);
}
inline std::string AttachBytes(const std::string& pack, const std::string& unit, int from) {
  return Delimited(Bytes(30, Bytes(1, pack) + Bytes(2, unit) + Date(3, from)));
}
inline std::string DetachBytes(const std::string& id, const std::string& unit, int on) {
  return Delimited(Bytes(31, Bytes(1, id) + Bytes(2, unit) + Date(3, on)));
}
inline std::string WaiveBytes(const std::string& rule, const std::string& node, int to) {
  return Delimited(
      Bytes(32, Bytes(1, rule) + Bytes(2, node) + Bytes(3, "正在整改") + Bytes(4, "组字〔2026〕8号") + Date(6, to)));
}

}  // namespace jiceng_test

#endif  // TESTS_CAPI_POLICY_BYTES_H_
