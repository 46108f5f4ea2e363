/* Everything.  Start with base.h, which states the conventions, then store.h, snapshot.h, audit.h, policy.h, monitor.h. */
#ifndef JICENG_JICENG_H
#define JICENG_JICENG_H

#include <jiceng/arrow.h>
#include <jiceng/audit.h>
#include <jiceng/base.h>
#include <jiceng/catalogue.h>
#include <jiceng/matters.h>
#include <jiceng/monitor.h>
#include <jiceng/policy.h>
#include <jiceng/snapshot.h>
#include <jiceng/store.h>
#include <jiceng/table.h>

#endif /* JICENG_JICENG_H */
