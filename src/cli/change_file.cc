#include "cli/change_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "cli/file.h"

namespace jiceng::cli {
namespace {

constexpr Text kCannotRead = {"读不了 {0}：{1}", "{0} cannot be read: {1}"};
constexpr Text kNotAChangeSet = {"{0} 不是变更集：{1}", "{0} is no change set: {1}"};
constexpr Text kUnknownName = {"{0} 的名字要以 .json 或 .binpb 结尾", "the name of {0} must end in .json or .binpb"};

constexpr Text kNotAPack = {"{0} 不是政策包：{1}", "{0} is no policy pack: {1}"};
constexpr Text kUnknownPackName = {"{0} 的名字要以 .textproto、.json 或 .binpb 结尾",
                                   "the name of {0} must end in .textproto, .json or .binpb"};

bool ReadFile(Context& context, const std::string& path, std::string* bytes) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  char buffer[1 << 16];
  for (size_t read = 0; file != nullptr && (read = std::fread(buffer, 1, sizeof(buffer), file)) > 0;)
    bytes->append(buffer, read);
  const bool good = file != nullptr && std::ferror(file) == 0;
  if (!good) context.Fail(kExitRejected, Fill(context.Say(kCannotRead), {path, std::strerror(errno)}));
  if (file != nullptr) std::fclose(file);
  return good;
}

}  // namespace

bool NamesChangeFile(const std::string& path) { return HasExtension(path, ".json") || HasExtension(path, ".binpb"); }

bool ReadPolicyFile(Context& context, const std::string& path, std::string* pack) {
  const bool is_text = HasExtension(path, ".textproto");
  if (!is_text && !NamesChangeFile(path)) {
    context.Fail(kExitUsage, Fill(context.Say(kUnknownPackName), {path}));
    return false;
  }
  std::string bytes, error;
  if (!ReadFile(context, path, &bytes)) return false;
  const PolicyForm form = is_text                       ? PolicyForm::kText
                          : HasExtension(path, ".json") ? PolicyForm::kJson
                                                        : PolicyForm::kBinary;
  if (ReadPolicy(form, bytes, pack, &error)) return true;
  context.Fail(kExitRejected, Fill(context.Say(kNotAPack), {path, error}));
  return false;
}

bool ReadChangeFile(Context& context, const std::string& path, ChangeDocument* document) {
  if (!NamesChangeFile(path)) {
    context.Fail(kExitUsage, Fill(context.Say(kUnknownName), {path}));
    return false;
  }
  std::string bytes, error;
  if (!ReadFile(context, path, &bytes)) return false;
  if (!(HasExtension(path, ".json") ? ReadJsonChanges(bytes, document, &error)
                                    : ReadBinaryChanges(bytes, document, &error))) {
    context.Fail(kExitRejected, Fill(context.Say(kNotAChangeSet), {path, error}));
    return false;
  }
  return true;
}

}  // namespace jiceng::cli
