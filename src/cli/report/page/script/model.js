// The payload decoded. The tree is flat and depth-first, so everything below node i is the range [i, treeEnd[i]).
const tree = payload.tree;
const treeSize = tree.name.length;
const treeParent = new Int32Array(treeSize).fill(-1);
const treeEnd = new Int32Array(treeSize);
const kinds = payload.kinds.map(([id, title, type]) => ({
  id, type, title: title || (hasLabel('unit.' + id) ? t('unit.' + id) : id), party: type === 'org' && id.startsWith('party_'),
}));
const rowOf = new Map();  // node in text -> its first row

(function linkTree() {
  const open = [];
  for (let i = 0; i < treeSize; ++i) {
    while (open.length && tree.depth[open[open.length - 1]] >= tree.depth[i]) treeEnd[open.pop()] = i;
    if (open.length) treeParent[i] = open[open.length - 1];
    open.push(i);
    const text = nodeText(i);
    if (!rowOf.has(text)) rowOf.set(text, i);
  }
  for (const i of open) treeEnd[i] = treeSize;
})();

function kindOf(i) { return kinds[tree.kind[i]]; }
function nodeText(i) { return kindOf(i).type + ':' + tree.id[i]; }
function isUnit(i) { return kindOf(i).type === 'unit'; }
function inside(i, scope) { return i >= 0 && (scope < 0 || (i >= scope && i < treeEnd[scope])); }

function ancestor(i, level) {
  while (i >= 0 && kindOf(i).id !== level) i = treeParent[i];
  return i;
}

// "street › community": the places around row i, below the page's root, itself included when it is a unit.
function placeText(i) {
  const names = [];
  for (; i >= 0; i = treeParent[i]) {
    if (isUnit(i) && (treeParent[i] >= 0 || treeSize === 1) && kindOf(i).id !== 'district') names.unshift(tree.name[i]);
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

const rows = {units: {}};  // rows of each level
for (let i = 0; i < treeSize; ++i) {
  if (isUnit(i)) (rows.units[kindOf(i).id] = rows.units[kindOf(i).id] || []).push(i);
}

// Rules, and the three groups in which a clerk reads them.
const groups = ['hard', 'soft', 'other'];
const groupOfLevel = {must: 'hard', must_not: 'hard', should: 'soft'};
const rules = payload.rules;
for (const rule of rules) rule.group = groupOfLevel[rule.level] || 'other';
const ruleRow = new Map(rules.map((rule, i) => [rule.id, i]));

// Texts are sent as patterns: \u0001 stands for a run of digits, \u0002 for the subject's name, \u0003 for its number.
function fill(pattern, digits, name, id) {
  const runs = digits ? digits.split(' ') : [];
  let next = 0;
  return pattern.replace(/[\u0001-\u0003]/g, (sign) => sign === '\u0001' ? runs[next++] : sign === '\u0002' ? name : id);
}

const found = payload.findings;
const foundSize = found.rule.length;
const statusOf = (f) => found.waived[f] ? 'waived' : payload.statuses[found.status[f]];
const groupOf = (f) => rules[found.rule[f]].group;
const isActive = (f) => statusOf(f) === 'unmet';
const subjectRow = (f) => typeof found.subject[f] === 'number' ? found.subject[f] : -1;
const subjectText = (f) => typeof found.subject[f] === 'number' ? nodeText(found.subject[f]) : found.subject[f];
const subjectName = (f) => typeof found.subject[f] === 'number' ? tree.name[found.subject[f]] : found.name[f] || found.subject[f];
const messageOf = (f) => fill(payload.texts[found.message[f]], found.message_digits[f], subjectName(f), subjectText(f));
const factsOf = (f) => fill(payload.texts[found.facts[f]], found.facts_digits[f], subjectName(f), subjectText(f)).split('\n').filter(Boolean);
const citationOf = (f) => payload.texts[found.citation[f]];
// The street (or the level above it where there is none) and the row at which a finding is shown.
const placeRow = (f) => found.place[f] >= 0 ? found.place[f] : subjectRow(f);
const foundInside = (f, scope) => scope < 0 || inside(subjectRow(f), scope) || inside(found.place[f], scope);

// Active findings at or below every row, by group: a finding counts at its subject, at its place and at all above either.
const badges = {hard: new Int32Array(treeSize), soft: new Int32Array(treeSize), other: new Int32Array(treeSize)};
const ownFindings = new Map();  // row -> active findings whose subject is that row
(function countBadges() {
  const seen = new Int32Array(treeSize).fill(-1);
  for (let f = 0; f < foundSize; ++f) {
    if (!isActive(f)) continue;
    const group = badges[groupOf(f)];
    for (let i of [subjectRow(f), found.place[f]]) {
      for (; i >= 0 && seen[i] !== f; i = treeParent[i]) {
        seen[i] = f;
        ++group[i];
      }
    }
    const row = subjectRow(f);
    if (row >= 0) ownFindings.has(row) ? ownFindings.get(row).push(f) : ownFindings.set(row, [f]);
  }
})();
const badge = (i) => badges.hard[i] + badges.soft[i] + badges.other[i];

// Running sums over the rows: how many of something lie below any node, in constant time.
function running(test) {
  const sums = new Int32Array(treeSize + 1);
  for (let i = 0; i < treeSize; ++i) sums[i + 1] = sums[i] + (test(i) ? 1 : 0);
  return (i) => i < 0 ? sums[treeSize] : sums[treeEnd[i]] - sums[i];
}
const first = (i) => rowOf.get(nodeText(i)) === i;
const gridsBelow = running((i) => kindOf(i).id === 'grid');
const partyBelow = running((i) => kindOf(i).party && first(i));
const communitiesBelow = running((i) => kindOf(i).id === 'community');
const communitiesWithParty = running((i) => kindOf(i).id === 'community' && partyBelow(i) > 0);
const headRule = ruleRow.get('grid.head-vacant');
// A waived vacancy is a vacancy still. Without the rule's findings nothing can be said.
const headsKnown = headRule !== undefined && rules[headRule].findings !== null && payload.findings_total === foundSize;
const vacant = new Set();
for (let f = 0; f < foundSize; ++f) {
  if (found.rule[f] === headRule && payload.statuses[found.status[f]] === 'unmet' && subjectRow(f) >= 0) vacant.add(subjectRow(f));
}
const vacantBelow = running((i) => vacant.has(i));

function measures(indicator) {
  const map = new Map();
  const {node, numerator, denominator} = payload.rollups[indicator];
  node.forEach((row, k) => map.set(row, [numerator[k], denominator ? denominator[k] : 0]));
  return map;
}
const reportRates = measures('report.rate');
const fullMembers = measures('members.full');

// What the reader looks at: one scope for the whole page (-1: all of it).
const view = {scope: -1, listeners: []};
function setScope(row) {
  if (row === view.scope) return;
  view.scope = row;
  for (const listener of view.listeners) listener();
}
