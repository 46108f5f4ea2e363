#include "benchmarks/postgres_side.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "benchmarks/fail.h"
#include "benchmarks/files.h"
#include "benchmarks/ledger_loader.h"
#include "benchmarks/postgres_server.h"
#include "benchmarks/sql_files.h"
#include "benchmarks/sql_texts.h"

namespace jiceng::benchmarks {
namespace {

// Of pg_type: int4, text.
constexpr Oid kInt = 23, kText = 25;

[[noreturn]] void FailIn(PGconn* connection, const std::string& sql) {
  Fail(std::string("postgres: ") + PQerrorMessage(connection) + " in " + sql);
}

void PutBigEndian(char* to, uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) to[i] = static_cast<char>(value >> (8 * (bytes - 1 - i)));
}

// Of the server's process for a connection, as far as it has come.
double CpuSecondsOf(PGconn* connection) {
  std::ifstream times("/proc/" + std::to_string(PQbackendPID(connection)) + "/schedstat");
  double nanoseconds = 0;
  times >> nanoseconds;
  return nanoseconds * 1e-9;
}

std::string Directory(const std::string& path) { return std::filesystem::path(path).parent_path().string(); }
std::string Database(const std::string& path) { return std::filesystem::path(path).filename().string(); }

// COPY in its binary form.  FREEZE: rows of a table made in the same transaction need no VACUUM afterwards.
class Copier final : public TableWriter {
 public:
  explicit Copier(PGconn* connection) : connection_(connection) {}

  void Begin(const std::string& table, size_t columns) override {
    sql_ = "COPY " + table + " FROM STDIN (FORMAT binary, FREEZE)";
    PGresult* result = PQexec(connection_, sql_.c_str());
    if (PQresultStatus(result) != PGRES_COPY_IN) FailIn(connection_, sql_);
    PQclear(result);
    columns_ = columns;
    buffer_.assign("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19);
  }
  void Row(const Cell* cells) override {
    Put(static_cast<uint32_t>(columns_), 2);
    for (size_t i = 0; i < columns_; ++i) {
      if (cells[i].type == Cell::kNumber) {
        Put(4, 4);
        Put(static_cast<uint32_t>(cells[i].number), 4);
      } else if (cells[i].type == Cell::kText) {
        Put(static_cast<uint32_t>(cells[i].text.size()), 4);
        buffer_.append(cells[i].text);
      } else {
        Put(0xFFFFFFFF, 4);
      }
    }
    if (buffer_.size() > (size_t{1} << 16)) Send();
  }
  void End() override {
    Put(0xFFFF, 2);
    Send();
    if (PQputCopyEnd(connection_, nullptr) != 1) FailIn(connection_, sql_);
    while (PGresult* result = PQgetResult(connection_)) {
      if (PQresultStatus(result) != PGRES_COMMAND_OK) FailIn(connection_, sql_);
      PQclear(result);
    }
  }

 private:
  void Put(uint32_t value, int bytes) {
    char number[4];
    PutBigEndian(number, value, bytes);
    buffer_.append(number, bytes);
  }
  void Send() {
    if (PQputCopyData(connection_, buffer_.data(), static_cast<int>(buffer_.size())) != 1) FailIn(connection_, sql_);
    buffer_.clear();
  }

  PGconn* connection_;
  std::string sql_, buffer_;
  size_t columns_ = 0;
};

}  // namespace

PostgresStatement::PostgresStatement(PGconn* connection, const std::string& name, const std::string& sql,
                                     std::vector<std::string> parameters)
    : connection_(connection), name_(name) {
  std::vector<Oid> types;
  for (std::string& parameter : parameters) {
    const bool number = parameter == ":d" || parameter == ":cutoff" || parameter == ":u" || parameter == ":p";
    types.push_back(number ? kInt : kText);
    parameters_.push_back({std::move(parameter), nullptr, 0, {}});
  }
  PGresult* result = PQprepare(connection, name.c_str(), sql.c_str(), static_cast<int>(types.size()), types.data());
  if (PQresultStatus(result) != PGRES_COMMAND_OK) FailIn(connection, sql);
  PQclear(result);
}

PostgresStatement::Parameter& PostgresStatement::At(const char* name) {
  for (Parameter& parameter : parameters_) {
    if (parameter.name == name) return parameter;
  }
  Fail(name_ + " has no parameter " + name);
}

PostgresStatement& PostgresStatement::Bind(const char* name, int64_t value) {
  Parameter& parameter = At(name);
  PutBigEndian(parameter.number, static_cast<uint32_t>(value), 4);
  parameter.value = nullptr;
  parameter.size = 4;
  return *this;
}

PostgresStatement& PostgresStatement::Bind(const char* name, std::string_view text) {
  Parameter& parameter = At(name);
  parameter.value = text.data();
  parameter.size = static_cast<int>(text.size());
  return *this;
}

PostgresStatement::Result PostgresStatement::Execute() {
  const char* values[4];
  int sizes[4];
  const int binary[4] = {1, 1, 1, 1};
  for (size_t i = 0; i < parameters_.size(); ++i) {
    const Parameter& parameter = parameters_[i];
    values[i] = parameter.value != nullptr ? parameter.value : parameter.number;
    sizes[i] = parameter.size;
  }
  Result result(
      PQexecPrepared(connection_, name_.c_str(), static_cast<int>(parameters_.size()), values, sizes, binary, 1));
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) FailIn(connection_, name_);
  return result;
}

bool PostgresStatement::IsText(Oid type) { return type == kText; }

int64_t PostgresStatement::Number(const char* bytes, int size) {
  uint64_t value = 0;
  for (int i = 0; i < size; ++i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return size == 8   ? static_cast<int64_t>(value)
         : size == 4 ? static_cast<int32_t>(value)
                     : static_cast<int64_t>(value);
}

PostgresEngine::Connection PostgresEngine::Connect(const std::string& path, const char* database) {
  const std::string address = PostgresServer::Address(Directory(path), database != nullptr ? database : Database(path));
  Connection connection(PQconnectdb(address.c_str()));
  if (PQstatus(connection.get()) != CONNECTION_OK) FailIn(connection.get(), address);
  return connection;
}

void PostgresEngine::Execute(PGconn* connection, const std::string& sql) {
  PGresult* result = PQexec(connection, sql.c_str());
  const ExecStatusType status = PQresultStatus(result);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) FailIn(connection, sql);
  PQclear(result);
}

double PostgresEngine::Import(const std::string& ledgers, const std::string& path) {
  const Connection server = Connect(path, "postgres");
  Execute(server.get(), "DROP DATABASE IF EXISTS " + Database(path));
  Execute(server.get(), "CREATE DATABASE " + Database(path));
  const Connection connection = Connect(path);
  Execute(connection.get(), "BEGIN");
  Execute(connection.get(), SchemaWithoutKeys());
  Copier copier(connection.get());
  LoadLedgers(ledgers, copier);
  std::vector<std::string> none;
  Execute(connection.get(), Standard(NamedStatements(kQueries)["fill-unit-above"], none));
  Execute(connection.get(), kPostgresIndexes);
  Execute(connection.get(), "COMMIT");
  Execute(connection.get(), "VACUUM unit_above");
  Execute(connection.get(), "ANALYZE");
  return CpuSecondsOf(server.get()) + CpuSecondsOf(connection.get());
}

void PostgresEngine::Copy(const std::string& path, const std::string& copy) {
  const Connection server = Connect(path, "postgres");
  Execute(server.get(), "DROP DATABASE IF EXISTS " + Database(copy));
  Execute(server.get(), "CREATE DATABASE " + Database(copy) + " TEMPLATE " + Database(path) + " STRATEGY file_copy");
}

double PostgresEngine::Bytes(const std::string& path) {
  PostgresEngine engine(path);
  PostgresStatement size(engine.connection_.get(), "size", "SELECT pg_database_size(current_database())", {});
  OneNumber bytes;
  size.Run(bytes);
  return static_cast<double>(bytes.value());
}

void PostgresEngine::Evict(const std::string& path) {
  PostgresServer::Stop();
  EvictFiles(Directory(path));
  PostgresServer::Start(Directory(path));
}

PostgresEngine::PostgresEngine(const std::string& path, Mode mode) : path_(path), connection_(Connect(path)) {
  if (mode == kRead) Execute(connection_.get(), "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
}

void PostgresEngine::Refresh() {
  Execute(connection_.get(), "COMMIT; BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
}

PostgresStatement PostgresEngine::Prepare(const std::string& name) {
  std::vector<std::string> parameters;
  const std::string sql = Standard(NamedStatements(kQueries).at(name), parameters);
  return PostgresStatement(connection_.get(), name, sql, std::move(parameters));
}

double PostgresEngine::CpuSecondsElsewhere() const { return CpuSecondsOf(connection_.get()); }

}  // namespace jiceng::benchmarks
