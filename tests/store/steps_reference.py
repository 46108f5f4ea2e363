"""Prints the hash steps_test.cc expects, written from the description in src/store/canonical.h."""
import datetime
import struct

from canonical_reference import MAX, MIN, commit, random, sha


def node(n, salt, i, name):
    i, name = i.encode(), name.encode()
    c = sha(salt + struct.pack("<I", len(i)) + i + name)[:16]
    return struct.pack("<BBBBIii5i", 1, 0, 0, 0, n, MIN, MAX, *[MIN] * 5) + c


def step(matter, number, about, day, minute, actor, word, content, salt, withdrawn=0):
    word = word.encode()
    head = struct.pack("<BBBBIiIiiII", 7, withdrawn, 0, 0, matter, number, about, day, minute, actor, len(word))
    return head + word + commit(salt, content)


uuid, key = random(16), random(32)
header_salt, salts = random(16), random(32)
org, person, day = 2, 3, (datetime.date(2026, 3, 2) - datetime.date(1970, 1, 1)).days
rows = [
    node(org, salts[:16], "1000001", "第一党支部"),
    node(person, salts[16:], "1000023522", "李四"),
    step(1, 0, person, day, 540, person, "report.member/1", "R1\n@member=3\n", salts[16:]),
    step(1, 1, person, day, 570, 0, "serve", "hours=c3\n", salts[16:], withdrawn=1),
]
op = b"apply"
head = b"jiceng commit 1\0" + sha(uuid) + struct.pack("<qqq", 1, 1000, len(rows))
head += commit(header_salt, "王书记") + commit(header_salt, "换届") + commit(header_salt, "街工委〔2026〕3号")
print(sha(head + struct.pack("<I", len(op)) + op + b"".join(rows)).hex())
