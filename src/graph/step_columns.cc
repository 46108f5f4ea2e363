#include "graph/step_columns.h"

#include <algorithm>

#include "graph/base.h"
#include "graph/column_writer.h"

namespace jiceng::graph {

bool StepColumns::Read(const ColumnFile& file, StepColumns* columns) {
  columns->fields_ = file.Column<int32_t>(ColumnId(kGroupStep, 0, 0));
  columns->offsets_ = file.Column<uint64_t>(ColumnId(kGroupStep, 0, 1));
  columns->bytes_ = file.Column<char>(ColumnId(kGroupStep, 0, 2));
  columns->next_matter_ = file.Column<uint32_t>(ColumnId(kGroupStep, 0, 3));
  if (columns->fields_.size() != columns->offsets_.size() * kFields) return false;
  return columns->size() == 0 || columns->KeyAt(columns->size() - 1).first < columns->next_matter();
}

model::StepRow::Key StepColumns::KeyAt(size_t index) const {
  return {static_cast<uint32_t>(fields_[index * kFields]), fields_[index * kFields + 1]};
}

model::StepRow StepColumns::At(size_t index) const {
  const absl::Span<const int32_t> f = fields_.subspan(index * kFields, kFields);
  model::StepRow row;
  row.matter = static_cast<uint32_t>(f[0]);
  row.number = f[1];
  row.about = model::NodeNumber::FromBits(static_cast<uint32_t>(f[2]));
  row.day = base::Date::FromDays(f[3]);
  row.minute = f[4];
  row.actor = model::NodeNumber::FromBits(static_cast<uint32_t>(f[5]));
  // A damaged file gives nothing rather than what lies outside it.
  const uint64_t offset = std::min<uint64_t>(offsets_[index], bytes_.size());
  const uint64_t word = std::min<uint64_t>(static_cast<uint32_t>(f[6]), bytes_.size() - offset);
  const uint64_t content = std::min<uint64_t>(static_cast<uint32_t>(f[7]), bytes_.size() - offset - word);
  row.word.assign(bytes_.data() + offset, word);
  row.content.assign(bytes_.data() + offset + word, content);
  return row;
}

size_t StepColumns::LowerBound(const model::StepRow::Key& key) const {
  size_t first = 0, last = size();
  while (first < last) {
    const size_t middle = first + (last - first) / 2;
    if (KeyAt(middle) < key) {
      first = middle + 1;
    } else {
      last = middle;
    }
  }
  return first;
}

void WriteSteps(const StepColumns& below, const std::map<model::StepRow::Key, model::StepRow>& rows,
                uint32_t next_matter, ColumnWriter* writer) {
  if (next_matter <= 1) return;
  const auto for_each = [&](auto visit) {
    auto next = rows.begin();
    const auto visit_row = [&](const model::StepRow& row) {
      if (!row.withdrawn) visit(row);
    };
    for (size_t i = 0; i < below.size(); ++i) {
      const model::StepRow::Key key = below.KeyAt(i);
      for (; next != rows.end() && next->first < key; ++next) visit_row(next->second);
      if (next == rows.end() || key < next->first) visit(below.At(i));
    }
    for (; next != rows.end(); ++next) visit_row(next->second);
  };
  ColumnAppender<int32_t> fields(ColumnId(kGroupStep, 0, 0), writer);
  for_each([&](const model::StepRow& row) {
    for (const int32_t v : {static_cast<int32_t>(row.matter), row.number, static_cast<int32_t>(row.about.bits()),
                            row.day.days(), row.minute, static_cast<int32_t>(row.actor.bits()),
                            static_cast<int32_t>(row.word.size()), static_cast<int32_t>(row.content.size())}) {
      fields.Add(v);
    }
  });
  fields.End();
  ColumnAppender<uint64_t> offsets(ColumnId(kGroupStep, 0, 1), writer);
  uint64_t offset = 0;
  for_each([&](const model::StepRow& row) {
    offsets.Add(offset);
    offset += row.word.size() + row.content.size();
  });
  offsets.End();
  ColumnAppender<char> bytes(ColumnId(kGroupStep, 0, 2), writer);
  for_each([&](const model::StepRow& row) {
    for (const char c : row.word) bytes.Add(c);
    for (const char c : row.content) bytes.Add(c);
  });
  bytes.End();
  writer->Add(ColumnId(kGroupStep, 0, 3), std::vector<uint32_t>{next_matter});
}

}  // namespace jiceng::graph
