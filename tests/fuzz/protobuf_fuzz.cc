// Any bytes as a catalogue, as a stream of changes and as a policy pack.  The first byte says which.  What is read can be written and
// read again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "wire/catalogue.h"
#include "wire/changes.h"
#include "wire/policy.h"

namespace jiceng::wire {
namespace {

void Demand(bool holds) {
  if (!holds) std::abort();
}

void ReadCatalogue(std::string_view bytes) {
  const absl::StatusOr<Catalogue> catalogue = DecodeCatalogue(bytes);
  if (!catalogue.ok()) {
    Demand(catalogue.status().code() != absl::StatusCode::kInternal);
    return;
  }
  Demand(!catalogue->version.empty());
  for (const rules::Rule& rule : catalogue->rules.rules()) Demand(catalogue->rules.Find(rule.id) >= 0);
}

void ReadChanges(std::string_view bytes) {
  const absl::StatusOr<std::vector<model::Change>> changes = DecodeChanges(bytes);
  if (!changes.ok()) {
    Demand(!base::ErrorField(changes.status()).empty());
    return;
  }
  const std::string again = EncodeChanges(*changes);
  const absl::StatusOr<std::vector<model::Change>> reread = DecodeChanges(again);
  Demand(reread.ok() && EncodeChanges(*reread) == again);
}

void ReadPolicy(std::string_view bytes) {
  static const Catalogue* const catalogue = new Catalogue(DecodeCatalogue(BuiltinCatalogue()).value());
  absl::StatusOr<rules::PolicyPack> pack = DecodePolicy(bytes);
  if (!pack.ok()) return;
  const auto kept = rules::BindKept(*pack, catalogue->rules);
  const auto bound = rules::BindPolicy(*std::move(pack), catalogue->rules);
  if (!bound.ok()) return Demand(!base::ErrorField(bound.status()).empty());
  Demand((*bound)->rules.size() == kept->rules.size());
}

}  // namespace
}  // namespace jiceng::wire

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] == 0xff) {
    jiceng::wire::ReadPolicy(bytes);
  } else if (data[0] % 2 == 0) {
    jiceng::wire::ReadCatalogue(bytes);
  } else {
    jiceng::wire::ReadChanges(bytes);
  }
  return 0;
}
