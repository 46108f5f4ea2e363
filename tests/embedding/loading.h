/* Loading the library as bindings do. */
#ifndef TESTS_EMBEDDING_LOADING_H
#define TESTS_EMBEDDING_LOADING_H

#include <dlfcn.h>
#include <string.h>

#include "host.h"

static void* load(const char* path, library* l) {
  static const char* const names[] = LIBRARY_NAMES;
  size_t i;
  void* handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (handle == NULL) fail(dlerror());
  for (i = 0; i < sizeof(names) / sizeof(names[0]); ++i) {
    void* function = dlsym(handle, names[i]);
    if (function == NULL) fail(names[i]);
    memcpy((char*)l + i * sizeof(void*), &function, sizeof(function));
  }
  return handle;
}

#endif
