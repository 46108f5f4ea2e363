// The library's handles with an owner, and a way to pass them where the C calls want a place for their result.
#ifndef JICENG_CLI_HANDLES_H_
#define JICENG_CLI_HANDLES_H_

#include <jiceng/jiceng.h>

#include <memory>

namespace jiceng::cli {

template <typename T, void (*kFree)(T*)>
struct Freer {
  void operator()(T* handle) const { kFree(handle); }
};
using Error = std::unique_ptr<jiceng_error, Freer<jiceng_error, jiceng_error_free>>;
using Store = std::unique_ptr<jiceng_store, Freer<jiceng_store, jiceng_store_close>>;
using Snapshot = std::unique_ptr<jiceng_snapshot, Freer<jiceng_snapshot, jiceng_snapshot_close>>;
using Writer = std::unique_ptr<jiceng_writer, Freer<jiceng_writer, jiceng_writer_close>>;
using Table = std::unique_ptr<jiceng_table, Freer<jiceng_table, jiceng_table_free>>;
using Findings = std::unique_ptr<jiceng_findings, Freer<jiceng_findings, jiceng_findings_free>>;
using Monitor = std::unique_ptr<jiceng_monitor, Freer<jiceng_monitor, jiceng_monitor_close>>;
using ImportReport = std::unique_ptr<jiceng_import_report, Freer<jiceng_import_report, jiceng_import_report_free>>;

// Lives until the end of the full expression, then hands what the call stored to the owner.
template <typename Owner>
class OutParam {
 public:
  explicit OutParam(Owner& owner) : owner_(owner) {}
  OutParam(const OutParam&) = delete;
  OutParam& operator=(const OutParam&) = delete;
  ~OutParam() { owner_.reset(raw_); }
  operator typename Owner::pointer *() { return &raw_; }  // NOLINT: meant to be implicit

 private:
  Owner& owner_;
  typename Owner::pointer raw_ = nullptr;
};
template <typename Owner>
OutParam<Owner> Out(Owner& owner) {
  return OutParam<Owner>(owner);
}

}  // namespace jiceng::cli

#endif  // JICENG_CLI_HANDLES_H_
