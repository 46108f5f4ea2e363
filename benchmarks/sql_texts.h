// The SQL of the peers: one text for all in the words of SQLite, put into those of the others where they differ.
#ifndef JICENG_BENCHMARKS_SQL_TEXTS_H_
#define JICENG_BENCHMARKS_SQL_TEXTS_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace jiceng::benchmarks {

// The statements of a text by their names.
std::map<std::string, std::string> NamedStatements(std::string_view text);

// schema.sql without keys and without SQLite's words.
std::string SchemaWithoutKeys();

// A statement for PostgreSQL and DuckDB: numbered parameters, whose names `parameters` gets in their order, and the
// standard's words for those of SQLite's own.
std::string Standard(std::string_view sql, std::vector<std::string>& parameters);

}  // namespace jiceng::benchmarks

#endif  // JICENG_BENCHMARKS_SQL_TEXTS_H_
