/* A host that loads the library, uses it and lets it go, again and again; once with a store it has forgotten to close. */
#include "loading.h"

int main(int argc, char** argv) {
  library l;
  const char* reason;
  int64_t findings = -1;
  int i;
  if (argc < 3) return 2;
  for (i = 0; i < 50; ++i) {
    void* handle = load(argv[1], &l);
    jiceng_store* store = open_store(&l,
                                     i == 0  ? "a.jiceng"
                                     : i % 2 ? "memory:"
                                             : "a.jiceng",
                                     i == 0 || i % 2 ? JICENG_OPEN_CREATE : 0, &reason);
    if (store == NULL) fail(reason);
    if (i == 0 || i % 2) import_ledgers(&l, store, argv[2]);
    if (findings < 0) findings = audit(&l, store);
    if (findings == 0 || audit(&l, store) != findings) fail("other findings");
    if (i != 7) l.store_close(store);
    dlclose(handle);
  }
  return 0;
}
