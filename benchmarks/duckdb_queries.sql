-- What DuckDB answers better from its wide table of residents (duckdb_indexes.sql).

-- name: audit.report.member-unreported
SELECT DISTINCT 6, h.person FROM resident h
JOIN unit x ON x.n = h.unit AND x.community IS NOT NULL AND (x.n = x.community OR (x.first <= :d AND x.until > :d))
WHERE h.fact_first <= :d AND h.status > 0 AND h.in_service = 1 AND h.first <= :d AND h.until > :d AND h.first < :cutoff
  AND NOT EXISTS (SELECT 1 FROM report r WHERE r.subject_kind = 0 AND r.subject = h.person AND r.unit = x.community
                  AND r.first <= :d AND r.until > :d);

-- name: unreported
SELECT DISTINCT 'person:' || h.id FROM unit a
JOIN unit x ON x.n BETWEEN a.n AND a.last AND (x.n = a.n OR (x.first <= :d AND x.until > :d))
JOIN resident h ON h.unit = x.n
WHERE a.id = :unit AND h.fact_first <= :d AND h.status > 0 AND h.in_service = 1 AND h.first <= :d AND h.until > :d
  AND NOT EXISTS (SELECT 1 FROM report r WHERE r.subject_kind = 0 AND r.subject = h.person AND r.unit = x.community
                  AND (x.n = x.community OR (x.first <= :d AND x.until > :d)) AND r.first <= :d AND r.until > :d);

-- name: rollup.report.rate
WITH r AS MATERIALIZED (
  SELECT h.person, min(h.unit) AS lo, max(h.unit) AS hi, max(CASE WHEN EXISTS (
         SELECT 1 FROM report r WHERE r.subject_kind = 0 AND r.subject = h.person AND r.unit = x.community
         AND (x.n = x.community OR (x.first <= :d AND x.until > :d)) AND r.first <= :d AND r.until > :d)
         THEN 1 ELSE 0 END) AS reported
  FROM resident h JOIN unit x ON x.n = h.unit
  WHERE h.fact_first <= :d AND h.status > 0 AND h.in_service = 1 AND h.first <= :d AND h.until > :d GROUP BY h.person),
t AS (
  SELECT a.above AS n, sum(c.reported) AS reported, sum(c.residents) AS residents
  FROM (SELECT lo, sum(reported) AS reported, count(*) AS residents FROM r WHERE lo = hi GROUP BY lo) c
  JOIN unit x ON x.n = c.lo
  JOIN unit_above a ON a.below = x.n AND (a.above = x.n OR (x.first <= :d AND x.until > :d)) GROUP BY a.above
  UNION ALL
  SELECT a.above, count(DISTINCT CASE WHEN EXISTS (
           SELECT 1 FROM report r WHERE r.subject_kind = 0 AND r.subject = h.person AND r.unit = x.community
           AND (x.n = x.community OR (x.first <= :d AND x.until > :d)) AND r.first <= :d AND r.until > :d) THEN h.person END),
         count(DISTINCT h.person)
  FROM r JOIN residence h ON h.person = r.person AND h.first <= :d AND h.until > :d
  JOIN unit x ON x.n = h.unit
  JOIN unit_above a ON a.below = x.n AND (a.above = x.n OR (x.first <= :d AND x.until > :d))
  WHERE r.lo <> r.hi GROUP BY a.above)
SELECT 'unit:' || u.id, u.level, s.reported, s.residents
FROM (SELECT n, CAST(sum(reported) AS BIGINT) AS reported, CAST(sum(residents) AS BIGINT) AS residents FROM t GROUP BY n) s
JOIN unit u ON u.n = s.n;
