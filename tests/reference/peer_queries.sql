-- The questions of the contract as prepared statements.  A line "-- name:" opens a statement.
-- :d the day as YYYYMMDD; :cutoff the day `report.deadline_days` before it; :u a unit, :o an organisation, :p a person by number.

-- name: audit.branch.min-members
SELECT 'org:' || o.id FROM org o
LEFT JOIN (SELECT a.org, count(DISTINCT a.person) AS members FROM affiliation a
           JOIN person_fact f ON f.person = a.person AND f.first <= :d AND f.until > :d
           WHERE a.formal = 1 AND a.first <= :d AND a.until > :d AND f.status = 2 GROUP BY a.org) m ON m.org = o.n
WHERE o.kind = 'party_branch' AND o.founded <= :d AND o.dissolved > :d AND coalesce(m.members, 0) < 3;

-- name: audit.branch.max-members
SELECT 'org:' || o.id FROM org o
JOIN (SELECT a.org, count(DISTINCT a.person) AS members FROM affiliation a
      JOIN person_fact f ON f.person = a.person AND f.first <= :d AND f.until > :d
      WHERE a.formal = 1 AND a.first <= :d AND a.until > :d AND f.status > 0 GROUP BY a.org HAVING members > 50) m ON m.org = o.n
WHERE o.kind = 'party_branch' AND o.founded <= :d AND o.dissolved > :d;

-- name: audit.branch.committee-required
SELECT 'org:' || o.id FROM org o
JOIN (SELECT a.org, count(DISTINCT a.person) AS members FROM affiliation a
      JOIN person_fact f ON f.person = a.person AND f.first <= :d AND f.until > :d
      WHERE a.formal = 1 AND a.first <= :d AND a.until > :d AND f.status = 2 GROUP BY a.org HAVING members >= 7) m ON m.org = o.n
WHERE o.kind = 'party_branch' AND o.founded <= :d AND o.dissolved > :d
  AND (SELECT count(DISTINCT p.person) FROM appointment p WHERE p.body_kind = 1 AND p.body = o.n
       AND p.role IN ('secretary', 'deputy_secretary', 'committee_member') AND p.first <= :d AND p.until > :d) < 3;

-- name: audit.branch.committee-size
SELECT 'org:' || o.id FROM org o
JOIN (SELECT a.org, count(DISTINCT a.person) AS members FROM affiliation a
      JOIN person_fact f ON f.person = a.person AND f.first <= :d AND f.until > :d
      WHERE a.formal = 1 AND a.first <= :d AND a.until > :d AND f.status = 2 GROUP BY a.org HAVING members >= 7) m ON m.org = o.n
WHERE o.kind = 'party_branch' AND o.founded <= :d AND o.dissolved > :d
  AND (SELECT count(DISTINCT p.person) FROM appointment p WHERE p.body_kind = 1 AND p.body = o.n
       AND p.role IN ('secretary', 'deputy_secretary', 'committee_member') AND p.first <= :d AND p.until > :d) > 7;

-- name: audit.grid.head-vacant
SELECT 'unit:' || u.id FROM unit_level l JOIN unit u ON u.n = l.unit
WHERE l.level = 'grid' AND l.first <= :d AND l.until > :d AND u.first <= :d AND u.until > :d
  AND NOT EXISTS (SELECT 1 FROM appointment p WHERE p.body_kind = 0 AND p.body = u.n AND p.role = 'grid_head'
                  AND p.first <= :d AND p.until > :d);

-- name: audit.term.expired
-- 99999999 + 50000 never ends; 0229 + n years reads as 29 February: it lies between 28 February and 1 March, as the last day must.
SELECT 'org:' || o.id FROM (SELECT DISTINCT org FROM term WHERE elected <= :d) b JOIN org o ON o.n = b.org
WHERE (SELECT last FROM term t WHERE t.org = b.org AND t.elected <= :d ORDER BY t.elected DESC, t.number DESC LIMIT 1) < :d
UNION
SELECT 'org:' || o.id FROM appointment p JOIN org o ON o.n = p.body
WHERE p.role = 'secretary' AND p.body_kind = 1 AND p.first <= :d AND p.until > :d
  AND NOT EXISTS (SELECT 1 FROM term t WHERE t.org = o.n AND t.elected <= :d)
  AND o.kind IN ('party_committee', 'party_general_branch', 'party_branch')
  AND p.first + 10000 * CASE
        WHEN o.kind = 'party_committee' THEN 5
        WHEN EXISTS (
          SELECT 1 FROM org_parent r JOIN org q ON q.n = r.parent AND q.party = 1
          JOIN seat s ON s.org = o.n AND s.first <= :d AND s.until > :d
          JOIN unit_level l ON l.unit = s.unit AND l.level = 'community' AND l.first <= :d AND l.until > :d
          JOIN unit_above a ON a.below = s.unit AND a.above <> s.unit AND a.first <= :d AND a.until > :d
          JOIN seat z ON z.org = q.n AND z.unit = a.above AND z.first <= :d AND z.until > :d
          WHERE r.org = o.n AND r.first <= :d AND r.until > :d) THEN 5
        ELSE 3 END < :d;

-- name: audit.report.member-unreported
SELECT 'person:' || p.id FROM (
  SELECT DISTINCT h.person AS n FROM person_fact f
  JOIN residence h ON h.person = f.person AND h.first <= :d AND h.until > :d AND h.first < :cutoff
  JOIN community_of c ON c.unit = h.unit AND c.first <= :d AND c.until > :d
  WHERE f.first <= :d AND f.until > :d AND f.status > 0 AND f.in_service = 1
    AND NOT EXISTS (SELECT 1 FROM report r WHERE r.subject_kind = 0 AND r.subject = h.person AND r.unit = c.community
                    AND r.first <= :d AND r.until > :d)) x JOIN person p ON p.n = x.n;

-- name: audit.report.duplicate
SELECT DISTINCT CASE x.subject_kind WHEN 0 THEN 'person:' || (SELECT id FROM person WHERE n = x.subject)
                                    ELSE 'org:' || (SELECT id FROM org WHERE n = x.subject) END
FROM (SELECT subject_kind, subject FROM report WHERE first <= :d AND until > :d
      GROUP BY subject_kind, subject, unit HAVING count(*) > 1) x;

-- name: rollup.members.full
SELECT 'unit:' || u.id, x.members FROM (
  SELECT a.above AS n, count(DISTINCT m.person) AS members
  FROM (SELECT DISTINCT s.unit, f.person FROM affiliation f
        JOIN person_fact k ON k.person = f.person AND k.first <= :d AND k.until > :d AND k.status = 2
        JOIN seat s ON s.org = f.org AND s.first <= :d AND s.until > :d
        JOIN org o ON o.n = f.org AND o.party = 1
        WHERE f.formal = 1 AND f.first <= :d AND f.until > :d) m
  JOIN unit_above a ON a.below = m.unit AND a.first <= :d AND a.until > :d
  GROUP BY a.above) x JOIN unit u ON u.n = x.n;

-- name: rollup.report.rate
WITH m AS MATERIALIZED (
  SELECT h.person, h.unit, EXISTS (
         SELECT 1 FROM community_of c JOIN report r ON r.subject_kind = 0 AND r.subject = h.person AND r.unit = c.community
         WHERE c.unit = h.unit AND c.first <= :d AND c.until > :d AND r.first <= :d AND r.until > :d) AS reported
  FROM person_fact f JOIN residence h ON h.person = f.person AND h.first <= :d AND h.until > :d
  WHERE f.first <= :d AND f.until > :d AND f.status > 0 AND f.in_service = 1)
SELECT 'unit:' || u.id, x.reported, x.residents FROM (
  SELECT a.above AS n, count(DISTINCT CASE WHEN m.reported THEN m.person END) AS reported, count(DISTINCT m.person) AS residents
  FROM m JOIN unit_above a ON a.below = m.unit AND a.first <= :d AND a.until > :d
  GROUP BY a.above) x JOIN unit u ON u.n = x.n;

-- name: unreported
SELECT DISTINCT 'person:' || p.id FROM unit_above a
JOIN residence h ON h.unit = a.below AND h.first <= :d AND h.until > :d
JOIN person_fact f ON f.person = h.person AND f.first <= :d AND f.until > :d AND f.status > 0 AND f.in_service = 1
JOIN person p ON p.n = h.person
WHERE a.above = :u AND a.first <= :d AND a.until > :d
  AND NOT EXISTS (SELECT 1 FROM community_of c JOIN report r ON r.subject_kind = 0 AND r.subject = h.person AND r.unit = c.community
                  WHERE c.unit = h.unit AND c.first <= :d AND c.until > :d AND r.first <= :d AND r.until > :d);

-- name: person-under-unit
SELECT EXISTS (SELECT 1 FROM residence h JOIN unit_above a ON a.below = h.unit AND a.above = :u AND a.first <= :d AND a.until > :d
               WHERE h.person = :p AND h.first <= :d AND h.until > :d);

-- name: org-under-unit
SELECT EXISTS (SELECT 1 FROM seat s JOIN unit_above a ON a.below = s.unit AND a.above = :u AND a.first <= :d AND a.until > :d
               WHERE s.org = :o AND s.first <= :d AND s.until > :d);

-- name: unit-under-unit
SELECT EXISTS (SELECT 1 FROM unit_above WHERE below = :below AND above = :u AND first <= :d AND until > :d);

-- name: org-under-org
SELECT EXISTS (SELECT 1 FROM party_above WHERE below = :below AND above = :o AND first <= :d AND until > :d);

-- name: person-under-org
SELECT EXISTS (SELECT 1 FROM affiliation f JOIN party_above a ON a.below = f.org AND a.above = :o AND a.first <= :d AND a.until > :d
               WHERE f.person = :p AND f.formal = 1 AND f.first <= :d AND f.until > :d);

-- name: members-under-unit
SELECT coalesce(sum(status = 2), 0), coalesce(sum(status = 1), 0) FROM (
  SELECT DISTINCT f.person, k.status FROM unit_above a
  JOIN seat s ON s.unit = a.below AND s.first <= :d AND s.until > :d
  JOIN org o ON o.n = s.org AND o.member_branch = 1
  JOIN affiliation f ON f.org = s.org AND f.formal = 1 AND f.first <= :d AND f.until > :d
  JOIN person_fact k ON k.person = f.person AND k.first <= :d AND k.until > :d
  WHERE a.above = :u AND a.first <= :d AND a.until > :d);

-- name: members-under-org
SELECT coalesce(sum(status = 2), 0), coalesce(sum(status = 1), 0) FROM (
  SELECT DISTINCT f.person, k.status FROM party_above a
  JOIN org o ON o.n = a.below AND o.member_branch = 1
  JOIN affiliation f ON f.org = a.below AND f.formal = 1 AND f.first <= :d AND f.until > :d
  JOIN person_fact k ON k.person = f.person AND k.first <= :d AND k.until > :d
  WHERE a.above = :o AND a.first <= :d AND a.until > :d);

-- name: cross-appointments
SELECT 'person:' || p.id, 'unit:' || u.id, x.kinds FROM (
  SELECT q.person, c.community, group_concat(DISTINCT o.kind) AS kinds
  FROM unit_above b
  JOIN unit_level l ON l.unit = b.below AND l.level = 'community' AND l.first <= :d AND l.until > :d
  JOIN community_of c ON c.community = b.below AND c.first <= :d AND c.until > :d
  JOIN seat s ON s.unit = c.unit AND s.first <= :d AND s.until > :d
  JOIN org o ON o.n = s.org
  JOIN appointment q ON q.body_kind = 1 AND q.body = o.n AND q.first <= :d AND q.until > :d
  WHERE b.above = :u AND b.first <= :d AND b.until > :d
  GROUP BY q.person, c.community HAVING count(DISTINCT o.kind) > 1) x
JOIN person p ON p.n = x.person JOIN unit u ON u.n = x.community;

-- name: officers-under-unit
SELECT 'person:' || p.id, 'unit:' || u.id, q.first FROM unit_above a
JOIN appointment q ON q.body_kind = 0 AND q.body = a.below AND q.role = :role AND q.first <= :d AND q.until > :d
JOIN person p ON p.n = q.person JOIN unit u ON u.n = q.body
WHERE a.above = :u AND a.first <= :d AND a.until > :d
UNION
SELECT 'person:' || p.id, 'org:' || o.id, q.first FROM unit_above a
JOIN seat s ON s.unit = a.below AND s.first <= :d AND s.until > :d
JOIN appointment q ON q.body_kind = 1 AND q.body = s.org AND q.role = :role AND q.first <= :d AND q.until > :d
JOIN person p ON p.n = q.person JOIN org o ON o.n = q.body
WHERE a.above = :u AND a.first <= :d AND a.until > :d;

-- name: officers-under-org
SELECT DISTINCT 'person:' || p.id, 'org:' || o.id, q.first FROM party_above a
JOIN appointment q ON q.body_kind = 1 AND q.body = a.below AND q.role = :role AND q.first <= :d AND q.until > :d
JOIN person p ON p.n = q.person JOIN org o ON o.n = q.body
WHERE a.above = :o AND a.first <= :d AND a.until > :d;

-- name: smallest-path-to-unit
-- Nodes are joined by character 1, which is below every character of an id, so joined paths compare as their nodes do.
WITH RECURSIVE go(node, path) AS (
  SELECT n, 'unit:' || id FROM unit WHERE :start = 'unit' AND n = :n
  UNION ALL
  SELECT s.unit, 'org:' || (SELECT id FROM org WHERE n = :n) || char(1) || 'unit:' || u.id
    FROM seat s JOIN unit u ON u.n = s.unit WHERE :start = 'org' AND s.org = :n AND s.first <= :d AND s.until > :d
  UNION ALL
  SELECT h.unit, 'person:' || (SELECT id FROM person WHERE n = :n) || char(1) || 'unit:' || u.id
    FROM residence h JOIN unit u ON u.n = h.unit WHERE :start = 'person' AND h.person = :n AND h.first <= :d AND h.until > :d
  UNION
  SELECT t.parent, go.path || char(1) || 'unit:' || u.id
    FROM go JOIN territory t ON t.child = go.node AND t.first <= :d AND t.until > :d JOIN unit u ON u.n = t.parent
    WHERE go.node <> :u)
SELECT min(path) FROM go WHERE node = :u;

-- name: smallest-path-to-org
WITH RECURSIVE go(node, path) AS (
  SELECT n, 'org:' || id FROM org WHERE :start = 'org' AND n = :n
  UNION ALL
  SELECT f.org, 'person:' || (SELECT id FROM person WHERE n = :n) || char(1) || 'org:' || o.id
    FROM affiliation f JOIN org o ON o.n = f.org
    WHERE :start = 'person' AND f.person = :n AND f.formal = 1 AND f.first <= :d AND f.until > :d
  UNION
  SELECT t.parent, go.path || char(1) || 'org:' || o.id
    FROM go JOIN org_tie t ON t.kind = :kind AND t.child = go.node AND t.first <= :d AND t.until > :d JOIN org o ON o.n = t.parent
    WHERE go.node <> :o)
SELECT min(path) FROM go WHERE node = :o;
