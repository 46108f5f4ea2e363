"""jiceng (基层): the organisation of grassroots governance as a library.

    import datetime, jiceng

    with jiceng.open("memory:", create=True) as store:
        with store.writer(datetime.datetime.now(datetime.timezone.utc)) as writer:
            print(writer.import_ledgers("ledgers/"))
        with store.snapshot() as snapshot:
            for finding in snapshot.audit(datetime.date.today()):
                print(finding.subject, finding.rule, finding.message)
"""

from ._catalogue import (
    check_codes,
    check_policy,
    organization_kinds,
    roles,
    rules,
    tie_kinds,
    version,
    working_day,
    working_days,
)
from ._errors import (
    Aborted,
    AlreadyExists,
    Cancelled,
    DataLoss,
    Error,
    FailedPrecondition,
    InvalidArgument,
    NotFound,
    OutOfRange,
    PermissionDenied,
    ResourceExhausted,
    Unavailable,
)
from ._findings import Change, Findings, Monitor
from ._handles import Language
from ._matters import procedure, procedures
from ._snapshot import Ends, Snapshot, Tie
from ._store import Actor, ImportOutcome, ImportReport, Store, Writer, open
from ._table import Row, Table

__version__ = version()
__all__ = [
    "Aborted",
    "Actor",
    "AlreadyExists",
    "Cancelled",
    "Change",
    "DataLoss",
    "Ends",
    "Error",
    "FailedPrecondition",
    "Findings",
    "ImportOutcome",
    "ImportReport",
    "InvalidArgument",
    "Language",
    "Monitor",
    "NotFound",
    "OutOfRange",
    "PermissionDenied",
    "ResourceExhausted",
    "Row",
    "Snapshot",
    "Store",
    "Table",
    "Tie",
    "Unavailable",
    "Writer",
    "check_codes",
    "check_policy",
    "open",
    "organization_kinds",
    "procedure",
    "procedures",
    "roles",
    "rules",
    "tie_kinds",
    "version",
    "working_day",
    "working_days",
]
