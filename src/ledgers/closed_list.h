// The closed lists a cell's word may come from: the catalogue's kinds and roles and the model's names.
#ifndef JICENG_LEDGERS_CLOSED_LIST_H_
#define JICENG_LEDGERS_CLOSED_LIST_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "ledgers/ledger.h"
#include "model/catalogue.h"
#include "model/tie.h"

namespace jiceng::ledgers {

// Looks a word up in the list of the cell type; `tie` matters to kManner only.
bool FindListed(CellType type, const model::Catalogue& catalogue, model::TieKind tie, std::string_view word,
                int64_t* number);

// Why the word is in no list: what the list has, and which of it is close.
std::string ListAdvice(CellType type, const model::Catalogue& catalogue, model::TieKind tie, std::string_view word);

}  // namespace jiceng::ledgers

#endif  // JICENG_LEDGERS_CLOSED_LIST_H_
