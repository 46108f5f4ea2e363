// How the loader of ledgers hands its rows to a peer: table by table, in the order the peer's tables are clustered in.
#ifndef JICENG_BENCHMARKS_TABLE_WRITER_H_
#define JICENG_BENCHMARKS_TABLE_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace jiceng::benchmarks {

struct Cell {
  enum Type { kNull, kNumber, kText };
  Cell(int32_t value) : type(kNumber), number(value) {}
  Cell(std::string_view value) : type(kText), text(value) {}
  static Cell OrNull(int32_t value) { return value == 0 ? Cell(kNull) : Cell(value); }
  static Cell OrNull(std::string_view value) { return value.empty() ? Cell(kNull) : Cell(value); }

  Type type;
  int32_t number = 0;
  std::string_view text;

 private:
  explicit Cell(Type what) : type(what) {}
};

class TableWriter {
 public:
  virtual ~TableWriter() = default;
  virtual void Begin(const std::string& table, size_t columns) = 0;
  // As many cells as Begin() was told; their texts live until End().
  virtual void Row(const Cell* cells) = 0;
  virtual void End() = 0;
};

}  // namespace jiceng::benchmarks

#endif  // JICENG_BENCHMARKS_TABLE_WRITER_H_
