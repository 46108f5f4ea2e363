// The documented read-only views (docs/sql-views.md).
#ifndef JICENG_STORE_SQLITE_VIEWS_H_
#define JICENG_STORE_SQLITE_VIEWS_H_

#include <string>
#include <vector>

namespace jiceng::store {

// CREATE VIEW statements.  Views are for other processes; nothing in the library reads them.
std::vector<std::string> ViewStatements();

}  // namespace jiceng::store

#endif  // JICENG_STORE_SQLITE_VIEWS_H_
