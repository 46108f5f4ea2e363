#include "engine/into_builder.h"

namespace jiceng::engine {

void BaseReader::Fold() {
  auto base = Finish({});
  if (!base.ok()) {
    status_ = base.status();
    return;
  }
  below_ = std::make_shared<const graph::Snapshot>(*std::move(base));
  builder_ = graph::BaseBuilder();
  builder_.Load(*below_);
  rows_ = 1;
}

absl::StatusOr<std::shared_ptr<const graph::Base>> BaseReader::Finish(const graph::Stamp& stamp) {
  RETURN_IF_ERROR(status_);
  std::unique_ptr<graph::NewFile> file;
  if (!path_.empty()) {
    auto created = graph::NewFile::Create(path_);
    if (created.ok()) {
      file = *std::move(created);
      file->DropName();
    }
  }
  return builder_.Finish(stamp, std::move(file));
}

}  // namespace jiceng::engine
