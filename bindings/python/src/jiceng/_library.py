"""The shared library and the types of its functions, as include/jiceng/*.h declare them.

A test compares every line here with the headers.
"""

from __future__ import annotations

import ctypes
import os
import pathlib
from ctypes import POINTER, c_char_p, c_int32, c_int64, c_size_t, c_uint32, c_uint64, c_void_p
from typing import List, Optional, Sequence, Tuple

# int32_t progress(const char* stage, int64_t done, int64_t total, void* user)
Progress = ctypes.CFUNCTYPE(c_int32, c_char_p, c_int64, c_int64, c_void_p)

# void notice(int32_t level, const char* event, const char* text, void* user)
Notice = ctypes.CFUNCTYPE(None, c_int32, c_char_p, c_char_p, c_void_p)


class OpenOptions(ctypes.Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("flags", c_uint32),
        ("busy_timeout_ms", c_int64),
        ("seed", c_uint64),
        ("catalogue", c_char_p),
        ("catalogue_len", c_size_t),
        ("progress", Progress),
        ("progress_user", c_void_p),
        ("notice", Notice),
        ("notice_user", c_void_p),
    ]


class WriterOptions(ctypes.Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("flags", c_uint32),
        ("recorded_at", c_int64),
        ("expected_seq", c_int64),
        ("author", c_char_p),
        ("reason", c_char_p),
        ("basis", c_char_p),
        ("progress", Progress),
        ("progress_user", c_void_p),
    ]


class ImportOptions(ctypes.Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("flags", c_uint32),
        ("date", c_int32),
        ("lang", c_int32),
        ("scope", c_char_p),
        ("max_closures", c_int64),
        ("under", c_char_p),
    ]


class AuditOptions(ctypes.Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("flags", c_uint32),
        ("rules", POINTER(c_char_p)),
        ("rule_count", c_size_t),
        ("parameters", POINTER(c_char_p)),
        ("parameter_count", c_size_t),
        ("progress", Progress),
        ("progress_user", c_void_p),
        ("max_threads", c_int32),
        ("reserved", c_int32),
    ]


class TieStruct(ctypes.Structure):
    _fields_ = [
        ("number", c_int64),
        ("from", c_int64),
        ("to", c_int64),
        ("valid_from", c_int32),
        ("valid_to", c_int32),
        ("kind", c_int32),
        ("role", c_int32),
        ("manner", c_int32),
        ("reserved", c_int32),
    ]


_Out = POINTER(c_void_p)
_Text = (c_char_p, c_size_t)  # a text and its length
_Node = _Text
_Int64s, _Int32s = POINTER(c_int64), POINTER(c_int32)
_Texts = POINTER(c_char_p)

# name: result, arguments.  Handles are void pointers; `_Out` is where one arrives, and where an error does.
FUNCTIONS = {
    "jiceng_version": (c_char_p, ()),
    "jiceng_error_code": (c_int32, (c_void_p,)),
    "jiceng_error_reason": (c_char_p, (c_void_p,)),
    "jiceng_error_message": (c_char_p, (c_void_p,)),
    "jiceng_error_field": (c_char_p, (c_void_p,)),
    "jiceng_error_text": (c_char_p, (c_void_p, c_int32)),
    "jiceng_error_free": (None, (c_void_p,)),
    "jiceng_table_rows": (c_int64, (c_void_p,)),
    "jiceng_table_columns": (c_int32, (c_void_p,)),
    "jiceng_table_column_name": (c_char_p, (c_void_p, c_int32)),
    "jiceng_table_column_type": (c_int32, (c_void_p, c_int32)),
    "jiceng_table_find_column": (c_int32, (c_void_p, c_char_p)),
    "jiceng_table_is_null": (c_int32, (c_void_p, c_int64, c_int32)),
    "jiceng_table_int64": (c_int64, (c_void_p, c_int64, c_int32)),
    "jiceng_table_text": (c_void_p, (c_void_p, c_int64, c_int32, POINTER(c_size_t))),
    "jiceng_table_list_size": (c_size_t, (c_void_p, c_int64, c_int32)),
    "jiceng_table_list_text": (c_void_p, (c_void_p, c_int64, c_int32, c_size_t, POINTER(c_size_t))),
    "jiceng_table_int64_column": (_Int64s, (c_void_p, c_int32)),
    "jiceng_table_arrow": (c_int32, (c_void_p, c_void_p, _Out)),
    "jiceng_table_free": (None, (c_void_p,)),
    "jiceng_procedures": (c_int32, (c_int32, _Out, _Out)),
    "jiceng_procedure": (c_int32, (c_char_p, c_int32, _Out, _Out)),
    "jiceng_writer_matter_open": (
        c_int32,
        (c_void_p, c_char_p, c_char_p, c_char_p, c_char_p, _Texts, c_size_t, _Texts, c_size_t, _Int64s, _Out),
    ),
    "jiceng_writer_matter_step": (
        c_int32,
        (c_void_p, c_char_p, c_char_p, c_char_p, c_char_p, _Texts, c_size_t, _Int64s, _Out),
    ),
    "jiceng_writer_refused_step": (c_int32, (c_void_p, c_int32, _Out, _Out)),
    "jiceng_matters": (c_int32, (c_void_p, c_char_p, *_Node, c_char_p, c_uint32, c_int32, _Out, _Out)),
    "jiceng_matters_handovers": (c_int32, (c_void_p, *_Node, c_char_p, c_int32, _Out, _Out)),
    "jiceng_matters_late": (c_int32, (c_void_p, *_Node, c_char_p, c_int32, _Out, _Out)),
    "jiceng_matter": (c_int32, (c_void_p, c_char_p, c_char_p, c_int32, _Out, _Out)),
    "jiceng_matter_steps": (c_int32, (c_void_p, c_char_p, c_char_p, c_int32, _Out, _Out)),
    "jiceng_matter_clocks": (c_int32, (c_void_p, c_char_p, c_char_p, c_int32, _Out, _Out)),
    "jiceng_rules": (c_int32, (c_int32, _Out, _Out)),
    "jiceng_organization_kinds": (c_int32, (c_int32, _Out, _Out)),
    "jiceng_roles": (c_int32, (c_int32, _Out, _Out)),
    "jiceng_tie_kinds": (c_int32, (c_int32, _Out, _Out)),
    "jiceng_codes_check": (c_int32, (_Texts, c_size_t, _Out, _Out)),
    "jiceng_calendar_due": (c_int32, (c_int32, c_int32, _Int32s, _Out)),
    "jiceng_calendar_count": (c_int32, (c_int32, c_int32, _Int32s, _Out)),
    "jiceng_store_open": (c_int32, (*_Text, POINTER(OpenOptions), _Out, _Out)),
    "jiceng_store_close": (None, (c_void_p,)),
    "jiceng_store_seq_at": (c_int32, (c_void_p, c_int64, _Int64s, _Out)),
    "jiceng_store_backup": (c_int32, (c_void_p, *_Text, _Out)),
    "jiceng_store_verify": (c_int32, (c_void_p, Progress, c_void_p, _Out, _Out)),
    "jiceng_store_optimize": (c_int32, (c_void_p, Progress, c_void_p, _Out)),
    "jiceng_store_log": (c_int32, (c_void_p, c_int64, c_int64, _Out, _Out)),
    "jiceng_store_changes": (c_int32, (c_void_p, c_int64, c_int64, c_int64, _Out, _Out)),
    "jiceng_store_wait": (c_int32, (c_void_p, c_int64, c_int64, Progress, c_void_p, _Int64s, _Out)),
    "jiceng_actor_create": (c_int32, (*_Text, *_Node, _Out, _Out)),
    "jiceng_actor_free": (None, (c_void_p,)),
    "jiceng_snapshot_open": (c_int32, (c_void_p, c_void_p, c_int64, _Out, _Out)),
    "jiceng_snapshot_close": (None, (c_void_p,)),
    "jiceng_snapshot_seq": (c_int64, (c_void_p,)),
    "jiceng_snapshot_export": (c_int32, (c_void_p, *_Text, Progress, c_void_p, _Out, _Out)),
    "jiceng_snapshot_export_bytes": (c_int32, (c_void_p, Progress, c_void_p, _Out, _Out)),
    "jiceng_writer_open": (c_int32, (c_void_p, c_void_p, POINTER(WriterOptions), _Out, _Out)),
    "jiceng_writer_close": (None, (c_void_p,)),
    "jiceng_writer_import": (c_int32, (c_void_p, _Texts, c_size_t, POINTER(ImportOptions), _Out, _Out)),
    "jiceng_writer_import_bytes": (
        c_int32,
        (c_void_p, _Texts, POINTER(c_void_p), POINTER(c_size_t), c_size_t, POINTER(ImportOptions), _Out, _Out),
    ),
    "jiceng_writer_apply": (c_int32, (c_void_p, c_char_p, c_size_t, _Int64s, _Out)),
    "jiceng_writer_tried": (c_int32, (c_void_p, _Out, _Out)),
    "jiceng_writer_erase": (c_int32, (c_void_p, _Texts, c_size_t, _Int64s, _Out)),
    "jiceng_writer_revert": (c_int32, (c_void_p, c_int64, _Int64s, _Out)),
    "jiceng_import_report_outcome": (c_int32, (c_void_p,)),
    "jiceng_import_report_seq": (c_int64, (c_void_p,)),
    "jiceng_import_report_rejected": (c_int64, (c_void_p,)),
    "jiceng_import_report_rows": (c_void_p, (c_void_p,)),
    "jiceng_import_report_warnings": (c_void_p, (c_void_p,)),
    "jiceng_import_report_problems": (c_void_p, (c_void_p,)),
    "jiceng_import_report_warning_rows": (c_void_p, (c_void_p,)),
    "jiceng_import_report_closures": (c_void_p, (c_void_p,)),
    "jiceng_import_report_free": (None, (c_void_p,)),
    "jiceng_find": (c_int32, (c_void_p, *_Node, c_int32, _Int64s, _Out)),
    "jiceng_node_text": (c_size_t, (c_void_p, c_int64, c_char_p, c_size_t)),
    "jiceng_is_under": (c_int32, (c_void_p, c_int64, c_int64, c_int32)),
    "jiceng_path": (c_int32, (c_void_p, *_Node, *_Node, c_int32, c_char_p, _Out, _Out)),
    "jiceng_node_ties": (c_int64, (c_void_p, c_int64, c_int32, c_int32, c_int32, POINTER(TieStruct), c_int64)),
    "jiceng_ties": (c_int32, (c_void_p, c_char_p, c_int32, _Out, _Out)),
    "jiceng_nodes": (c_int32, (c_void_p, c_char_p, c_int32, _Out, _Out)),
    "jiceng_nodes_by_number": (c_int32, (c_void_p, POINTER(c_int64), c_size_t, c_int32, _Out, _Out)),
    "jiceng_count": (c_int32, (c_void_p, *_Node, c_int32, _Out, _Out)),
    "jiceng_rollup": (c_int32, (c_void_p, c_char_p, c_char_p, c_int32, _Out, _Out)),
    "jiceng_rollup_across": (c_int32, (c_void_p, c_char_p, c_char_p, c_int32, c_int32, _Out, _Out)),
    "jiceng_rollup_party_line": (c_int32, (c_void_p, c_char_p, c_int32, _Out, _Out)),
    "jiceng_list_register": (c_int32, (c_void_p, c_char_p, c_size_t, c_int32, c_int32, c_int32, _Out, _Out)),
    "jiceng_list_services": (c_int32, (c_void_p, c_char_p, c_size_t, c_int32, c_int32, c_int32, _Out, _Out)),
    "jiceng_list_unreported": (c_int32, (c_void_p, *_Node, c_int32, _Out, _Out)),
    "jiceng_list_cross_appointments": (c_int32, (c_void_p, *_Node, c_int32, _Out, _Out)),
    "jiceng_list_officers": (c_int32, (c_void_p, *_Node, c_char_p, c_int32, _Out, _Out)),
    "jiceng_list_officers_at": (c_int32, (c_void_p, *_Node, c_char_p, c_char_p, c_int32, _Out, _Out)),
    "jiceng_list_posts": (c_int32, (c_void_p, *_Node, c_char_p, c_char_p, c_int32, _Out, _Out)),
    "jiceng_list_pairings": (c_int32, (c_void_p, *_Node, c_int32, _Out, _Out)),
    "jiceng_list_seat_changes": (c_int32, (c_void_p, c_void_p, c_int32, _Out, _Out)),
    "jiceng_show": (c_int32, (c_void_p, *_Node, c_int32, c_int32, _Out, _Out)),
    "jiceng_tree": (c_int32, (c_void_p, *_Node, c_int32, c_int32, c_uint32, _Out, _Out)),
    "jiceng_search": (c_int32, (c_void_p, *_Text, c_int32, c_int64, _Out, _Out)),
    "jiceng_upcoming": (c_int32, (c_void_p, *_Node, c_int32, c_int32, c_int32, _Out, _Out)),
    "jiceng_audit": (c_int32, (c_void_p, *_Node, c_int32, POINTER(AuditOptions), _Out, _Out)),
    "jiceng_turns": (c_int32, (c_void_p, *_Node, c_int32, c_int32, POINTER(AuditOptions), c_int32, _Out, _Out)),
    "jiceng_findings_evidence": (c_int32, (c_void_p, c_int64, _Out, _Out)),
    "jiceng_explain": (c_int32, (c_void_p, c_char_p, *_Node, c_int32, POINTER(AuditOptions), _Out, _Out)),
    "jiceng_findings_count": (c_int64, (c_void_p,)),
    "jiceng_findings_subjects": (_Int64s, (c_void_p,)),
    "jiceng_findings_rules": (_Int32s, (c_void_p,)),
    "jiceng_findings_counts": (c_int32, (c_void_p, _Out, _Out)),
    "jiceng_findings_table": (c_int32, (c_void_p, c_int32, c_int64, c_int64, _Out, _Out)),
    "jiceng_findings_arrow": (c_int32, (c_void_p, c_int32, c_void_p, _Out)),
    "jiceng_findings_free": (None, (c_void_p,)),
    "jiceng_policy_check": (c_int32, (c_void_p, c_char_p, c_size_t, _Out, _Out)),
    "jiceng_snapshot_rules": (c_int32, (c_void_p, c_int32, _Out, _Out)),
    "jiceng_policies": (c_int32, (c_void_p, c_int32, _Out, _Out)),
    "jiceng_policy_effective": (c_int32, (c_void_p, c_char_p, c_size_t, c_int32, c_char_p, _Out, _Out)),
    "jiceng_waivers": (c_int32, (c_void_p, _Out, _Out)),
    "jiceng_writer_refused": (c_int32, (c_void_p, _Out, _Out)),
    "jiceng_monitor_open": (c_int32, (c_void_p, c_int32, POINTER(AuditOptions), _Out, _Out)),
    "jiceng_monitor_follow": (c_int32, (c_void_p, c_void_p, c_int32, _Out, _Out, _Out)),
    "jiceng_monitor_seq": (c_int64, (c_void_p,)),
    "jiceng_monitor_date": (c_int32, (c_void_p,)),
    "jiceng_monitor_findings": (c_int32, (c_void_p, _Out, _Out)),
    "jiceng_monitor_rollup": (c_int32, (c_void_p, c_char_p, c_char_p, _Out, _Out)),
    "jiceng_monitor_members": (c_int32, (c_void_p, c_int64, _Int64s, _Int64s)),
    "jiceng_monitor_close": (None, (c_void_p,)),
}


def _candidates() -> List[str]:
    named = os.environ.get("JICENG_LIBRARY")
    if named:
        return [named]  # what is named is meant: no other is tried
    # The installed one, which the system keeps up to date, then the one that came with the package.
    packaged = sorted(pathlib.Path(__file__).parent.glob("libjiceng.so*"))
    return ["libjiceng.so.1", *map(str, packaged)]


def _open(name: str) -> ctypes.CDLL:
    loaded = ctypes.CDLL(name)  # RTLD_LOCAL; the interpreter's lock is let go during every call
    for function, (result, arguments) in FUNCTIONS.items():
        try:
            declared = getattr(loaded, function)
        except AttributeError:
            raise OSError(f"a libjiceng without {function}: it is older than this package") from None
        declared.restype = result
        declared.argtypes = arguments
    return loaded


def _load() -> ctypes.CDLL:
    tried = []
    for name in _candidates():
        try:
            return _open(name)
        except OSError as error:
            tried.append(f"{name}: {error}")
    raise ImportError(
        "libjiceng was not found; install it, or name the file in JICENG_LIBRARY. Tried: " + "; ".join(tried)
    )


library = _load()


def texts(values: Sequence[str]) -> Tuple[Optional[ctypes.Array[c_char_p]], int]:
    """An array of C strings and its length; null for none."""
    if not values:
        return None, 0
    return (c_char_p * len(values))(*[value.encode() for value in values]), len(values)
