#include "benchmarks/duckdb_side.h"

#include <algorithm>

#include "benchmarks/ledger_loader.h"
#include "benchmarks/sql_files.h"
#include "benchmarks/sql_texts.h"

namespace jiceng::benchmarks {
namespace {

// Rows gathered into columns, appended a chunk at a time.
class Appender final : public TableWriter {
 public:
  explicit Appender(duckdb_connection connection) : connection_(connection) {}

  void Begin(const std::string& table, size_t columns) override {
    if (duckdb_appender_create(connection_, nullptr, table.c_str(), &appender_) != DuckDBSuccess) FailHere();
    std::vector<duckdb_logical_type> types;
    for (size_t i = 0; i < columns; ++i) types.push_back(duckdb_appender_column_type(appender_, i));
    chunk_ = duckdb_create_data_chunk(types.data(), columns);
    for (duckdb_logical_type& type : types) duckdb_destroy_logical_type(&type);
    Look(columns);
  }
  void Row(const Cell* cells) override {
    for (size_t i = 0; i < vectors_.size(); ++i) {
      if (cells[i].type == Cell::kNumber) {
        numbers_[i][rows_] = cells[i].number;
      } else if (cells[i].type == Cell::kText) {
        duckdb_unsafe_vector_assign_string_element_len(vectors_[i], rows_, cells[i].text.data(), cells[i].text.size());
      } else {
        duckdb_vector_ensure_validity_writable(vectors_[i]);
        duckdb_validity_set_row_invalid(duckdb_vector_get_validity(vectors_[i]), rows_);
      }
    }
    if (++rows_ == duckdb_vector_size()) Append();
  }
  void End() override {
    Append();
    if (duckdb_appender_close(appender_) != DuckDBSuccess) FailHere();
    duckdb_appender_destroy(&appender_);
    duckdb_destroy_data_chunk(&chunk_);
  }

 private:
  void Look(size_t columns) {
    vectors_.clear();
    numbers_.clear();
    for (size_t i = 0; i < columns; ++i) {
      vectors_.push_back(duckdb_data_chunk_get_vector(chunk_, i));
      numbers_.push_back(static_cast<int32_t*>(duckdb_vector_get_data(vectors_.back())));
    }
  }
  void Append() {
    duckdb_data_chunk_set_size(chunk_, rows_);
    if (duckdb_append_data_chunk(appender_, chunk_) != DuckDBSuccess) FailHere();
    duckdb_data_chunk_reset(chunk_);
    Look(vectors_.size());
    rows_ = 0;
  }
  [[noreturn]] void FailHere() {
    const duckdb_error_data error = duckdb_appender_error_data(appender_);
    Fail(std::string("duckdb: ") + duckdb_error_data_message(error));
  }

  duckdb_connection connection_;
  duckdb_appender appender_ = nullptr;
  duckdb_data_chunk chunk_ = nullptr;
  std::vector<duckdb_vector> vectors_;
  std::vector<int32_t*> numbers_;
  idx_t rows_ = 0;
};

std::string Translated(const std::string& name, std::vector<std::string>& parameters) {
  const auto own = NamedStatements(kDuckdbQueries);
  return Standard(own.count(name) != 0 ? own.at(name) : NamedStatements(kQueries).at(name), parameters);
}

}  // namespace

DuckdbStatement::DuckdbStatement(duckdb_connection connection, const std::string& sql,
                                 std::vector<std::string> parameters)
    : parameters_(std::move(parameters)) {
  if (duckdb_prepare(connection, sql.c_str(), &statement_) != DuckDBSuccess)
    Fail(std::string("duckdb: ") + duckdb_prepare_error(statement_) + " in " + sql);
}

idx_t DuckdbStatement::Place(const char* name) const {
  const auto found = std::find(parameters_.begin(), parameters_.end(), name);
  if (found == parameters_.end()) Fail(std::string("a statement has no parameter ") + name);
  return static_cast<idx_t>(found - parameters_.begin()) + 1;
}

DuckdbStatement& DuckdbStatement::Bind(const char* name, int64_t value) {
  duckdb_bind_int32(statement_, Place(name), static_cast<int32_t>(value));
  return *this;
}

DuckdbStatement& DuckdbStatement::Bind(const char* name, std::string_view text) {
  duckdb_bind_varchar_length(statement_, Place(name), text.data(), text.size());
  return *this;
}

duckdb_result DuckdbStatement::Execute() {
  duckdb_result result;
  if (duckdb_execute_prepared(statement_, &result) != DuckDBSuccess)
    Fail(std::string("duckdb: ") + duckdb_result_error(&result));
  return result;
}

DuckdbStatement::Column::Column(duckdb_vector vector)
    : data(duckdb_vector_get_data(vector)), valid(duckdb_vector_get_validity(vector)) {
  duckdb_logical_type logical = duckdb_vector_get_column_type(vector);
  type = duckdb_get_type_id(logical);
  duckdb_destroy_logical_type(&logical);
}

std::string DuckdbEngine::Version() {
  const std::string version = duckdb_library_version();
  return version[0] == 'v' ? version.substr(1) : version;
}

DuckdbEngine::Database DuckdbEngine::Open(const std::string& path) {
  duckdb_config config = nullptr;
  duckdb_create_config(&config);
  duckdb_set_config(config, "threads", "1");
  duckdb_database database = nullptr;
  char* error = nullptr;
  if (duckdb_open_ext(path.c_str(), &database, config, &error) != DuckDBSuccess) Fail(std::string("duckdb: ") + error);
  duckdb_destroy_config(&config);
  return Database(database, CloseDatabase());
}

DuckdbEngine::Connection DuckdbEngine::Connect(duckdb_database database) {
  duckdb_connection connection = nullptr;
  if (duckdb_connect(database, &connection) != DuckDBSuccess) Fail("duckdb: no connection");
  return Connection(connection);
}

void DuckdbEngine::Execute(duckdb_connection connection, const std::string& sql) {
  duckdb_result result;
  if (duckdb_query(connection, sql.c_str(), &result) != DuckDBSuccess)
    Fail(std::string("duckdb: ") + duckdb_result_error(&result) + " in " + sql);
  duckdb_destroy_result(&result);
}

double DuckdbEngine::Import(const std::string& ledgers, const std::string& path) {
  RemoveFiles(path);
  const Database database = Open(path);
  const Connection connection = Connect(database.get());
  Execute(connection.get(), "BEGIN");
  Execute(connection.get(), SchemaWithoutKeys());
  Appender appender(connection.get());
  LoadLedgers(ledgers, appender);
  std::vector<std::string> none;
  Execute(connection.get(), Translated("fill-unit-above", none));
  Execute(connection.get(), kDuckdbIndexes);
  Execute(connection.get(), "COMMIT");
  Execute(connection.get(), "CHECKPOINT");
  return 0;
}

DuckdbEngine::DuckdbEngine(const std::string& path, Mode mode)
    : database_(Open(path)), connection_(Connect(database_.get())) {
  if (mode == kRead) Execute(connection_.get(), "BEGIN");
}

DuckdbEngine::DuckdbEngine(Another, const DuckdbEngine& other)
    : database_(other.database_), connection_(Connect(database_.get())) {
  Execute(connection_.get(), "BEGIN");
}

void DuckdbEngine::Refresh() { Execute(connection_.get(), "COMMIT; BEGIN"); }

DuckdbStatement DuckdbEngine::Prepare(const std::string& name) {
  std::vector<std::string> parameters;
  const std::string sql = Translated(name, parameters);
  return DuckdbStatement(connection_.get(), sql, std::move(parameters));
}

}  // namespace jiceng::benchmarks
