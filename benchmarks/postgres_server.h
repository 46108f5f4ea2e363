// A PostgreSQL cluster of the benchmark's own, made where the benchmark works and reached by a socket that only this
// user can open.
// It runs as a child of this process: started by Start(), stopped by Stop(), at exit, and by the kernel
// when this process dies in any other way.
#ifndef JICENG_BENCHMARKS_POSTGRES_SERVER_H_
#define JICENG_BENCHMARKS_POSTGRES_SERVER_H_

#include <string>

namespace jiceng::benchmarks {

class PostgresServer {
 public:
  // Makes a new cluster in `directory`, what was there being removed, and starts it.  PostgreSQL refuses to run as
  // root: then it runs as the user postgres, else nobody.  Returns why it cannot be, or "".
  static std::string Make(const std::string& directory, bool small);
  static void Start(const std::string& directory);
  static void Stop();

  // The connection string for a database of the cluster, to whichever process has started it.
  static std::string Address(const std::string& directory, const std::string& database);
};

}  // namespace jiceng::benchmarks

#endif  // JICENG_BENCHMARKS_POSTGRES_SERVER_H_
