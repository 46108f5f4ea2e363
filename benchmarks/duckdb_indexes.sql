-- After loading: DuckDB reads columns and skips what the least and greatest values of a row group rule out, which the
-- order of the rows serves; an index helps only to find one row by a text id.
CREATE UNIQUE INDEX unit_id ON unit(id);
CREATE UNIQUE INDEX person_id ON person(id);
