-- The questions as prepared statements of every peer; the answers are nodes and numbers, as the contract has them, without names.
-- A line "-- name:" opens a statement; one of the same name in duckdb_queries.sql takes its place there.
-- The words are SQLite's: CROSS JOIN ... ON keeps the order of a join.  sql_texts.cc puts them into those of the others.
-- :d the day as YYYYMMDD; :cutoff the day `report.deadline_days` before it; :u a unit, :p a person by number; :unit, :person by text.
-- A unit that does not exist on :d counts for itself only: its tie to the unit above ended with it.

-- name: audit.branches
-- Four rules of branches in one pass over the affiliations: 0 min-members, 1 max-members, 2 committee-required, 3 committee-size.
-- The probationary are fewer to keep apart than the full members.
WITH b AS MATERIALIZED (
  SELECT o.n, count(DISTINCT f.person) - count(DISTINCT CASE WHEN f.status = 1 THEN f.person END) AS fully,
         count(DISTINCT f.person) AS members
  FROM org o LEFT JOIN affiliation a ON a.org = o.n AND a.kind = 1 AND a.first <= :d AND a.until > :d
  LEFT JOIN person_fact f ON f.person = a.person AND f.first <= :d AND f.status > 0
  WHERE o.kind = 'party_branch' AND o.founded <= :d AND o.dissolved > :d GROUP BY o.n),
c AS MATERIALIZED (
  SELECT n, (SELECT count(DISTINCT p.person) FROM appointment p WHERE p.body_kind = 1 AND p.body = n
             AND p.role IN ('secretary', 'deputy_secretary', 'committee_member') AND p.first <= :d AND p.until > :d) AS committee
  FROM b WHERE fully >= 7)
SELECT 0, n FROM b WHERE fully < 3
UNION ALL SELECT 1, n FROM b WHERE members > 50
UNION ALL SELECT 2, n FROM c WHERE committee < 3
UNION ALL SELECT 3, n FROM c WHERE committee > 7;

-- name: audit.grid.head-vacant
SELECT 4, u.n FROM unit u
WHERE u.level = 'grid' AND u.first <= :d AND u.until > :d
  AND NOT EXISTS (SELECT 1 FROM appointment p WHERE p.body_kind = 0 AND p.body = u.n AND p.role = 'grid_head'
                  AND p.first <= :d AND p.until > :d);

-- name: audit.term.expired
-- 0229 + n years reads as 29 February: it lies between 28 February and 1 March, as the last day must.
SELECT 5, b.org FROM (SELECT DISTINCT org FROM term WHERE elected <= :d) b
WHERE (SELECT last FROM term t WHERE t.org = b.org AND t.elected <= :d ORDER BY t.elected DESC, t.number DESC LIMIT 1) < :d
UNION
SELECT 5, o.n FROM appointment p JOIN org o ON o.n = p.body
WHERE p.role = 'secretary' AND p.body_kind = 1 AND p.first <= :d AND p.until > :d AND p.first < :d - 30000
  AND NOT EXISTS (SELECT 1 FROM term t WHERE t.org = o.n AND t.elected <= :d)
  AND o.kind IN ('party_committee', 'party_general_branch', 'party_branch')
  AND p.first + 10000 * CASE
        WHEN o.kind = 'party_committee' THEN 5
        WHEN EXISTS (
          SELECT 1 FROM org q JOIN unit x ON x.n = o.unit AND x.level = 'community' JOIN unit y ON y.n = q.unit
          WHERE q.n = o.parent AND q.party = 1 AND o.first <= :d AND o.until > :d AND q.first <= :d AND q.until > :d
            AND y.n < x.n AND x.n <= y.last) THEN 5
        ELSE 3 END < :d;

-- name: audit.report.member-unreported
SELECT 6, f.person FROM person_fact f
CROSS JOIN residence h ON h.person = f.person AND h.first <= :d AND h.until > :d AND h.first < :cutoff
CROSS JOIN unit x ON x.n = h.unit AND x.community IS NOT NULL AND (x.n = x.community OR (x.first <= :d AND x.until > :d))
WHERE f.first <= :d AND f.status > 0 AND f.in_service = 1
  AND NOT EXISTS (SELECT 1 FROM report r WHERE r.subject_kind = 0 AND r.subject = h.person AND r.unit = x.community
                  AND r.first <= :d AND r.until > :d)
GROUP BY f.person;

-- name: audit.report.duplicate
SELECT DISTINCT 7 + subject_kind, subject FROM (
  SELECT subject_kind, subject FROM report WHERE first <= :d AND until > :d
  GROUP BY subject_kind, subject, unit HAVING count(*) > 1) r;

-- name: rollup.members.full
-- Nearly everyone has one affiliation: those are added up by organisation and along the closure; the others are counted one by one.
WITH several AS MATERIALIZED (
  SELECT person FROM affiliation WHERE kind = 1 AND first <= :d AND until > :d GROUP BY person HAVING count(*) > 1),
t AS (
  SELECT a.above AS n, sum(c.members) AS members
  FROM (SELECT f.org, count(*) AS members FROM affiliation f CROSS JOIN person_fact k ON k.person = f.person
        WHERE f.kind = 1 AND f.first <= :d AND f.until > :d AND k.first <= :d AND k.status = 2
          AND f.person NOT IN (SELECT person FROM several) GROUP BY f.org) c
  CROSS JOIN org o ON o.n = c.org AND o.party = 1 AND o.first <= :d AND o.until > :d
  CROSS JOIN unit x ON x.n = o.unit
  CROSS JOIN unit_above a ON a.below = x.n AND (a.above = x.n OR (x.first <= :d AND x.until > :d)) GROUP BY a.above
  UNION ALL
  SELECT a.above, count(DISTINCT k.person) FROM several m
  CROSS JOIN person_fact k ON k.person = m.person AND k.first <= :d AND k.status = 2
  CROSS JOIN affiliation f ON f.person = m.person AND f.kind = 1 AND f.first <= :d AND f.until > :d
  CROSS JOIN org o ON o.n = f.org AND o.party = 1 AND o.first <= :d AND o.until > :d
  CROSS JOIN unit x ON x.n = o.unit
  CROSS JOIN unit_above a ON a.below = x.n AND (a.above = x.n OR (x.first <= :d AND x.until > :d)) GROUP BY a.above)
SELECT 'unit:' || u.id, u.level, s.members, NULL
FROM (SELECT n, CAST(sum(members) AS BIGINT) AS members FROM t GROUP BY n) s CROSS JOIN unit u ON u.n = s.n;

-- name: rollup.report.rate
WITH r AS MATERIALIZED (
  SELECT h.person, min(h.unit) AS lo, max(h.unit) AS hi, max(CASE WHEN EXISTS (
         SELECT 1 FROM report r WHERE r.subject_kind = 0 AND r.subject = h.person AND r.unit = x.community
         AND (x.n = x.community OR (x.first <= :d AND x.until > :d)) AND r.first <= :d AND r.until > :d)
         THEN 1 ELSE 0 END) AS reported
  FROM person_fact f CROSS JOIN residence h ON h.person = f.person AND h.first <= :d AND h.until > :d
  CROSS JOIN unit x ON x.n = h.unit
  WHERE f.first <= :d AND f.status > 0 AND f.in_service = 1 GROUP BY h.person),
t AS (
  SELECT a.above AS n, sum(c.reported) AS reported, sum(c.residents) AS residents
  FROM (SELECT lo, sum(reported) AS reported, count(*) AS residents FROM r WHERE lo = hi GROUP BY lo) c
  CROSS JOIN unit x ON x.n = c.lo
  CROSS JOIN unit_above a ON a.below = x.n AND (a.above = x.n OR (x.first <= :d AND x.until > :d)) GROUP BY a.above
  UNION ALL
  SELECT a.above, count(DISTINCT CASE WHEN EXISTS (
           SELECT 1 FROM report r WHERE r.subject_kind = 0 AND r.subject = h.person AND r.unit = x.community
           AND (x.n = x.community OR (x.first <= :d AND x.until > :d)) AND r.first <= :d AND r.until > :d) THEN h.person END),
         count(DISTINCT h.person)
  FROM r CROSS JOIN residence h ON h.person = r.person AND h.first <= :d AND h.until > :d
  CROSS JOIN unit x ON x.n = h.unit
  CROSS JOIN unit_above a ON a.below = x.n AND (a.above = x.n OR (x.first <= :d AND x.until > :d))
  WHERE r.lo <> r.hi GROUP BY a.above)
SELECT 'unit:' || u.id, u.level, s.reported, s.residents
FROM (SELECT n, CAST(sum(reported) AS BIGINT) AS reported, CAST(sum(residents) AS BIGINT) AS residents FROM t GROUP BY n) s
CROSS JOIN unit u ON u.n = s.n;

-- name: unreported
SELECT DISTINCT 'person:' || p.id FROM unit a
CROSS JOIN unit x ON x.n BETWEEN a.n AND a.last AND (x.n = a.n OR (x.first <= :d AND x.until > :d))
CROSS JOIN residence h ON h.unit = x.n AND h.first <= :d AND h.until > :d
CROSS JOIN person_fact f ON f.person = h.person AND f.first <= :d AND f.status > 0 AND f.in_service = 1
CROSS JOIN person p ON p.n = h.person
WHERE a.id = :unit
  AND NOT EXISTS (SELECT 1 FROM report r WHERE r.subject_kind = 0 AND r.subject = h.person AND r.unit = x.community
                  AND (x.n = x.community OR (x.first <= :d AND x.until > :d)) AND r.first <= :d AND r.until > :d);

-- name: person-under-unit
SELECT EXISTS (SELECT 1 FROM residence h CROSS JOIN unit a ON a.n = :u
               WHERE h.person = :p AND h.unit BETWEEN a.n AND a.last AND h.first <= :d AND h.until > :d
                 AND (h.unit = a.n OR EXISTS (SELECT 1 FROM unit x WHERE x.n = h.unit AND x.first <= :d AND x.until > :d)));

-- name: person-under-unit-by-text
SELECT EXISTS (SELECT 1 FROM person p CROSS JOIN unit a ON a.id = :unit
               CROSS JOIN residence h ON h.person = p.n AND h.unit BETWEEN a.n AND a.last AND h.first <= :d AND h.until > :d
               WHERE p.id = :person
                 AND (h.unit = a.n OR EXISTS (SELECT 1 FROM unit x WHERE x.n = h.unit AND x.first <= :d AND x.until > :d)));

-- name: members
SELECT count(CASE WHEN status = 2 THEN 1 END), count(CASE WHEN status = 1 THEN 1 END) FROM (
  SELECT DISTINCT f.person, k.status FROM unit a
  CROSS JOIN unit x ON x.n BETWEEN a.n AND a.last AND (x.n = a.n OR (x.first <= :d AND x.until > :d))
  CROSS JOIN org o ON o.unit = x.n AND o.first <= :d AND o.until > :d AND o.member_branch = 1
  CROSS JOIN affiliation f ON f.org = o.n AND f.kind = 1 AND f.first <= :d AND f.until > :d
  CROSS JOIN person_fact k ON k.person = f.person AND k.first <= :d
  WHERE a.id = :unit) m;

-- name: cross-appointments
SELECT 'person:' || p.id, 'unit:' || c.id, y.kinds FROM (
  SELECT person, community, group_concat(kind, ',') AS kinds FROM (
    SELECT DISTINCT q.person, x.community, o.kind FROM unit a
    CROSS JOIN unit x ON x.n BETWEEN a.n AND a.last AND x.community >= a.n
    CROSS JOIN org o ON o.unit = x.n AND o.first <= :d AND o.until > :d
    CROSS JOIN appointment q ON q.body_kind = 1 AND q.body = o.n AND q.first <= :d AND q.until > :d
    WHERE a.id = :unit) k
  GROUP BY person, community HAVING count(*) > 1) y
CROSS JOIN person p ON p.n = y.person CROSS JOIN unit c ON c.n = y.community;

-- name: officers
SELECT 'person:' || p.id, 'unit:' || x.id, q.role, nullif(q.first, 0) FROM unit a
CROSS JOIN unit x ON x.n BETWEEN a.n AND a.last AND (x.n = a.n OR (x.first <= :d AND x.until > :d))
CROSS JOIN appointment q ON q.role = :role AND q.body_kind = 0 AND q.body = x.n AND q.first <= :d AND q.until > :d
CROSS JOIN person p ON p.n = q.person WHERE a.id = :unit
UNION
SELECT 'person:' || p.id, 'org:' || o.id, q.role, nullif(q.first, 0) FROM unit a
CROSS JOIN unit x ON x.n BETWEEN a.n AND a.last AND (x.n = a.n OR (x.first <= :d AND x.until > :d))
CROSS JOIN org o ON o.unit = x.n AND o.first <= :d AND o.until > :d
CROSS JOIN appointment q ON q.role = :role AND q.body_kind = 1 AND q.body = o.n AND q.first <= :d AND q.until > :d
CROSS JOIN person p ON p.n = q.person WHERE a.id = :unit;

-- name: committee-secretaries
-- Secretaries of the Party committees of the communities below a unit.
SELECT DISTINCT 'person:' || p.id, 'org:' || o.id, nullif(q.first, 0) FROM unit a
CROSS JOIN unit x ON x.n BETWEEN a.n AND a.last AND x.level = 'community' AND (x.n = a.n OR (x.first <= :d AND x.until > :d))
CROSS JOIN org o ON o.unit = x.n AND o.kind = 'party_committee' AND o.first <= :d AND o.until > :d
CROSS JOIN appointment q ON q.role = 'secretary' AND q.body_kind = 1 AND q.body = o.n AND q.first <= :d AND q.until > :d
CROSS JOIN person p ON p.n = q.person WHERE a.id = :unit;

-- name: report
INSERT INTO report SELECT 0, p.n, u.n, :d, 99999999 FROM person p CROSS JOIN unit u ON u.id = :unit WHERE p.id = :person;

-- name: number.person
SELECT n FROM person WHERE id = :id;

-- name: number.unit
SELECT n FROM unit WHERE id = :id;

-- name: ids.person
SELECT n, id FROM person;

-- name: ids.org
SELECT n, id FROM org;

-- name: ids.unit
SELECT n, id FROM unit;

-- name: fill-unit-above
-- Once, after loading.
INSERT INTO unit_above
  WITH RECURSIVE up(below, above) AS (
    SELECT n, n FROM unit UNION ALL SELECT up.below, u.parent FROM up JOIN unit u ON u.n = up.above WHERE u.parent IS NOT NULL)
  SELECT below, above FROM up ORDER BY below, above;
