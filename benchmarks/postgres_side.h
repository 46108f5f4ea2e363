// A peer: PostgreSQL through libpq, a server of the benchmark's own (postgres_server.h) on the same machine.  A path is
// the directory of the cluster and, as its last part, the name of a database in it.
#ifndef JICENG_BENCHMARKS_POSTGRES_SIDE_H_
#define JICENG_BENCHMARKS_POSTGRES_SIDE_H_

#include <libpq-fe.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "benchmarks/mode.h"
#include "benchmarks/sql_side.h"

namespace jiceng::benchmarks {

// A statement prepared in the server; numbers cross as binary, both ways.
class PostgresStatement {
 public:
  PostgresStatement(PGconn* connection, const std::string& name, const std::string& sql,
                    std::vector<std::string> parameters);

  PostgresStatement& Bind(const char* name, int64_t value);
  PostgresStatement& Bind(const char* name, std::string_view text);  // not copied

  template <class Sink>
  void Run(Sink& sink) {
    const Result result = Execute();
    const int rows = PQntuples(result.get());
    const int columns = PQnfields(result.get());
    for (int row = 0; row < rows; ++row) {
      for (int i = 0; i < columns; ++i) {
        if (PQgetisnull(result.get(), row, i) != 0) {
          sink.Null();
        } else if (IsText(PQftype(result.get(), i))) {
          sink.Text({PQgetvalue(result.get(), row, i), static_cast<size_t>(PQgetlength(result.get(), row, i))});
        } else {
          sink.Int(Number(PQgetvalue(result.get(), row, i), PQgetlength(result.get(), row, i)));
        }
      }
      sink.EndRow();
    }
  }

 private:
  struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
  };
  using Result = std::unique_ptr<PGresult, Clear>;
  struct Parameter {
    std::string name;
    const char* value;
    int size;
    char number[4];
  };

  Result Execute();
  Parameter& At(const char* name);
  static bool IsText(Oid type);
  // Big-endian, of 1, 2, 4 or 8 bytes.
  static int64_t Number(const char* bytes, int size);

  PGconn* connection_;
  std::string name_;
  std::vector<Parameter> parameters_;
};

class PostgresEngine {
 public:
  static constexpr const char* kName = "postgres";
  static constexpr bool kHasProcessOfItsOwn = true;
  static constexpr size_t kPairs = 2048;
  using Statement = PostgresStatement;

  // Of the programs it is built to use.
  static std::string Version() { return JICENG_BENCHMARKS_POSTGRES_VERSION; }
  // Loads the ledgers into a new database by COPY, in one transaction, with its indexes.
  static double Import(const std::string& ledgers, const std::string& path);
  static void Copy(const std::string& path, const std::string& copy);
  static double Bytes(const std::string& path);
  // With the server, which is stopped meanwhile.
  static void Evict(const std::string& path);

  // For questions: one read transaction.
  explicit PostgresEngine(const std::string& path, Mode mode = kRead);
  PostgresEngine(Another, const PostgresEngine& other) : PostgresEngine(other.path_) {}

  void Refresh();
  Statement Prepare(const std::string& name);
  // Of the server's process for this connection.
  double CpuSecondsElsewhere() const;

 private:
  struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };
  using Connection = std::unique_ptr<PGconn, Finish>;

  static Connection Connect(const std::string& path, const char* database = nullptr);
  static void Execute(PGconn* connection, const std::string& sql);

  std::string path_;
  Connection connection_;
};

using PostgresSide = SqlSide<PostgresEngine>;

}  // namespace jiceng::benchmarks

#endif  // JICENG_BENCHMARKS_POSTGRES_SIDE_H_
