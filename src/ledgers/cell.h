// One cell from text to value, by the type of its column.
#ifndef JICENG_LEDGERS_CELL_H_
#define JICENG_LEDGERS_CELL_H_

#include <string>
#include <string_view>

#include "ledgers/ledger.h"
#include "model/catalogue.h"
#include "model/tie.h"

namespace jiceng::ledgers {

// White space cut off both ends: ASCII's, the ideographic and the no-break space, and marks that have no width.
std::string_view TrimCellSlowly(std::string_view text);
inline std::string_view TrimCell(std::string_view text) {
  if (text.empty()) return text;
  const unsigned front = static_cast<unsigned char>(text.front()), back = static_cast<unsigned char>(text.back());
  return front - 0x21 < 0x5E && back - 0x21 < 0x5E ? text : TrimCellSlowly(text);
}

// What is wrong with a cell: a stable code and what was expected.
struct CellFault {
  const char* code = "";
  std::string message;
};

// Reads the cells of one column.  It owns the memory of cells whose text is not as written, so a cell ends with the
// next one read; keeps the value of the last word of a closed list, as columns repeat them.  The catalogue outlives it.
// One thread at a time.
class CellReader {
 public:
  // `tie` is the kind of tie whose manners a kManner column holds.
  CellReader(CellType type, const model::Catalogue* catalogue, model::TieKind tie)
      : type_(type), catalogue_(catalogue), tie_(tie) {}

  // Reads a trimmed text that is not empty.  False with `fault` filled when it is not of the type.
  bool Read(std::string_view text, Cell* cell, CellFault* fault);

 private:
  bool ReadId(std::string_view text, CellFault* fault) const;
  bool ReadUnitCode(std::string_view text, Cell* cell, CellFault* fault);
  bool ReadDate(std::string_view text, Cell* cell, CellFault* fault) const;
  bool ReadListed(std::string_view text, Cell* cell, CellFault* fault);
  bool ReadCount(std::string_view text, Cell* cell, CellFault* fault) const;
  bool ReadNode(std::string_view text, CellFault* fault) const;

  CellType type_;
  const model::Catalogue* catalogue_;
  model::TieKind tie_;
  std::string own_text_;
  std::string last_word_;
  int64_t last_number_ = 0;
};

}  // namespace jiceng::ledgers

#endif  // JICENG_LEDGERS_CELL_H_
