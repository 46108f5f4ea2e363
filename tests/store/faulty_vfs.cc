#include "tests/store/faulty_vfs.h"

#include <sqlite3.h>

#include <limits>

namespace jiceng::store {
namespace {

// SQLite knows a VFS by its address and gives it no context with each call of a file, so the state is the process's.
sqlite3_vfs* g_real = nullptr;
sqlite3_vfs g_vfs;
constexpr int64_t kNever = std::numeric_limits<int64_t>::max();
int64_t g_operations = 0, g_fail_at = kNever;
bool g_forever = false, g_failed = false;

bool Fails() {
  ++g_operations;
  if (g_operations != g_fail_at && !(g_forever && g_operations > g_fail_at)) return false;
  g_failed = true;
  return true;
}

struct File {
  sqlite3_file base;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
sqlite3_file* Real(sqlite3_file* file) { return reinterpret_cast<File*>(file)->real(); }

int Close(sqlite3_file* f) { return Real(f)->pMethods->xClose(Real(f)); }
int Read(sqlite3_file* f, void* out, int size, sqlite3_int64 at) {
  return Fails() ? SQLITE_IOERR_READ : Real(f)->pMethods->xRead(Real(f), out, size, at);
}
int Write(sqlite3_file* f, const void* bytes, int size, sqlite3_int64 at) {
  if (!Fails()) return Real(f)->pMethods->xWrite(Real(f), bytes, size, at);
  if (g_operations % 2 == 0) Real(f)->pMethods->xWrite(Real(f), bytes, size / 2, at);
  return g_operations % 3 == 0 ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}
int Truncate(sqlite3_file* f, sqlite3_int64 size) {
  return Fails() ? SQLITE_IOERR_TRUNCATE : Real(f)->pMethods->xTruncate(Real(f), size);
}
int Sync(sqlite3_file* f, int flags) { return Fails() ? SQLITE_IOERR_FSYNC : Real(f)->pMethods->xSync(Real(f), flags); }
int FileSize(sqlite3_file* f, sqlite3_int64* size) { return Real(f)->pMethods->xFileSize(Real(f), size); }
int Lock(sqlite3_file* f, int level) { return Real(f)->pMethods->xLock(Real(f), level); }
int Unlock(sqlite3_file* f, int level) { return Real(f)->pMethods->xUnlock(Real(f), level); }
int CheckReserved(sqlite3_file* f, int* out) { return Real(f)->pMethods->xCheckReservedLock(Real(f), out); }
int Control(sqlite3_file* f, int op, void* arg) { return Real(f)->pMethods->xFileControl(Real(f), op, arg); }
int SectorSize(sqlite3_file* f) { return Real(f)->pMethods->xSectorSize(Real(f)); }
int Characteristics(sqlite3_file* f) { return Real(f)->pMethods->xDeviceCharacteristics(Real(f)); }
int ShmMap(sqlite3_file* f, int page, int size, int extend, void volatile** out) {
  return Real(f)->pMethods->xShmMap(Real(f), page, size, extend, out);
}
int ShmLock(sqlite3_file* f, int offset, int n, int flags) {
  return Real(f)->pMethods->xShmLock(Real(f), offset, n, flags);
}
void ShmBarrier(sqlite3_file* f) { Real(f)->pMethods->xShmBarrier(Real(f)); }
int ShmUnmap(sqlite3_file* f, int remove) { return Real(f)->pMethods->xShmUnmap(Real(f), remove); }

const sqlite3_io_methods kMethods = {
    2,        Close,         Read,    Write,      Truncate,        Sync,   FileSize, Lock,
    Unlock,   CheckReserved, Control, SectorSize, Characteristics, ShmMap, ShmLock,  ShmBarrier,
    ShmUnmap, nullptr,       nullptr};

int OpenFile(sqlite3_vfs*, const char* name, sqlite3_file* f, int flags, int* out_flags) {
  f->pMethods = nullptr;
  if (Fails()) return SQLITE_CANTOPEN;
  Real(f)->pMethods = nullptr;
  const int code = g_real->xOpen(g_real, name, Real(f), flags, out_flags);
  if (Real(f)->pMethods != nullptr) f->pMethods = &kMethods;
  return code;
}
int DeleteFile(sqlite3_vfs*, const char* name, int sync) {
  return Fails() ? SQLITE_IOERR_DELETE : g_real->xDelete(g_real, name, sync);
}

}  // namespace

FaultyDisk::FaultyDisk() {
  g_real = sqlite3_vfs_find(nullptr);
  g_vfs = *g_real;
  g_vfs.zName = "faulty";
  g_vfs.pNext = nullptr;
  g_vfs.szOsFile = static_cast<int>(sizeof(File)) + g_real->szOsFile;
  g_vfs.xOpen = OpenFile;
  g_vfs.xDelete = DeleteFile;
  Heal();
  sqlite3_vfs_register(&g_vfs, 1);
}

FaultyDisk::~FaultyDisk() {
  sqlite3_vfs_unregister(&g_vfs);
  sqlite3_vfs_register(g_real, 1);
}

void FaultyDisk::FailAt(int64_t nth, bool forever) {
  g_operations = 0;
  g_fail_at = nth;
  g_forever = forever;
  g_failed = false;
}

void FaultyDisk::Heal() { FailAt(kNever, false); }
bool FaultyDisk::failed() const { return g_failed; }
int64_t FaultyDisk::operations() const { return g_operations; }

}  // namespace jiceng::store
