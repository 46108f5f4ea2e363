// The low-level calls are marked old in OpenSSL 3, yet they are the ones that neither fail nor look an algorithm up on
// every use; the chain of a large commit makes millions of small digests.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "base/digest.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/sha.h>
#include <sys/random.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace jiceng::base {
namespace {

constexpr size_t kBlock = 64;  // of SHA-256, in bytes

Digest Finished(SHA256_CTX* context) {
  Digest digest;
  SHA256_Final(digest.data(), context);
  return digest;
}

void PutLittleEndian(uint64_t value, uint8_t* out) {
  for (int i = 0; i < 8; ++i) out[i] = static_cast<uint8_t>(value >> (8 * i));
}

// Reads from /dev/urandom, for kernels and sandboxes without getrandom().
bool FillFromDevice(uint8_t* out, size_t size) {
  const int file = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  while (size > 0) {
    const ssize_t got = read(file, out, size);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    out += got;
    size -= static_cast<size_t>(got);
  }
  close(file);
  return size == 0;
}

void FillFromSystem(uint8_t* out, size_t size) {
  while (size > 0) {
    const ssize_t got = getrandom(out, size, 0);
    if (got > 0) {
      out += got;
      size -= static_cast<size_t>(got);
      continue;
    }
    if (got < 0 && errno == EINTR) continue;
    if (FillFromDevice(out, size)) return;
    // Like running out of memory: nothing can go on without, and a weaker source must not stand in.  The boundary turns
    // it into an error.
    throw std::system_error(ENOSYS, std::generic_category(), "no source of random bytes");
  }
}

}  // namespace

struct Hasher::State {
  SHA256_CTX context;
};

Hasher::Hasher() : state_(std::make_unique<State>()) { SHA256_Init(&state_->context); }

Hasher::~Hasher() { OPENSSL_cleanse(state_.get(), sizeof(State)); }

void Hasher::Update(std::string_view bytes) { SHA256_Update(&state_->context, bytes.data(), bytes.size()); }

Digest Hasher::Finish() {
  const Digest digest = Finished(&state_->context);
  SHA256_Init(&state_->context);
  return digest;
}

Digest Sha256(std::string_view bytes) {
  SHA256_CTX context;
  SHA256_Init(&context);
  SHA256_Update(&context, bytes.data(), bytes.size());
  return Finished(&context);
}

// RFC 2104: H(key ^ opad, H(key ^ ipad, text)).
Digest HmacSha256(std::string_view key, std::string_view bytes) {
  std::array<uint8_t, kBlock> inner_pad{};
  if (key.size() > kBlock) {
    const Digest short_key = Sha256(key);
    std::copy(short_key.begin(), short_key.end(), inner_pad.begin());
  } else {
    std::copy(key.begin(), key.end(), inner_pad.begin());
  }
  std::array<uint8_t, kBlock> outer_pad = inner_pad;
  for (uint8_t& byte : inner_pad) byte ^= 0x36;
  for (uint8_t& byte : outer_pad) byte ^= 0x5c;

  SHA256_CTX context;
  SHA256_Init(&context);
  SHA256_Update(&context, inner_pad.data(), inner_pad.size());
  SHA256_Update(&context, bytes.data(), bytes.size());
  const Digest inner = Finished(&context);
  SHA256_Init(&context);
  SHA256_Update(&context, outer_pad.data(), outer_pad.size());
  SHA256_Update(&context, inner.data(), inner.size());
  const Digest digest = Finished(&context);
  OPENSSL_cleanse(inner_pad.data(), inner_pad.size());
  OPENSSL_cleanse(outer_pad.data(), outer_pad.size());
  return digest;
}

std::string Hex(std::string_view bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text(bytes.size() * 2, '\0');
  for (size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    text[2 * i] = kDigits[byte >> 4];
    text[2 * i + 1] = kDigits[byte & 15];
  }
  return text;
}

void RandomBytes::Fill(void* out, size_t size) {
  auto* bytes = static_cast<uint8_t*>(out);
  if (seed_ == 0) {
    FillFromSystem(bytes, size);
    return;
  }
  // Block n is SHA-256(seed, n), both little-endian; every call begins at a new block.
  while (size > 0) {
    uint8_t input[16];
    PutLittleEndian(seed_, input);
    PutLittleEndian(counter_++, input + 8);
    const Digest block = Sha256({reinterpret_cast<const char*>(input), sizeof(input)});
    const size_t part = std::min(size, block.size());
    std::memcpy(bytes, block.data(), part);
    bytes += part;
    size -= part;
  }
}

}  // namespace jiceng::base
