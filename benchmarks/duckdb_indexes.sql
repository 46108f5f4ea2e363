-- After loading.  DuckDB reads columns and skips what the least and greatest values of a row group rule out, so it wants
-- rows in the order they are asked in, and wide: residences stand in that of the persons, and here once more in that of
-- the units, with what is asked of a resident.  An index helps only to find one row by a text id.
CREATE TABLE resident AS
  SELECT h.unit, h.person, h.first, h.until, f.first AS fact_first, f.status, f.in_service, p.id
  FROM residence h JOIN person_fact f ON f.person = h.person JOIN person p ON p.n = h.person
  ORDER BY h.unit, h.person;
CREATE UNIQUE INDEX unit_id ON unit(id);
CREATE UNIQUE INDEX person_id ON person(id);
