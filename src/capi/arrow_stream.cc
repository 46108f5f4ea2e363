#include "capi/arrow_stream.h"

#include <algorithm>
#include <cerrno>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/status.h"

namespace jiceng::capi {
namespace {

constexpr size_t kBatchRows = 65'536;

// --- Schemas and arrays are the same kind of thing: a struct that owns its children and what it points at.  Its owner
// lies behind private_data; until a struct is whole it has no release and belongs to nobody but its owner.

template <typename Struct>
struct Owner {
  Owner() = default;
  Owner(const Owner&) = delete;
  Owner& operator=(const Owner&) = delete;
  virtual ~Owner() {
    for (Struct& child : children) {
      if (child.release != nullptr) child.release(&child);  // one that was moved away has none
    }
    if (dictionary.release != nullptr) dictionary.release(&dictionary);
  }
  void MakeChildren(size_t count) {
    children.resize(count);
    for (Struct& child : children) pointers.push_back(&child);
  }
  std::vector<Struct> children;
  std::vector<Struct*> pointers;
  Struct dictionary{};
};

template <typename Struct, typename Made>
void Hand(std::unique_ptr<Made> owner, Struct* out) {
  out->n_children = static_cast<int64_t>(owner->children.size());
  out->children = owner->pointers.empty() ? nullptr : owner->pointers.data();
  out->dictionary = owner->dictionary.release == nullptr ? nullptr : &owner->dictionary;
  out->private_data = owner.release();
  out->release = [](Struct* self) {
    delete static_cast<Made*>(self->private_data);
    self->private_data = nullptr;
    self->release = nullptr;
  };
}

// Of static storage are the formats and the names.
using SchemaOwner = Owner<ArrowSchema>;

struct ArrayOwner : Owner<ArrowArray> {
  std::shared_ptr<const TableData> table;  // what buffers may point into
  std::vector<uint8_t> validity, bits;
  std::vector<int32_t> offsets, days;
  std::string bytes;
  const void* buffers[3] = {};
};

// --- Schemas.

void MakeSchema(const char* format, const char* name, ArrowSchema* out,
                std::unique_ptr<SchemaOwner> owner = std::make_unique<SchemaOwner>()) {
  *out = {};
  out->format = format;
  out->name = name;
  out->flags = ARROW_FLAG_NULLABLE;
  Hand(std::move(owner), out);
}

void MakeSchema(const Column& column, ArrowSchema* out) {
  auto owner = std::make_unique<SchemaOwner>();
  switch (column.type) {
    case JICENG_COLUMN_BOOL:
      return MakeSchema("b", column.name, out);
    case JICENG_COLUMN_DATE:
      return MakeSchema("tdD", column.name, out);
    case JICENG_COLUMN_TIME:
      return MakeSchema("tss:UTC", column.name, out);
    case JICENG_COLUMN_TEXT:
      if (!column.of_words) return MakeSchema("u", column.name, out);
      MakeSchema("u", "", &owner->dictionary);
      return MakeSchema("C", column.name, out, std::move(owner));
    case JICENG_COLUMN_TEXT_LIST:
      owner->MakeChildren(1);
      MakeSchema("u", "item", &owner->children[0]);
      return MakeSchema("+l", column.name, out, std::move(owner));
    default:
      return MakeSchema("l", column.name, out);
  }
}

void MakeSchema(const TableData& table, ArrowSchema* out) {
  auto owner = std::make_unique<SchemaOwner>();
  owner->MakeChildren(table.columns.size());
  for (size_t i = 0; i < table.columns.size(); ++i) MakeSchema(*table.columns[i], &owner->children[i]);
  MakeSchema("+s", "", out, std::move(owner));
  out->flags = 0;
}

// --- Arrays.

void SetBit(std::vector<uint8_t>* bits, size_t place) {
  (*bits)[place / 8] = static_cast<uint8_t>((*bits)[place / 8] | 1u << place % 8);
}

// The texts `text(i)` of [0, count) behind each other.
template <typename Text>
void FillTexts(size_t count, Text text, ArrayOwner* owner) {
  owner->offsets.reserve(count + 1);
  owner->offsets.push_back(0);
  for (size_t i = 0; i < count; ++i) {
    owner->bytes.append(text(i));
    if (owner->bytes.size() > std::numeric_limits<int32_t>::max()) throw std::length_error("texts of a batch");
    owner->offsets.push_back(static_cast<int32_t>(owner->bytes.size()));
  }
  owner->buffers[1] = owner->offsets.data();
  owner->buffers[2] = owner->bytes.data();
}

void HandArray(std::unique_ptr<ArrayOwner> owner, size_t length, int64_t nulls, int64_t buffers, ArrowArray* out) {
  *out = {};
  out->length = static_cast<int64_t>(length);
  out->null_count = nulls;
  out->n_buffers = buffers;
  out->buffers = owner->buffers;
  Hand(std::move(owner), out);
}

// Texts none of which is null.
template <typename Text>
void MakeTexts(size_t count, Text text, ArrowArray* out) {
  auto owner = std::make_unique<ArrayOwner>();
  FillTexts(count, text, owner.get());
  HandArray(std::move(owner), count, 0, 3, out);
}

// Rows [first, first + count) of a column.
void MakeArray(std::shared_ptr<const TableData> table, const Column& column, size_t first, size_t count,
               ArrowArray* out) {
  auto owner = std::make_unique<ArrayOwner>();
  int64_t nulls = 0;
  for (size_t i = 0; i < count; ++i) nulls += column.IsNull(first + i) ? 1 : 0;
  if (nulls > 0) {
    owner->validity.resize((count + 7) / 8);
    for (size_t i = 0; i < count; ++i) {
      if (!column.IsNull(first + i)) SetBit(&owner->validity, i);
    }
    owner->buffers[0] = owner->validity.data();
  }
  int64_t buffers = 2;
  switch (column.type) {
    case JICENG_COLUMN_BOOL:
      owner->bits.resize((count + 7) / 8);
      for (size_t i = 0; i < count; ++i) {
        if (column.numbers[first + i] != 0) SetBit(&owner->bits, i);
      }
      owner->buffers[1] = owner->bits.data();
      break;
    case JICENG_COLUMN_DATE: {
      owner->days.resize(count);
      int64_t last = 0;
      int32_t days = 0;  // of `last`: neighbours often share a day
      for (size_t i = 0; i < count; ++i) {
        const int64_t number = column.numbers[first + i];
        if (number == 0) continue;
        if (number != last)
          days = base::Date::FromNumber(static_cast<int32_t>(number), base::Date()).value_or(base::Date()).days();
        last = number;
        owner->days[i] = days;
      }
      owner->buffers[1] = owner->days.data();
      break;
    }
    case JICENG_COLUMN_TEXT:
      if (column.of_words) {
        owner->buffers[1] = column.words.data() + first;
        if (nulls > 0) {  // some readers look a null up all the same
          owner->bits.assign(column.words.begin() + static_cast<std::ptrdiff_t>(first),
                             column.words.begin() + static_cast<std::ptrdiff_t>(first + count));
          std::replace(owner->bits.begin(), owner->bits.end(), Column::kNoWord, uint8_t{0});
          owner->buffers[1] = owner->bits.data();
        }
        MakeTexts(
            column.texts.size() - 1, [&](size_t i) { return column.Text(i); }, &owner->dictionary);
        break;
      }
      FillTexts(
          count, [&](size_t i) { return column.TextOf(first + i); }, owner.get());
      buffers = 3;
      break;
    case JICENG_COLUMN_TEXT_LIST: {
      const size_t begin = column.lists[first];
      owner->offsets.reserve(count + 1);
      for (size_t i = 0; i <= count; ++i) {
        owner->offsets.push_back(static_cast<int32_t>(column.lists[first + i] - begin));
      }
      owner->buffers[1] = owner->offsets.data();
      owner->MakeChildren(1);
      MakeTexts(
          column.lists[first + count] - begin, [&](size_t i) { return column.Text(begin + i); }, &owner->children[0]);
      break;
    }
    default:
      owner->buffers[1] = column.numbers.data() + first;
      break;
  }
  owner->table = std::move(table);
  HandArray(std::move(owner), count, nulls, buffers, out);
}

void MakeBatch(const std::shared_ptr<const TableData>& table, size_t first, size_t count, ArrowArray* out) {
  auto owner = std::make_unique<ArrayOwner>();
  owner->MakeChildren(table->columns.size());
  for (size_t i = 0; i < table->columns.size(); ++i) {
    MakeArray(table, *table->columns[i], first, count, &owner->children[i]);
  }
  HandArray(std::move(owner), count, 0, 1, out);
}

// --- The stream.

class Stream {
 public:
  explicit Stream(NextTable next) : next_(std::move(next)) {}

  // Takes the first table; its columns are the schema.
  absl::Status Begin() { return Advance(); }

  static int GetSchema(ArrowArrayStream* self, ArrowSchema* out) noexcept {
    return Of(self)->Run(out, [out](Stream* stream) {
      MakeSchema(*stream->first_, out);
      return absl::OkStatus();
    });
  }

  static int GetNext(ArrowArrayStream* self, ArrowArray* out) noexcept {
    return Of(self)->Run(out, [out](Stream* stream) -> absl::Status {
      while (stream->table_ != nullptr && stream->row_ >= static_cast<size_t>(stream->table_->rows)) {
        RETURN_IF_ERROR(stream->Advance());
      }
      if (stream->table_ == nullptr) return absl::OkStatus();  // a released array is the end
      const size_t count = std::min(kBatchRows, static_cast<size_t>(stream->table_->rows) - stream->row_);
      MakeBatch(stream->table_, stream->row_, count, out);
      stream->row_ += count;
      return absl::OkStatus();
    });
  }

  static const char* GetLastError(ArrowArrayStream* self) noexcept {
    const Stream& stream = *Of(self);
    return stream.out_of_memory_ ? "out of memory" : stream.error_.empty() ? nullptr : stream.error_.c_str();
  }

  static void Release(ArrowArrayStream* self) noexcept {
    delete Of(self);
    self->private_data = nullptr;
    self->release = nullptr;
  }

 private:
  static Stream* Of(ArrowArrayStream* self) { return static_cast<Stream*>(self->private_data); }

  absl::Status Advance() {
    ASSIGN_OR_RETURN(table_, next_());
    row_ = 0;
    if (first_ == nullptr) first_ = table_;
    return absl::OkStatus();
  }

  // Clears the output, runs, and tells what went wrong as an errno.
  template <typename Out, typename Fn>
  int Run(Out* out, Fn fn) noexcept {
    *out = {};
    out_of_memory_ = false;
    try {
      error_.clear();
      const absl::Status status = fn(this);
      if (status.ok()) return 0;
      error_.assign(status.message().data(), status.message().size());
      return EIO;
    } catch (...) {  // of memory: there is nothing else that throws
      out_of_memory_ = true;
      return ENOMEM;
    }
  }

  NextTable next_;
  std::shared_ptr<const TableData> first_, table_;  // null at the end
  size_t row_ = 0;
  std::string error_;
  bool out_of_memory_ = false;
};

}  // namespace

absl::Status MakeStream(NextTable next, ArrowArrayStream* out) {
  auto stream = std::make_unique<Stream>(std::move(next));
  RETURN_IF_ERROR(stream->Begin());
  out->get_schema = Stream::GetSchema;
  out->get_next = Stream::GetNext;
  out->get_last_error = Stream::GetLastError;
  out->release = Stream::Release;
  out->private_data = stream.release();
  return absl::OkStatus();
}

}  // namespace jiceng::capi
