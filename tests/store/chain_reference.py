"""Prints the hashes chain_test.cc expects, written from the description in src/store/canonical.h and from that of base::RandomBytes."""
import datetime
import struct

from canonical_reference import MAX, MIN, commit, random, sha


def day(y, m, d):
    return (datetime.date(y, m, d) - datetime.date(1970, 1, 1)).days


def unit(i): return 4 * i + 1
def org(i): return 4 * i + 2
def person(i): return 4 * i + 3


salts = {}


def node(n, action=0, life=(MIN, MAX), precision=(0, 0), facts=(), identity=None):
    facts = list(facts) + [MIN] * (5 - len(facts))
    c = bytes(16)
    if identity:
        i, name = (x.encode() for x in identity)
        c = sha(salts[n] + struct.pack("<I", len(i)) + i + name)[:16]
    return struct.pack("<BBBBIii5i", 1, action, *precision, n, *life, *facts) + c


def fact(n, f, a, b, v): return struct.pack("<BBBBIiii", 2, f, 0, 0, n, a, b, v)
def text(n, a, f, t, v): return struct.pack("<BBBBIii", 3, a, 0, 0, n, f, t) + commit(salts[n], v)
def term(o, n, el, y, en, ex, w=0): return struct.pack("<BBBBIiiiii", 4, w, 0, 0, o, n, el, y, en, ex)


def tie(num, kind, f, t, a, b=MAX, role=0, manner=0, withdrawn=0, extra=None):
    out = struct.pack("<BBBBIIIiiBBBB", 5, kind, role, manner, num, f, t, a, b, withdrawn, extra is not None, 0, 0)
    return out + (commit(salts[f], extra) if extra is not None else b"")


def attachment(k, n, name, a, b, priority, content, withdrawn=0):
    name = name.encode()
    out = struct.pack("<BBBBIiiiI", 6, k, withdrawn, 0, n, a, b, priority, len(name)) + name
    return out + sha((salts[n] if n else bytes(16)) + content)[:16]


def block(previous, seq, rows, salt):
    op = b"apply"
    head = b"jiceng commit 1\0" + previous + struct.pack("<qqq", seq, 1000 * seq, len(rows))
    head += commit(salt, "王书记") + commit(salt, "换届") + commit(salt, "街工委〔2026〕3号")
    return sha(head + struct.pack("<I", len(op)) + op + b"".join(rows))


uuid, key = random(16), random(32)
h = sha(uuid)
print("genesis", h.hex())

salt, s = random(16), random(64)
for k, n in enumerate([unit(0), person(0), org(0), person(1)]):
    salts[n] = s[16 * k:16 * k + 16]
h = block(h, 1, [
    node(unit(0), facts=[3, 1200, 3600], identity=("320102", "玄武区")),
    node(person(0), facts=[2, 1, 4 * day(1999, 7, 1) + 1, MIN, 1], identity=("1000023522", "李四")),
    node(org(0), life=(day(2001, 1, 1), MAX), precision=(2, 0), facts=[11, MIN, unit(0)], identity=("1000001", "第一党支部")),
    node(person(1), identity=("1000023523", "买买提·吐尔逊")),
    fact(person(1), 0, day(2020, 1, 1), MAX, 1),
    text(unit(0), 2, MIN, MAX, "320102000000"),
    text(person(0), 5, MIN, MAX, "A-17"),
    tie(0, 7, org(0), unit(0), MIN),
    tie(1, 14, person(0), org(0), day(2010, 5, 4), manner=1),
    tie(2, 17, person(0), org(0), day(2021, 12, 9), role=4, manner=1, extra='{"capacity":"书记","channel":"elected"}'),
], salt)
print("first  ", h.hex())

salt = random(16)
salts[person(2)] = random(16)
h = block(h, 2, [
    node(org(0), action=1, life=(day(2001, 1, 1), day(2027, 1, 1))),
    node(person(2), identity=("1000023524", "赵五")),
    fact(person(0), 1, day(2025, 8, 1), MAX, 0),
    fact(person(1), 0, day(2024, 1, 1), day(2025, 1, 1), MIN),
    text(person(0), 1, day(2025, 1, 1), MAX, "李四光"),
    text(unit(0), 2, day(2026, 1, 1), MAX, "320199000000"),
    term(org(0), 6, day(2021, 12, 9), 3, day(2024, 12, 9), MAX),
    attachment(1, unit(0), "xuanwu.reports", day(2026, 1, 1), MAX, -3, b"pack\0bytes"),
    attachment(1, 0, "xuanwu.reports", day(2026, 1, 1), day(2027, 1, 1), -3, b"pack\0bytes"),
    attachment(2, person(0), "report.member-unreported", MIN, day(2026, 7, 1), 0, "住院".encode()),
    tie(1, 14, person(0), org(0), day(2010, 5, 4), b=day(2026, 3, 1), manner=1),
], salt)
print("second ", h.hex())

salt = random(16)
h = block(h, 3, [
    node(person(2), action=2),
    text(person(0), 5, MIN, MAX, ""),
    attachment(1, 0, "xuanwu.reports", day(2026, 1, 1), day(2027, 1, 1), -3, b"pack\0bytes", 1),
    tie(2, 17, person(0), org(0), day(2021, 12, 9), role=4, withdrawn=1, extra='{"capacity":"书记"}'),
], salt)
print("third  ", h.hex())
