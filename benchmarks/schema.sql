-- The ledgers as a careful user would keep them: integer keys, half-open intervals of YYYYMMDD integers (an empty `from`
-- is 0, an empty `to` 99999999), tables clustered in the order they are asked in, rows inserted in that order.  Units are
-- numbered in pre-order: what lies below a unit is a range of numbers.
-- The words are SQLite's.  The other peers leave out the keys, which cluster only SQLite's tables, and make what they
-- need of them after loading (*_indexes.sql).

CREATE TABLE unit(n INTEGER PRIMARY KEY, last INTEGER NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, level TEXT NOT NULL,
                  parent INTEGER, community INTEGER,  -- the community at or above the unit
                  first INTEGER NOT NULL, until INTEGER NOT NULL, households INTEGER, population INTEGER);
CREATE TABLE unit_above(below INTEGER, above INTEGER, PRIMARY KEY(below, above)) WITHOUT ROWID;

CREATE TABLE org(n INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, party INTEGER NOT NULL,
                 member_branch INTEGER NOT NULL, parent INTEGER, founded INTEGER NOT NULL, dissolved INTEGER NOT NULL,
                 unit INTEGER, first INTEGER NOT NULL, until INTEGER NOT NULL);  -- its seat, while both exist

CREATE TABLE person(n INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, joined_on TEXT, full_on TEXT, sex TEXT);
-- What the rules ask of a person, kept narrow; it holds from `first`.  status: 2 full, 1 probationary, 0 none
CREATE TABLE person_fact(person INTEGER PRIMARY KEY, first INTEGER NOT NULL, status INTEGER NOT NULL, in_service INTEGER NOT NULL);

-- kind: 1 formal, 2 temporary, 3 floating, 4 functional
CREATE TABLE affiliation(org INTEGER, kind INTEGER, person INTEGER, first INTEGER, until INTEGER,
                         PRIMARY KEY(org, kind, person, first)) WITHOUT ROWID;
CREATE TABLE residence(person INTEGER, unit INTEGER, first INTEGER, until INTEGER, PRIMARY KEY(person, unit, first)) WITHOUT ROWID;
CREATE TABLE report(subject_kind INTEGER, subject INTEGER, unit INTEGER, first INTEGER, until INTEGER,  -- 0 person, 1 organisation
                    PRIMARY KEY(subject_kind, subject, unit, first)) WITHOUT ROWID;
CREATE TABLE employment(person INTEGER, org INTEGER, first INTEGER, until INTEGER, PRIMARY KEY(person, org, first)) WITHOUT ROWID;
-- body_kind: 0 unit, 1 organisation
CREATE TABLE appointment(body_kind INTEGER, body INTEGER, role TEXT, person INTEGER, first INTEGER, until INTEGER, manner TEXT,
                         PRIMARY KEY(body_kind, body, role, person, first)) WITHOUT ROWID;
CREATE TABLE term(org INTEGER, elected INTEGER, number INTEGER, last INTEGER, PRIMARY KEY(org, elected, number)) WITHOUT ROWID;
CREATE TABLE tie(kind TEXT, from_node TEXT, to_node TEXT, first INTEGER, until INTEGER, attributes TEXT,
                 PRIMARY KEY(kind, from_node, to_node, first)) WITHOUT ROWID;
