/* Two copies of the library in one process, as when two bindings bring one each.  They work side by side; the second to
 * come is refused a store the first has open, and gets it when that is closed. */
#include "loading.h"

static void copy(const char* from, const char* to) {
  char buffer[65536];
  size_t size;
  FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
  if (in == NULL || out == NULL) fail("no copy");
  while ((size = fread(buffer, 1, sizeof(buffer), in)) > 0) {
    if (fwrite(buffer, 1, size, out) != size) fail("no copy");
  }
  fclose(in);
  fclose(out);
}

int main(int argc, char** argv) {
  library first, second;
  const char* reason;
  jiceng_store *store, *other;
  int64_t findings;
  if (argc < 3) return 2;
  copy(argv[1], "./second.so");
  load(argv[1], &first);
  load("./second.so", &second);
  if (first.audit == second.audit) fail("these are one copy");

  store = open_store(&first, "a.jiceng", JICENG_OPEN_CREATE, &reason);
  if (store == NULL) fail(reason);
  import_ledgers(&first, store, argv[2]);
  findings = audit(&first, store);
  if (open_store(&second, "a.jiceng", 0, &reason) != NULL) fail("the second copy got the store too");
  if (strcmp(reason, "STORE_HELD") != 0) fail(reason);
  other = open_store(&second, "memory:", JICENG_OPEN_CREATE, &reason);
  if (other == NULL) fail(reason);
  import_ledgers(&second, other, argv[2]);
  if (findings == 0 || audit(&second, other) != findings) fail("the copies do not agree");
  if (audit(&first, store) != findings) fail("the first copy has other findings now");
  second.store_close(other);
  first.store_close(store);

  other = open_store(&second, "a.jiceng", 0, &reason);
  if (other == NULL) fail(reason);
  if (audit(&second, other) != findings) fail("other findings in the second copy");
  second.store_close(other);
  return 0;
}
