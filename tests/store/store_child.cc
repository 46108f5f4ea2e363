// The other process of process_test.cc.
//   store_child append STORE    appends commits of changing size until it is killed; prints a line after the first, a
//   small one store_child one STORE       appends one commit of seven rows
#include <cstdio>
#include <string>

#include "tests/store/store_fixture.h"

int main(int argc, char** argv) {
  using namespace jiceng::store;
  if (argc != 3) return 2;
  absl::StatusOr<std::unique_ptr<Store>> store = Open(argv[2], {});
  if (!store.ok()) return 3;
  if (std::string(argv[1]) == "one") return AppendNext(store->get(), ManyTies(7)).ok() ? 0 : 4;
  for (int i = 0;; ++i) {
    if (i == 1) {
      std::puts("begun");
      std::fflush(stdout);
    }
    if (!AppendNext(store->get(), ManyTies(i % 2 == 0 ? 3000 : 60000)).ok()) return 5;
  }
}
