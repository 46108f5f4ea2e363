/* A host that does the library's main job: HOST LIBRARY LEDGERS CHANGE...  Built as it is, with unsigned chars, and among
 * traps (traps.py).  `--call LIBRARY` calls a library that has none of our walls instead. */
#include <dlfcn.h>
#include <string.h>

#include "host.h"

/* Appends a file to `out` as a stream of changes has it: its length as a varint, then its bytes. */
static size_t append(const char* path, unsigned char* out, size_t room) {
  unsigned char bytes[1024];
  size_t size, left, at = 0;
  FILE* file = fopen(path, "rb");
  if (file == NULL) fail(path);
  size = fread(bytes, 1, sizeof(bytes), file);
  fclose(file);
  if (size + 2 > room || size == sizeof(bytes)) fail("the change is too long");
  for (left = size; left > 127; left >>= 7) out[at++] = (unsigned char)(left | 128);
  out[at++] = (unsigned char)left;
  memcpy(out + at, bytes, size);
  return at + size;
}

static void call(const char* path) {
  void* handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  void* symbol;
  void (*function)(void);
  if (handle == NULL) fail(dlerror());
  symbol = dlsym(handle, "unwalled");
  if (symbol == NULL) fail(dlerror());
  memcpy(&function, &symbol, sizeof(function));
  function();
}

int main(int argc, char** argv) {
  const library l = LIBRARY_LINKED;
  unsigned char changes[4096];
  size_t size = 0;
  int i;
  if (argc == 3 && strcmp(argv[1], "--call") == 0) {
    call(argv[2]);
    return 0;
  }
  if (argc < 4) return 2;
  for (i = 3; i < argc; ++i) size += append(argv[i], changes + size, sizeof(changes) - size);
  work(&l, "a.jiceng", argv[2], changes, size);
  return 0;
}
