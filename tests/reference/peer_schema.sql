-- The same organisation in plain SQLite, as a careful user of SQLite would keep it: half-open intervals of YYYYMMDD integers
-- (an empty `from` is 0, an empty `to` 99999999), integer keys, clustered tables in the order they are asked in, covering indexes.
-- Rows of an interval [first, until).  Values dated by history.csv are already cut into intervals by the loader (peer.py).

CREATE TABLE unit(n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, first INTEGER NOT NULL, until INTEGER NOT NULL);
CREATE TABLE unit_level(unit INTEGER, first INTEGER, until INTEGER, level TEXT, PRIMARY KEY(unit, first)) WITHOUT ROWID;
CREATE TABLE territory(child INTEGER, first INTEGER, until INTEGER, parent INTEGER, PRIMARY KEY(child, first)) WITHOUT ROWID;

CREATE TABLE org(n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, party INTEGER NOT NULL,
                 member_branch INTEGER NOT NULL, founded INTEGER NOT NULL, dissolved INTEGER NOT NULL);
CREATE TABLE org_parent(org INTEGER, first INTEGER, until INTEGER, parent INTEGER, PRIMARY KEY(org, first)) WITHOUT ROWID;
CREATE TABLE seat(org INTEGER, unit INTEGER, first INTEGER, until INTEGER, PRIMARY KEY(org, unit, first)) WITHOUT ROWID;
CREATE TABLE org_tie(kind TEXT, child INTEGER, parent INTEGER, first INTEGER, until INTEGER,
                     PRIMARY KEY(kind, child, parent, first)) WITHOUT ROWID;

CREATE TABLE person(n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
-- status: 2 full, 1 probationary, 0 none or no value; in_service 0 or 1
CREATE TABLE person_fact(person INTEGER, first INTEGER, until INTEGER, status INTEGER, in_service INTEGER,
                         PRIMARY KEY(person, first)) WITHOUT ROWID;

CREATE TABLE affiliation(org INTEGER, person INTEGER, first INTEGER, until INTEGER, formal INTEGER,
                         PRIMARY KEY(org, person, first)) WITHOUT ROWID;
CREATE TABLE residence(person INTEGER, unit INTEGER, first INTEGER, until INTEGER, PRIMARY KEY(person, unit, first)) WITHOUT ROWID;
CREATE TABLE report(subject_kind INTEGER, subject INTEGER, unit INTEGER, first INTEGER, until INTEGER,  -- 0 person, 1 organisation
                    PRIMARY KEY(subject_kind, subject, unit, first)) WITHOUT ROWID;
CREATE TABLE employment(person INTEGER, org INTEGER, first INTEGER, until INTEGER, PRIMARY KEY(person, org, first)) WITHOUT ROWID;
-- body_kind: 0 unit, 1 organisation
CREATE TABLE appointment(person INTEGER, body_kind INTEGER, body INTEGER, role TEXT, first INTEGER, until INTEGER,
                         PRIMARY KEY(person, body_kind, body, role, first)) WITHOUT ROWID;
CREATE TABLE term(org INTEGER, elected INTEGER, number INTEGER, last INTEGER, PRIMARY KEY(org, elected, number)) WITHOUT ROWID;

-- Derived by peer_closure.sql: who is above whom, from when until when.  A node is above itself, always.
CREATE TABLE unit_above(below INTEGER, above INTEGER, first INTEGER, until INTEGER, PRIMARY KEY(below, above, first)) WITHOUT ROWID;
CREATE TABLE party_above(below INTEGER, above INTEGER, first INTEGER, until INTEGER, PRIMARY KEY(below, above, first, until)) WITHOUT ROWID;
CREATE TABLE community_of(unit INTEGER, community INTEGER, first INTEGER, until INTEGER,
                          PRIMARY KEY(unit, community, first)) WITHOUT ROWID;
