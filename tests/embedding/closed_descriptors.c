/* A host that has closed its standard streams: no file of ours may come to lie where somebody prints. */
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "host.h"

static int child(const char* ledgers) {
  const library l = LIBRARY_LINKED;
  const char* reason;
  jiceng_table* problems = NULL;
  jiceng_store* store;
  int i;
  for (i = 0; i < 3; ++i) close(i);
  store = open_store(&l, "a.jiceng", JICENG_OPEN_CREATE, &reason);
  if (store == NULL) return 10;
  import_ledgers(&l, store, ledgers);
  if (jiceng_store_optimize(store, NULL, NULL, NULL) != JICENG_OK) return 11;
  /* What a library of the host's does that believes there is a stderr. */
  for (i = 0; i < 3; ++i) {
    if (write(i, "something went wrong\n", 21) > 0) return 20 + i;
  }
  jiceng_store_close(store);
  store = open_store(&l, "a.jiceng", 0, &reason);
  if (store == NULL) return 12;
  if (audit(&l, store) == 0) return 13;
  for (i = 0; i < 3; ++i) {
    if (write(i, "something went wrong\n", 21) > 0) return 30 + i;
  }
  if (jiceng_store_verify(store, NULL, NULL, &problems, NULL) != JICENG_OK) return 14;
  if (jiceng_table_rows(problems) != 0) return 15;
  jiceng_table_free(problems);
  jiceng_store_close(store);
  return 0;
}

int main(int argc, char** argv) {
  int status = 0;
  pid_t pid;
  if (argc < 3) return 2;
  pid = fork();
  if (pid == 0) _exit(child(argv[2]));
  waitpid(pid, &status, 0);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    printf("the child came to %d\n", WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status));
    return 1;
  }
  return 0;
}
