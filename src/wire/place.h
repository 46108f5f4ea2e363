// Where in a message something is wrong: `rules[3].citations[0].article`.
#ifndef JICENG_WIRE_PLACE_H_
#define JICENG_WIRE_PLACE_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace jiceng::wire {

// A field of a message, known by the one that holds it.  Made on the stack on the way down and spelt out only when
// there is something to say; must not outlive its parent.
class Place {
 public:
  explicit Place(const char* name, int64_t index = -1) : Place(nullptr, name, index) {}
  Place In(const char* name, int64_t index = -1) const& { return Place(this, name, index); }
  Place In(const char* name, int64_t index = -1) const&& = delete;  // the parent would be gone

  std::string ToString() const;

  // INVALID_ARGUMENT with this place as the field.
  absl::Status Error(std::string_view reason, std::string_view message) const;
  // `status` with this place as its field where it has none of its own; OK stays OK.
  absl::Status Name(const absl::Status& status) const;
  // INVALID_ARGUMENT, reason INVALID_UTF8, for a text that is not; every text of a message has to pass here, as
  // protobuf itself does not look.
  absl::Status CheckUtf8(std::string_view text) const;

 private:
  Place(const Place* parent, const char* name, int64_t index) : parent_(parent), name_(name), index_(index) {}

  const Place* parent_;
  const char* name_;
  int64_t index_;  // -1: the field is not repeated
};

}  // namespace jiceng::wire

#endif  // JICENG_WIRE_PLACE_H_
