// The payload decoded. The tree is flat and depth-first, so everything below node i is the range [i, treeEnd[i]).
const tree = payload.tree;
const treeSize = tree.name.length;
const treeParent = new Int32Array(treeSize).fill(-1);
const treeEnd = new Int32Array(treeSize);
const kinds = payload.kinds.map(([id, title, type]) => ({
                                  id,
                                  type,
                                  title: title || (hasLabel('unit.' + id) ? t('unit.' + id) : id),
                                  party: type === 'org' && id.startsWith('party_'),
                                }));
const rowOf = new Map();  // node in text -> its row
// A body that stands in a second place, for instance at a second seat, is shown there as a copy without anything below.
const copyOf = new Map(tree.copies);

(function linkTree() {
  const open = [];
  for (let i = 0; i < treeSize; ++i) {
    while (open.length && tree.depth[open[open.length - 1]] >= tree.depth[i]) treeEnd[open.pop()] = i;
    if (open.length) treeParent[i] = open[open.length - 1];
    open.push(i);
    if (!copyOf.has(i)) rowOf.set(nodeText(i), i);
  }
  for (const i of open) treeEnd[i] = treeSize;
})();

function kindOf(i) {
  return kinds[tree.kind[i]];
}
function nodeText(i) {
  return kindOf(i).type + ':' + tree.id[i];
}
function isUnit(i) {
  return kindOf(i).type === 'unit';
}
function inside(i, scope) {
  return i >= 0 && (scope < 0 || (i >= scope && i < treeEnd[scope]));
}

function ancestor(i, level) {
  while (i >= 0 && kindOf(i).id !== level) i = treeParent[i];
  return i;
}

// The nearest unit at or above row i; -1 for a body without a seat at the top.
function unitOf(i) {
  while (i >= 0 && !isUnit(i)) i = treeParent[i];
  return i;
}

// A community is mostly named after its committee; where room is short the place itself is enough.
function shortName(i) {
  return kindOf(i).id === 'community' ?
      tree.name[i].replace(/(?:居民委员会|居委会|村民委员会|村委会)$/, '') || tree.name[i] :
      tree.name[i];
}

// "street › community": the places around row i, below the page's root, itself included when it is a unit.
function placeText(i) {
  const names = [];
  for (; i >= 0; i = treeParent[i]) {
    if (isUnit(i) && (treeParent[i] >= 0 || treeSize === 1) && kindOf(i).id !== 'district') names.unshift(shortName(i));
  }
  return names.join(' › ');
}

// The same in two lines: the nearest unit, and below it the street.
function placeLines(i) {
  const names = placeText(i).split(' › ');
  const last = names.pop();
  return [last, names.length ? h('small', null, names.join(' › ')) : null];
}

function children(i) {
  const rows = [];
  const stop = i < 0 ? treeSize : treeEnd[i];
  for (let child = i + 1; child < stop; child = treeEnd[child]) rows.push(child);
  return rows;
}

const rows = {
  units: {}
};  // rows of each level
for (let i = 0; i < treeSize; ++i) {
  if (isUnit(i)) (rows.units[kindOf(i).id] = rows.units[kindOf(i).id] || []).push(i);
}

// Rules, and the three groups in which a clerk reads them.
const groups = ['hard', 'soft', 'other'];
const groupOfLevel = {
  must: 'hard',
  must_not: 'hard',
  should: 'soft'
};
const rules = payload.rules;
for (const rule of rules) rule.group = groupOfLevel[rule.level] || 'other';
const ruleRow = new Map(rules.map((rule, i) => [rule.id, i]));

// Texts are sent as patterns: \u0001 stands for a run of digits, \u0002 for the subject's name, \u0003 for its number.
function fill(pattern, digits, name, id) {
  const runs = digits ? digits.split(' ') : [];
  let next = 0;
  return pattern.replace(
      /[\u0001-\u0003]/g,
      (sign) => sign === '\u0001' ? runs[next++] :
          sign === '\u0002'       ? name :
                                    id);
}

const found = payload.findings;
const foundSize = found.rule.length;
const statusOf = (f) => found.waived[f] ? 'waived' : payload.statuses[found.status[f]];
const groupOf = (f) => rules[found.rule[f]].group;
const isActive = (f) => statusOf(f) === 'unmet';
const subjectRow = (f) => typeof found.subject[f] === 'number' ? found.subject[f] : -1;
const subjectText = (f) => typeof found.subject[f] === 'number' ? nodeText(found.subject[f]) : found.subject[f];
const subjectName = (f) =>
    typeof found.subject[f] === 'number' ? tree.name[found.subject[f]] : found.name[f] || found.subject[f];
const messageOf = (f) => fill(payload.texts[found.message[f]], found.message_digits[f], subjectName(f), subjectText(f));
const factsOf = (f) => fill(payload.texts[found.facts[f]], found.facts_digits[f], subjectName(f), subjectText(f))
                           .split('\n')
                           .filter(Boolean);
const citationOf = (f) => payload.texts[found.citation[f]];
// The street (or the level above it where there is none) and the row at which a finding is shown.
const placeRow = (f) => found.place[f] >= 0 ? found.place[f] : subjectRow(f);

// Active findings at or below every row, by group. A unit counts what lies in it: findings whose subject or place is at
// or below it, each once. A body counts its own and those of the bodies below it, wherever they are seated.
const badges = {
  hard: new Int32Array(treeSize),
  soft: new Int32Array(treeSize),
  other: new Int32Array(treeSize)
};
const ownFindings = new Map();  // row -> active findings whose subject is that row
(function countBadges() {
  const seen = new Int32Array(treeSize).fill(-1);
  for (let f = 0; f < foundSize; ++f) {
    if (!isActive(f)) continue;
    const group = badges[groupOf(f)];
    const row = subjectRow(f);
    for (let i of [row, found.place[f]]) {
      for (; i >= 0 && seen[i] !== f; i = treeParent[i]) {
        seen[i] = f;
        ++group[i];
      }
    }
    if (row >= 0) ownFindings.has(row) ? ownFindings.get(row).push(f) : ownFindings.set(row, [f]);
  }
  if (!copyOf.size) return;
  const done = new Uint8Array(treeSize);
  for (let i = treeSize - 1; i >= 0; --i)
    if (!isUnit(i)) addCopies(i, done);
})();

// A body's copies below it, in full: party line has no cycle, so every body is settled before those above it.
function addCopies(i, done) {
  if (done[i]) return;
  done[i] = 1;
  const own = copyOf.get(i);
  if (own !== undefined) {
    addCopies(own, done);
    for (const g of groups) badges[g][i] = badges[g][own];
    return;
  }
  const sums = groups.map((g) => (ownFindings.get(i) || []).reduce((n, f) => n + (groupOf(f) === g ? 1 : 0), 0));
  for (const child of children(i)) {
    addCopies(child, done);
    groups.forEach((g, k) => {
      sums[k] += badges[g][child];
    });
  }
  groups.forEach((g, k) => {
    badges[g][i] = sums[k];
  });
}
// A single root holds everything, people without a place in the tree included.
if (treeSize && treeEnd[0] === treeSize) {
  for (const g of groups) badges[g][0] = rules.reduce((n, rule) => n + (rule.group === g ? rule.findings || 0 : 0), 0);
}
const badge = (i) => badges.hard[i] + badges.soft[i] + badges.other[i];

// Running sums over the rows: how many of something lie below any node, in constant time.
function running(test) {
  const sums = new Int32Array(treeSize + 1);
  for (let i = 0; i < treeSize; ++i) sums[i + 1] = sums[i] + (test(i) ? 1 : 0);
  return (i) => i < 0 ? sums[treeSize] : sums[treeEnd[i]] - sums[i];
}
const gridsBelow = running((i) => kindOf(i).id === 'grid');
const partyBelow = running((i) => kindOf(i).party && !copyOf.has(i));
const communitiesBelow = running((i) => kindOf(i).id === 'community');
const communitiesWithParty = running((i) => kindOf(i).id === 'community' && partyBelow(i) > 0);
const headRule = ruleRow.get('grid.head-vacant');
// A waived vacancy is a vacancy still. Without the rule's findings nothing can be said.
const headsKnown = headRule !== undefined && rules[headRule].findings !== null && payload.findings_total === foundSize;
const vacant = new Set();
for (let f = 0; f < foundSize; ++f) {
  if (found.rule[f] === headRule && payload.statuses[found.status[f]] === 'unmet' && subjectRow(f) >= 0)
    vacant.add(subjectRow(f));
}
const vacantBelow = running((i) => vacant.has(i));

const hasUnits = Object.keys(rows.units).length > 0;  // false when the page is about a body

function measures(indicator) {
  const map = new Map();
  const {node, numerator, denominator} = payload.rollups[indicator];
  node.forEach((row, k) => map.set(row, [numerator[k], denominator ? denominator[k] : 0]));
  return map;
}
const reportRates = measures('report.rate');
const fullMembers = measures('members.full');

// What the reader looks at: one scope for the whole page (-1: all of it).
const view = {
  scope: -1,
  bodies: null,
  listeners: []
};

// Whether a finding, or a node, is within the scope. Below a body counts who is below it, wherever seated.
const rowInside = (i) => view.scope < 0 || (view.bodies ? i >= 0 && view.bodies[i] === 1 : inside(i, view.scope));
const foundInside = (f) => rowInside(subjectRow(f)) || (!view.bodies && rowInside(found.place[f]));

function bodiesBelow(row, marked) {
  for (let i = row; i < treeEnd[row]; ++i) {
    const own = copyOf.get(i);
    if (own === undefined)
      marked[i] = 1;
    else if (!marked[own])
      bodiesBelow(own, marked);
  }
  return marked;
}

function setScope(row) {
  if (copyOf.has(row)) row = copyOf.get(row);
  if (row === view.scope) return;
  view.scope = row;
  view.bodies = row >= 0 && !isUnit(row) ? bodiesBelow(row, new Uint8Array(treeSize)) : null;
  for (const listener of view.listeners) listener();
}
