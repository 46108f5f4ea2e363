#include "benchmarks/postgres_server.h"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <vector>

#include "benchmarks/fail.h"

namespace jiceng::benchmarks {
namespace {

namespace fs = std::filesystem;

pid_t server = 0;
char sockets[] = "/tmp/jiceng_benchmark.XXXXXX";  // the path of a socket is at most 107 bytes long: not in the cluster

// Whom a child becomes; nobody when this process is not root.
const passwd* Unprivileged() {
  if (::geteuid() != 0) return nullptr;
  const passwd* user = ::getpwnam("postgres");
  return user != nullptr ? user : ::getpwnam("nobody");
}

void GiveAway(const std::string& path) {
  const passwd* user = Unprivileged();
  if (user != nullptr && ::chown(path.c_str(), user->pw_uid, user->pw_gid) != 0) Fail("no owner for " + path);
}

// Starts a program of PostgreSQL as the unprivileged user, its output appended to `log`.  `last_signal` is what it gets
// when this process dies.
pid_t Spawn(const std::vector<std::string>& words, const std::string& log, int last_signal) {
  const passwd* user = Unprivileged();
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child < 0) Fail("no child process");
  if (child > 0) return child;
  const int output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
  if (output >= 0) {
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
  }
  if (user != nullptr) {
    if (::setgroups(0, nullptr) != 0 || ::setgid(user->pw_gid) != 0 || ::setuid(user->pw_uid) != 0) ::_exit(127);
  }
  ::prctl(PR_SET_PDEATHSIG, last_signal);  // after setuid(), which takes it back
  if (::getppid() != parent) ::_exit(127);
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  if (::chdir("/") == 0) ::execv(arguments[0], arguments.data());
  ::_exit(127);
}

int Wait(pid_t child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

// What an administrator sets for a database of its own on a machine that it has for itself: a quarter of the memory for
// its pages, the rest left to the page cache.  Parallel work is off: every side has one thread.  JIT is off: it costs
// more than it brings here.  Statements are planned once and joins done in the order they are written in: over ends of
// intervals the planner guesses badly, and planning every time costs a small question more than it gains.
// No replica is fed, so a load of new tables need not be logged row by row.
std::string Settings(bool small) {
  const int64_t megabytes =
      static_cast<int64_t>(::sysconf(_SC_PHYS_PAGES)) * ::sysconf(_SC_PAGESIZE) / (int64_t{1} << 20);
  const auto size = [&](int64_t share) { return std::to_string(small ? 128 : megabytes / share) + "MB'\n"; };
  return "shared_buffers = '" + size(4) + "effective_cache_size = '" + size(2) + "maintenance_work_mem = '" + size(24) +
         "work_mem = '" + size(96) +
         "huge_pages = try\n"
         "fsync = on\n"
         "synchronous_commit = on\n"
         "full_page_writes = on\n"
         "wal_level = minimal\n"
         "max_wal_senders = 0\n"
         "max_wal_size = '8GB'\n"
         "checkpoint_timeout = '30min'\n"
         "random_page_cost = 1.1\n"
         "jit = off\n"
         "plan_cache_mode = force_generic_plan\n"
         "join_collapse_limit = 1\n"
         "max_parallel_workers_per_gather = 0\n"
         "max_parallel_maintenance_workers = 0\n"
         "autovacuum = off\n"  // what an import changes is analysed by the import
         "max_connections = 20\n"
         "client_min_messages = warning\n"
         "listen_addresses = ''\n"
         "unix_socket_permissions = 0700\n";
}

std::string Log(const std::string& directory) { return directory + ".log"; }

std::string Program(const char* name) { return std::string(JICENG_BENCHMARKS_POSTGRES_PROGRAMS) + "/" + name; }

}  // namespace

std::string PostgresServer::Make(const std::string& directory, bool small) {
  fs::remove_all(directory);
  fs::remove(Log(directory));
  fs::create_directory(directory);
  GiveAway(directory);
  if (::access(Program("initdb").c_str(), X_OK) != 0) return Program("initdb") + " is gone";
  const pid_t child = Spawn({Program("initdb"), "--pgdata=" + directory, "--auth=trust", "--username=benchmark",
                             "--encoding=UTF8", "--locale=C", "--no-instructions"},
                            Log(directory), SIGKILL);
  if (Wait(child) != 0) return "initdb has not made a cluster, see " + Log(directory);
  std::ofstream(directory + "/postgresql.auto.conf", std::ios::app) << Settings(small);
  if (::mkdtemp(sockets) == nullptr) return "no directory for a socket in /tmp";
  GiveAway(sockets);
  Start(directory);
  std::atexit([] {
    Stop();
    ::rmdir(sockets);
  });
  return "";
}

void PostgresServer::Start(const std::string& directory) {
  server = Spawn({Program("postgres"), "-D", directory, "-k", sockets}, Log(directory), SIGINT);
  // The eighth line says when connections are let in.
  for (int tries = 0; tries < 3000; ++tries) {
    std::ifstream state(directory + "/postmaster.pid");
    std::string line;
    for (int i = 0; i < 8 && std::getline(state, line); ++i) continue;
    if (state && line.rfind("ready", 0) == 0) return;
    if (::waitpid(server, nullptr, WNOHANG) == server) break;
    ::usleep(10000);
  }
  server = 0;
  Fail("PostgreSQL has not started, see " + Log(directory));
}

void PostgresServer::Stop() {
  if (server == 0) return;
  ::kill(server, SIGINT);  // ends its connections, writes what is to be written
  Wait(server);
  server = 0;
}

std::string PostgresServer::Address(const std::string& directory, const std::string& database) {
  std::ifstream state(directory + "/postmaster.pid");
  std::string line;
  for (int i = 0; i < 5; ++i) std::getline(state, line);
  return "host=" + line + " user=benchmark dbname=" + database;
}

}  // namespace jiceng::benchmarks
