-- After loading: the indexes the questions use and no other, so that the import pays for nothing it does not need.
CREATE UNIQUE INDEX unit_id ON unit(id);
CREATE UNIQUE INDEX org_id ON org(id);
CREATE UNIQUE INDEX person_id ON person(id);
CREATE INDEX org_kind ON org(kind, founded, dissolved);
CREATE INDEX org_unit ON org(unit, first, until, member_branch, kind);
CREATE INDEX affiliation_person ON affiliation(person, kind, org, first, until);
CREATE INDEX residence_unit ON residence(unit, person, first, until);
CREATE INDEX appointment_role ON appointment(role, body_kind, body, person, first, until);
ANALYZE;
