// A peer: DuckDB through its C API, in this process.
#ifndef JICENG_BENCHMARKS_DUCKDB_SIDE_H_
#define JICENG_BENCHMARKS_DUCKDB_SIDE_H_

#include <duckdb.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "benchmarks/files.h"
#include "benchmarks/mode.h"
#include "benchmarks/sql_side.h"

namespace jiceng::benchmarks {

// A prepared statement; its answer is read chunk by chunk as columns.
class DuckdbStatement {
 public:
  DuckdbStatement(duckdb_connection connection, const std::string& sql, std::vector<std::string> parameters);
  DuckdbStatement(DuckdbStatement&& other) noexcept
      : statement_(std::exchange(other.statement_, nullptr)), parameters_(std::move(other.parameters_)) {}
  ~DuckdbStatement() { duckdb_destroy_prepare(&statement_); }

  DuckdbStatement& Bind(const char* name, int64_t value);
  DuckdbStatement& Bind(const char* name, std::string_view text);

  template <class Sink>
  void Run(Sink& sink) {
    duckdb_result result = Execute();
    while (duckdb_data_chunk chunk = duckdb_fetch_chunk(result)) {
      Read(chunk, sink);
      duckdb_destroy_data_chunk(&chunk);
    }
    duckdb_destroy_result(&result);
  }

 private:
  struct Column {
    explicit Column(duckdb_vector vector);
    duckdb_type type;
    const void* data;
    uint64_t* valid;  // null: all are

    template <class T>
    const T& At(idx_t row) const {
      return static_cast<const T*>(data)[row];
    }
  };

  template <class Sink>
  static void Read(duckdb_data_chunk chunk, Sink& sink) {
    std::vector<Column> columns;
    for (idx_t i = 0; i < duckdb_data_chunk_get_column_count(chunk); ++i)
      columns.emplace_back(duckdb_data_chunk_get_vector(chunk, i));
    const idx_t rows = duckdb_data_chunk_get_size(chunk);
    for (idx_t row = 0; row < rows; ++row) {
      for (const Column& column : columns) {
        if (column.valid != nullptr && !duckdb_validity_row_is_valid(column.valid, row)) {
          sink.Null();
        } else if (column.type == DUCKDB_TYPE_INTEGER) {
          sink.Int(column.At<int32_t>(row));
        } else if (column.type == DUCKDB_TYPE_BIGINT) {
          sink.Int(column.At<int64_t>(row));
        } else if (column.type == DUCKDB_TYPE_BOOLEAN) {
          sink.Int(column.At<bool>(row));
        } else if (column.type == DUCKDB_TYPE_VARCHAR) {
          duckdb_string_t text = column.At<duckdb_string_t>(row);
          sink.Text({duckdb_string_t_data(&text), duckdb_string_t_length(text)});
        } else {
          Fail("duckdb: a column of a type that is not read: " + std::to_string(column.type));
        }
      }
      sink.EndRow();
    }
  }

  duckdb_result Execute();
  idx_t Place(const char* name) const;

  duckdb_prepared_statement statement_ = nullptr;
  std::vector<std::string> parameters_;
};

class DuckdbEngine {
 public:
  static constexpr const char* kName = "duckdb";
  static constexpr bool kHasProcessOfItsOwn = false;
  static constexpr size_t kPairs = 256;
  using Statement = DuckdbStatement;

  static std::string Version();
  // Loads the ledgers into a new database at `path`, in one transaction, written to its file before it is closed.
  static double Import(const std::string& ledgers, const std::string& path);
  static void Copy(const std::string& path, const std::string& copy) { CopyFiles(path, copy); }
  static double Bytes(const std::string& path) { return BytesOfFiles(path); }
  static void Evict(const std::string& path) { EvictFiles(path); }

  // For questions: one read transaction.
  explicit DuckdbEngine(const std::string& path, Mode mode = kRead);
  DuckdbEngine(Another, const DuckdbEngine& other);

  void Refresh();
  Statement Prepare(const std::string& name);
  static double CpuSecondsElsewhere() { return 0; }

 private:
  struct CloseDatabase {
    void operator()(duckdb_database database) const { duckdb_close(&database); }
  };
  struct Disconnect {
    void operator()(duckdb_connection connection) const { duckdb_disconnect(&connection); }
  };
  using Database = std::shared_ptr<std::remove_pointer_t<duckdb_database>>;
  using Connection = std::unique_ptr<std::remove_pointer_t<duckdb_connection>, Disconnect>;

  static Database Open(const std::string& path);
  static Connection Connect(duckdb_database database);
  static void Execute(duckdb_connection connection, const std::string& sql);

  Database database_;
  Connection connection_;
};

using DuckdbSide = SqlSide<DuckdbEngine>;

}  // namespace jiceng::benchmarks

#endif  // JICENG_BENCHMARKS_DUCKDB_SIDE_H_
