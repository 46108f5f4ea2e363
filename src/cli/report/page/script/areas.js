// Report rate and coverage by district, street and community: one sortable table with its bars.
const areaLevels = ['district', 'street', 'community'].filter((level) => (rows.units[level] || []).length > 1);
// The highest level that is more than a handful, unless there is only that.
const areaState = {
  level: areaLevels.find((level) => rows.units[level].length > 3) || areaLevels[areaLevels.length - 1] || 'community',
  sort: 'tree',
  down: false,
  all: false
};
const areaPage = 60;

const areaColumns = [
  {id: 'tree', label: t('areas.name'), value: (i) => i},
  {id: 'full', label: t('areas.full'), value: (i) => (fullMembers.get(i) || [0])[0], numeric: true},
  {id: 'rate', label: t('areas.rate'), value: (i) => ratio(reportRates.get(i))},
  {id: 'grids', label: t('areas.grids'), value: (i) => ratio(gridHeads(i))},
  {
    id: 'party',
    label: t('areas.party'),
    value: (i) =>
        areaState.level === 'community' ? partyBelow(i) : ratio([communitiesWithParty(i), communitiesBelow(i)])
  },
  {id: 'findings', label: t('areas.findings'), value: badge, numeric: true},
];

function ratio(pair) {
  return pair && pair[1] > 0 ? pair[0] / pair[1] : -1;
}
function gridHeads(i) {
  return headsKnown ? [gridsBelow(i) - vacantBelow(i), gridsBelow(i)] : null;
}

function buildAreas() {
  const body = section(
      'areas', t('areas.heading'), t('areas.lead'),
      h('div', {class: 'toolbar'},
        areaLevels.length > 1 ?
            segments(
                'area-level', t('areas.level'),
                areaLevels.map((level) => [level, t('unit.' + level), count(rows.units[level].length)]),
                areaState.level,
                (level) => {
                  areaState.level = level;
                  areaState.all = false;
                  drawAreas();
                }) :
            null),
      h('div', {class: 'scroll'}, h('table', {class: 'areas', id: 'areas-table'})),
      h('div', {class: 'after', id: 'areas-more'}));
  view.listeners.push(drawAreas);
  return body;
}

// Units of the level within the scope, or the one around it.
function areaRows() {
  return (rows.units[areaState.level] || []).filter((i) => inside(i, view.scope) || inside(view.scope, i));
}

function overall(level) {
  const sum = [0, 0];
  for (const i of rows.units[level] || []) {
    const pair = reportRates.get(i);
    if (pair) sum[0] += pair[0], sum[1] += pair[1];
  }
  return ratio(sum);
}

function rateBar(pair, tick, tone) {
  if (!pair || !(pair[1] > 0)) return h('td', {class: 'rate empty'}, t('dash'));
  return h(
      'td', {class: 'rate'},
      h('div', {class: 'rate-in'},
        h('span', {class: 'track ' + tone, 'aria-hidden': 'true'}, h('i', {'--part': pair[0] / pair[1]}),
          tick >= 0 ? h('b', {'--part': tick}) : null),
        h('span', {class: 'percent'}, share(pair[0], pair[1])),
        h('span', {class: 'of'}, t('of', {a: count(pair[0]), b: count(pair[1])}))));
}

function drawAreas() {
  const table = document.getElementById('areas-table');
  const column = areaColumns.find((c) => c.id === areaState.sort);
  const sign = areaState.down ? -1 : 1;
  const all = areaRows().sort((a, b) => sign * (column.value(a) - column.value(b)) || a - b);
  const shown = areaState.all ? all : all.slice(0, areaPage);
  const communities = areaState.level === 'community';
  const head = h('tr', null, areaColumns.map((c) => {
    const label = c.id === 'party' && communities ? t('areas.partyorgs') : c.label;
    return h(
        'th', {
          scope: 'col',
          class: c.id,
          'aria-sort': c.id === areaState.sort ? (areaState.down ? 'descending' : 'ascending') : 'none'
        },
        h('button', {
          type: 'button',
          onclick: () => {
            areaState.down = areaState.sort === c.id ? !areaState.down : c.numeric === true;
            areaState.sort = c.id;
            drawAreas();
            document.querySelector('#areas-table th.' + c.id + ' button').focus();
          }
        },
          label));
  }));
  const tick = overall(areaState.level);
  const used = groups.filter((g) => all.some((i) => badges[g][i] > 0));
  const line = (i) => h(
      'tr', {class: i === view.scope ? 'chosen' : null},
      h('th', {scope: 'row'}, h('button', {type: 'button', class: 'link', onclick: () => setScope(i)}, tree.name[i]),
        communities && areaLevels.includes('street') ? h('small', null, tree.name[ancestor(i, 'street')] || '') : null),
      h('td', {class: 'number'}, fullMembers.has(i) ? count(fullMembers.get(i)[0]) : t('dash')),
      rateBar(reportRates.get(i), tick, 'report'),
      headsKnown ? rateBar(gridHeads(i), -1, 'cover') : h('td', {class: 'rate empty'}, t('areas.unchecked')),
      communities ? h('td', {class: 'number'}, count(partyBelow(i))) :
                    rateBar([communitiesWithParty(i), communitiesBelow(i)], -1, 'cover'),
      h('td', {class: 'number'},
        h('span', {class: 'counts'},
          used.map(
              (g) =>
                  h('span', {class: 'count ' + g, title: t('group.' + g + '.long')},
                    badges[g][i] ? [mark(g), count(badges[g][i])] : null)),
          badge(i) || used.length ? null : h('span', {class: 'count none'}, t('none')))));
  table.replaceChildren(h('thead', null, head), h('tbody', null, shown.map(line)));
  if (!all.length)
    table.tBodies[0].append(h('tr', null, h('td', {colspan: areaColumns.length, class: 'empty'}, t('areas.empty'))));
  document.getElementById('areas-more')
      .replaceChildren(
          ...(shown.length < all.length ? [h('button', {
            type: 'button',
            class: 'quiet',
            onclick: () => {
              areaState.all = true;
              drawAreas();
            }
          },
                                             t('areas.more', {n: count(all.length - shown.length)}))] :
                                          []));
}
