#include "store/sqlite/sqlite_store.h"

#include <utility>

#include "base/status.h"
#include "base/strings.h"
#include "store/sqlite/files.h"

namespace jiceng::store {
namespace {

// synchronous=FULL syncs the log at every commit.  No mmap: a file cut short by someone else would be a SIGBUS in the
// host.
constexpr char kSetup[] =
    "PRAGMA synchronous = FULL; PRAGMA cache_size = -16384; PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON; "
    "PRAGMA journal_size_limit = 16777216; PRAGMA temp_store = MEMORY";

// Sets the connection up and looks at everything that can be known without walking the log.
absl::Status SetUp(Connection* connection, const OpenOptions& options, StoreInfo* info) {
  RETURN_IF_ERROR(connection->Execute(kSetup));
  {
    Transaction transaction(connection);
    RETURN_IF_ERROR(transaction.Begin(Transaction::kRead));
    RETURN_IF_ERROR(CheckSchema(connection));
    RETURN_IF_ERROR(CheckComplete(connection));
    ASSIGN_OR_RETURN(*info, ReadInfo(connection));
    RETURN_IF_ERROR(transaction.Commit());
  }
  if (options.read_only) return absl::OkStatus();
  ASSIGN_OR_RETURN(const int64_t format, connection->QueryInt("PRAGMA user_version"));
  if (format >= kFormat) return absl::OkStatus();
  RETURN_IF_ERROR(Upgrade(connection));
  if (options.upgraded_from != nullptr) *options.upgraded_from = format;
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<SqliteStore>> SqliteStore::Open(const std::string& path, const OpenOptions& options) {
  std::unique_ptr<SqliteStore> store(new SqliteStore());
  store->random_ = base::RandomBytes(options.seed);
  store->read_only_ = options.read_only;
  const std::string file = ResolvePath(path);
  if (options.create) {
    NewFile fresh(file);
    RETURN_IF_ERROR(fresh.Prepare());
    StoreInfo info;
    store->random_.Fill(info.uuid.data(), info.uuid.size());
    store->random_.Fill(info.key.data(), info.key.size());
    RETURN_IF_ERROR(InitializeFile(fresh.temporary(), info));
    RETURN_IF_ERROR(fresh.Publish());
  }
  RETURN_IF_ERROR(CheckFile(file, options.read_only));
  RETURN_IF_ERROR(store->lock_file_.Acquire(file, /*best_effort=*/options.read_only));
  Connection* const connection = &store->connection_;
  RETURN_IF_ERROR(connection->Open(file, options.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE,
                                   options.busy_timeout_ms));
  RETURN_IF_ERROR(CheckHeader(connection));
  const absl::Status checked = SetUp(connection, options, &store->info_);
  if (!checked.ok()) return Diagnose(connection, checked);
  // A bulk append that was killed leaves the file without its log; where others are reading, the next append sees to
  // it.
  if (!options.read_only) sqlite3_exec(connection->db(), "PRAGMA journal_mode = WAL", nullptr, nullptr, nullptr);
  return store;
}

SqliteStore::~SqliteStore() {
  if (process_.InChild()) ForgetAll();
}

// In a forked child: leaks rather than closes, since closing would checkpoint and delete files the parent is using.
void SqliteStore::ForgetAll() {
  for (Statement* s : {&head_, &salt_, &commits_, &lengths_, &texts_of_node_, &identity_of_node_}) s->Forget();
  replay_.Forget();
  everything_.Forget();
  for (Inserter& insert : insert_nodes_) insert.Forget();
  for (Inserter* insert : {&insert_identity_, &insert_fact_, &insert_text_row_, &insert_text_, &insert_term_,
                           &insert_attachment_row_, &insert_attachment_, &insert_step_row_, &insert_step_, &insert_tie_,
                           &insert_tie_commitment_, &insert_tie_text_, &insert_commit_}) {
    insert->Forget();
  }
  connection_.Abandon();
  lock_file_.Abandon();
}

absl::StatusOr<Head> SqliteStore::ReadHead() {
  RETURN_IF_ERROR(process_.Check());
  std::lock_guard<std::mutex> lock(mutex_);
  return HeadNow();
}

absl::StatusOr<Head> SqliteStore::HeadNow() {
  RETURN_IF_ERROR(
      head_.Prepare(&connection_, "SELECT seq, recorded_at, hash FROM commit_log ORDER BY seq DESC LIMIT 1"));
  Rewinder rewinder(&head_);
  ASSIGN_OR_RETURN(const bool row, head_.Step());
  Head head;
  head.uuid = info_.uuid;
  if (!row) {
    head.hash = GenesisHash(info_.uuid);
    return head;
  }
  head.seq = head_.Int(0);
  head.recorded_at = head_.Int(1);
  if (!head_.Array(2, &head.hash)) return CorruptError(path(), base::StrCat("commit ", head.seq, " has no hash"));
  return head;
}

absl::Status SqliteStore::Backup(const std::string& file) {
  RETURN_IF_ERROR(process_.Check());
  NewFile copy(file);
  RETURN_IF_ERROR(copy.Prepare());
  {
    Connection to;
    RETURN_IF_ERROR(to.Open(copy.temporary(), SQLITE_OPEN_READWRITE, 0));
    RETURN_IF_ERROR(to.Execute("PRAGMA synchronous = EXTRA"));
    std::lock_guard<std::mutex> lock(mutex_);
    sqlite3_backup* const backup = sqlite3_backup_init(to.db(), "main", connection_.db(), "main");
    if (backup == nullptr) return to.Error();
    // All in one step, so in one read transaction: what others write meanwhile neither shows nor makes it start over.
    const int code = sqlite3_backup_step(backup, -1);
    const int finished = sqlite3_backup_finish(backup);
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED) return connection_.Error();
    if (code != SQLITE_DONE || finished != SQLITE_OK) return to.Error();
  }
  return copy.Publish();
}

}  // namespace jiceng::store
