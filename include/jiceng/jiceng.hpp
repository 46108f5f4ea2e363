// jiceng for C++17 and later: the C interface with values that close themselves.  Header-only, nothing but the standard
// library.  What crosses into the library is C, so a host's compiler, standard library and Abseil are its own affair.
//
//   jiceng::OpenOptions options;
//   options.create = true;
//   jiceng::Result<jiceng::Store> store = jiceng::Store::Open("memory:", options);
//   if (!store) return Complain(store.error().reason(), store.error().text(jiceng::Language::kChinese));
//   ...
//   for (jiceng::Row row : findings->Read().value()) Print(row["subject"].text(), row["message"].text());
//
// Errors   Every call that can fail returns a Result: a value, or an Error with code, reason, field and texts.  It is a
//          value and not an exception because half of the hosts are built with -fno-exceptions and the other half must
//          know where one may come from.  value() throws jiceng::Failure for those who want that, and aborts under
//          -fno-exceptions: ask ok() there.  The files of one program are all compiled with exceptions, or all without.
// Life     Handles (Store, Snapshot, Writer, Findings, Table ...) are moved and not copied; one opened from another
//          keeps it alive.  A Row, a Cell, a TableView and a std::string_view live as long as the table they are of.
// Text     UTF-8 in std::string_view; kEverything where a node may be left out.
// Threads  As the C types: Store, Snapshot, Findings, Table, Error and Actor may be used by many threads at once, a
//          Writer by one at a time.
// More     A C function that is not wrapped takes get() of a handle.
//
// The parts follow the C headers, which have the whole contract: base, table, store, snapshot, audit, policy, monitor,
// catalogue.
#ifndef JICENG_JICENG_HPP
#define JICENG_JICENG_HPP

#include <jiceng/audit.hpp>
#include <jiceng/base.hpp>
#include <jiceng/catalogue.hpp>
#include <jiceng/matters.hpp>
#include <jiceng/monitor.hpp>
#include <jiceng/policy.hpp>
#include <jiceng/snapshot.hpp>
#include <jiceng/store.hpp>
#include <jiceng/table.hpp>

#endif  // JICENG_JICENG_HPP
