/* A host with a database of its own open, in the middle of a transaction, while the library works on its store. */
#include <sqlite3.h>

#include "host.h"

static void run(sqlite3* db, const char* sql) {
  if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) fail(sqlite3_errmsg(db));
}

int main(int argc, char** argv) {
  const library l = LIBRARY_LINKED;
  const char* reason;
  sqlite3* db = NULL;
  sqlite3_stmt* read = NULL;
  jiceng_store* store;
  int64_t findings;
  if (argc < 3) return 2;
  if (sqlite3_open("host.db", &db) != SQLITE_OK) fail("no database");
  run(db, "CREATE TABLE t (x); BEGIN; INSERT INTO t VALUES (1)");
  store = open_store(&l, "a.jiceng", JICENG_OPEN_CREATE, &reason);
  if (store == NULL) fail(reason);
  import_ledgers(&l, store, argv[2]);
  run(db, "INSERT INTO t VALUES (2)");
  findings = audit(&l, store);
  jiceng_store_close(store);
  run(db, "COMMIT");
  store = open_store(&l, "a.jiceng", 0, &reason);
  if (store == NULL) fail(reason);
  if (findings == 0 || audit(&l, store) != findings) fail("other findings");
  jiceng_store_close(store);
  if (sqlite3_prepare_v2(db, "SELECT sum(x) FROM t", -1, &read, NULL) != SQLITE_OK ||
      sqlite3_step(read) != SQLITE_ROW || sqlite3_column_int(read, 0) != 3) {
    fail("the host's rows are not its own");
  }
  sqlite3_finalize(read);
  sqlite3_close(db);
  return 0;
}
