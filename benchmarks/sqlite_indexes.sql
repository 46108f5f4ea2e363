-- After loading: the indexes the questions use and no other, so that the import pays for nothing it does not need.
INSERT INTO unit_above
  WITH RECURSIVE up(below, above) AS (
    SELECT n, n FROM unit UNION ALL SELECT up.below, u.parent FROM up JOIN unit u ON u.n = up.above WHERE u.parent IS NOT NULL)
  SELECT below, above FROM up ORDER BY below, above;
CREATE UNIQUE INDEX unit_id ON unit(id);
CREATE UNIQUE INDEX org_id ON org(id);
CREATE UNIQUE INDEX person_id ON person(id);
CREATE INDEX org_kind ON org(kind, founded, dissolved);
CREATE INDEX org_unit ON org(unit, first, until, member_branch, kind);
CREATE INDEX affiliation_person ON affiliation(person, kind, org, first, until);
CREATE INDEX residence_unit ON residence(unit, person, first, until);
CREATE INDEX appointment_role ON appointment(role, body_kind, body, person, first, until);
ANALYZE;
