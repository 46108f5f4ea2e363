// apply: a change set written by hand or by another system.
#include <string>

#include "cli/applying.h"
#include "cli/change_file.h"
#include "cli/commands/commands.h"
#include "cli/options.h"

namespace jiceng::cli {
namespace {

constexpr Text kValidateOnly = {
    "{0} 写明只校验（validate_only），apply 会写入；去掉它再试",
    "{0} asks to be checked only (validate_only), and apply keeps what it applies; take that out"};
constexpr Text kApplied = {"已应用 {0} 项变更，提交序号 {1}。", "Applied as commit {1}; changes: {0}."};

int RunApply(Context& context) {
  const std::string& path = context.positional(1);
  ChangeDocument document;
  if (!ReadChangeFile(context, path, &document)) return context.failed();
  if (document.validate_only) return context.Fail(kExitUsage, Fill(context.Say(kValidateOnly), {path}));

  Applied applied;
  const int exit = ApplyStream(context, 0, document.stream, CommitFromDocument(context, document), &applied);
  if (exit != kExitDone) return exit;
  const std::string seq = std::to_string(applied.seq);
  context.PrintFacts({{"seq", applied.seq}, {"changes", document.changes}},
                     applied.unchanged ? Fill(context.Say(kUnchanged), {seq})
                                       : Fill(context.Say(kApplied), {std::to_string(document.changes), seq}));
  return kExitDone;
}

}  // namespace

CommandSpec ApplyCommand() {
  CommandSpec spec;
  spec.name = "apply";
  spec.group = CommandGroup::kStart;
  spec.purpose = {"应用一个变更集（JSON 或二进制 protobuf），全部生效或全不生效",
                  "apply a change set (JSON or binary protobuf), all or nothing"};
  spec.details = {
      "变更集是 jiceng.v1.ChangeSet（proto/jiceng/v1/change_set.proto）；JSON 也可以只写 changes 的数组。\n"
      "  {\"changes\": [\n"
      "    {\"rename\": {\"node\": \"unit:320102002001\", \"name\": \"新名社区\", \"on\": {\"year\": 2026, \"month\": "
      "7, \"day\": 1}}}\n"
      "  ], \"author\": \"李静\", \"basis\": \"民函〔2026〕3号\"}",
      "A change set is a jiceng.v1.ChangeSet (proto/jiceng/v1/change_set.proto); JSON may also be the bare array of "
      "changes.\n"
      "  {\"changes\": [\n"
      "    {\"rename\": {\"node\": \"unit:320102002001\", \"name\": \"新名社区\", \"on\": {\"year\": 2026, \"month\": "
      "7, \"day\": 1}}}\n"
      "  ], \"author\": \"Li Jing\", \"basis\": \"民函〔2026〕3号\"}"};
  spec.positionals = {StorePositional(),
                      {"CHANGES", {"变更集文件，.json 或 .binpb", "the change set, .json or .binpb"}}};
  spec.options = {{&kAuthorOption}, {&kReasonOption}, {&kBasisOption}, {&kRecordedAtOption}, {&kExpectedSeqOption}};
  spec.example = "jiceng apply demo.jiceng rename.json --reason 社区更名";
  spec.example_output = {"已应用 1 项变更，提交序号 2。", "Applied as commit 2; changes: 1."};
  spec.exits = {kDone,
                {1,
                 {"被拒绝：--expected-seq 已过时，新违反了政策包设为 block 的规则，或事项的一步不能办理",
                  "refused: --expected-seq is not the head, what a pack blocks is broken, or a step is not allowed"}},
                {2, {"命令写错", "the command line is wrong"}},
                {3,
                 {"变更集读不了、不合格或与库不符，什么都没有写入",
                  "the change set cannot be read, is malformed or does not fit the store; nothing was kept"}},
                kStoreTrouble};
  spec.run = RunApply;
  return spec;
}

}  // namespace jiceng::cli
