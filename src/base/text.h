// UTF-8 and GB18030 at the door: what is not well formed is refused with its byte offset, never stored.
#ifndef JICENG_BASE_TEXT_H_
#define JICENG_BASE_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace jiceng::base {

// The offset of the first byte that is not part of well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms), or
// npos.
size_t FindInvalidUtf8(std::string_view text);

// Whether all of it is ASCII that shows on paper: no controls, no spaces, nothing wider.  What ids nearly always are, and
// what then needs no further look.
bool IsVisibleAscii(std::string_view text);

// Errors: INVALID_ARGUMENT, reason INVALID_UTF8, with the byte offset in the message.
absl::Status CheckUtf8(std::string_view text);

// GB18030 (and so GBK and GB2312) to UTF-8.  Errors: INVALID_ARGUMENT, reason INVALID_GB18030, with the byte offset;
// UNIMPLEMENTED, reason GB18030_UNAVAILABLE, where the host's C library was installed without that converter.
absl::StatusOr<std::string> Gb18030ToUtf8(std::string_view text);

// A host id: 1 to 64 bytes of UTF-8 without control characters, spaces at neither end.  Errors: INVALID_ARGUMENT,
// reason BAD_ID.
absl::Status CheckHostId(std::string_view id);

// A person's name: 1 to 200 bytes, no control characters; the separator of transliterated names is U+00B7.  Look-alikes
// (U+2022, U+30FB, U+FF0E, U+2027, ...) between two Han characters are refused with the character named.  Errors:
// INVALID_ARGUMENT, reason BAD_NAME.
absl::Status CheckPersonName(std::string_view name);

// Full-width ASCII (U+FF01..U+FF5E) and the ideographic space become their half-width twins; white space at both ends
// is cut.  For headers and codes, never for names.
std::string NormalizeWidth(std::string_view text);

// The columns a terminal needs: East Asian wide and full-width characters take two, combining marks none.
int DisplayWidth(std::string_view text);

// The code points of well-formed UTF-8; a byte that is not well-formed gives U+FFFD.
std::vector<char32_t> CodePoints(std::string_view text);

}  // namespace jiceng::base

#endif  // JICENG_BASE_TEXT_H_
