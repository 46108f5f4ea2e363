-- After loading: closures and indexes.  Run once per import, like the library's own base.
INSERT INTO unit_above
  WITH RECURSIVE up(below, above, first, until) AS (
    SELECT n, n, 0, 99999999 FROM unit
    UNION ALL
    SELECT up.below, t.parent, max(up.first, t.first), min(up.until, t.until)
    FROM up JOIN territory t ON t.child = up.above WHERE max(up.first, t.first) < min(up.until, t.until))
  SELECT * FROM up;

INSERT INTO party_above
  WITH RECURSIVE up(below, above, first, until) AS (
    SELECT n, n, 0, 99999999 FROM org
    UNION
    SELECT up.below, t.parent, max(up.first, t.first), min(up.until, t.until)
    FROM up JOIN org_tie t ON t.kind = 'party_line' AND t.child = up.above
    WHERE max(up.first, t.first) < min(up.until, t.until))
  SELECT * FROM up;

INSERT INTO community_of
  SELECT a.below, a.above, max(a.first, l.first), min(a.until, l.until)
  FROM unit_above a JOIN unit_level l ON l.unit = a.above
  WHERE l.level = 'community' AND max(a.first, l.first) < min(a.until, l.until);

CREATE INDEX unit_below ON unit_above(above, below, first, until);
CREATE INDEX party_below ON party_above(above, below, first, until);
CREATE INDEX unit_in_community ON community_of(community, unit, first, until);
CREATE INDEX level_unit ON unit_level(level, unit, first, until);
CREATE INDEX org_kind ON org(kind, founded, dissolved);
CREATE INDEX seat_unit ON seat(unit, org, first, until);
CREATE INDEX org_parent_child ON org_parent(parent, org, first, until);
CREATE INDEX affiliation_person ON affiliation(person, org, first, until, formal);
CREATE INDEX residence_unit ON residence(unit, person, first, until);
CREATE INDEX report_unit ON report(unit, subject_kind, subject, first, until);
CREATE INDEX appointment_body ON appointment(body_kind, body, role, person, first, until);
CREATE INDEX appointment_role ON appointment(role, body_kind, body, person, first, until);
ANALYZE;
