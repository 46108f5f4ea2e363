// What turns by time alone in the next twelve months: a column a month, and the list.
const due = payload.upcoming;
const dueSize = due.due.length;
const dueName = (u) => typeof due.node[u] === 'number' ? tree.name[due.node[u]] : due.name[u] || due.node[u];
const dueRow = (u) => typeof due.node[u] === 'number' ? due.node[u] : -1;
const whatTitle = (what) => hasLabel('what.' + what) ? t('what.' + what) : what;
const dueDetail = (u) => fill(
    payload.texts[due.detail[u]], due.detail_digits[u], dueName(u),
    typeof due.node[u] === 'number' ? nodeText(due.node[u]) : due.node[u]);
const duePage = 20;
const dueState = {
  month: 0,
  what: -1,
  all: false
};

// The months from the page's date on; the thirteenth holds the rest of the day's own month a year on.
function dueMonths() {
  const list = [];
  let year = Math.floor(payload.date / 10000);
  let month = Math.floor(payload.date / 100) % 100;
  const until = Math.floor(payload.until / 100);
  for (;;) {
    list.push(year * 100 + month);
    if (year * 100 + month >= until) return list;
    if (++month > 12) month = 1, ++year;
  }
}

function monthText(month) {
  return t(
      'upcoming.month', {y: Math.floor(month / 100), m: chinese ? month % 100 : String(month % 100).padStart(2, '0')});
}

function buildUpcoming() {
  view.listeners.push(drawUpcoming);
  // Terms first, where there are any: they are what has to be prepared for.
  const terms = payload.whats.findIndex((what) => what.startsWith('term'));
  dueState.what = terms;
  return section(
      'upcoming', t('upcoming.heading'), t('upcoming.lead', {date: longDay(payload.until)}),
      h('div', {class: 'toolbar', id: 'due-kinds'}),
      h('div', {class: 'months', id: 'due-months', role: 'group', 'aria-label': t('upcoming.heading')}),
      h('p', {class: 'hint', id: 'due-note'}),
      h('div', {class: 'scroll'}, h('table', {class: 'upcoming', id: 'due-table'})),
      h('div', {class: 'after', id: 'due-more'}));
}

function drawUpcoming() {
  const here = [];
  let unplaced = 0;
  for (let u = 0; u < dueSize; ++u) {
    if (rowInside(dueRow(u)))
      here.push(u);
    else if (dueRow(u) < 0)
      ++unplaced;
  }
  const byWhat = new Int32Array(payload.whats.length);
  for (const u of here) ++byWhat[due.what[u]];
  const chosen = here.filter((u) => dueState.what < 0 || due.what[u] === dueState.what);
  const byMonth = new Map(dueMonths().map((month) => [month, 0]));
  for (const u of chosen) {
    const month = Math.floor(due.due[u] / 100);
    byMonth.set(month, (byMonth.get(month) || 0) + 1);
  }
  document.getElementById('due-kinds')
      .replaceChildren(
          ...(payload.whats.length > 1 ? [segments(
                                             'due-what', t('upcoming.what'),
                                             [[-1, t('scope.all'), count(here.length)]].concat(payload.whats.map(
                                                 (what, i) => [i, whatTitle(what), count(byWhat[i])])),
                                             dueState.what,
                                             (what) => {
                                               dueState.what = Number(what);
                                               dueState.month = 0;
                                               dueState.all = false;
                                               drawUpcoming();
                                             })] :
                                         []));
  const largest = Math.max(1, ...byMonth.values());
  document.getElementById('due-months')
      .replaceChildren(...[...byMonth].map(
          ([month, n]) =>
              h('button', {
                type: 'button',
                class: n ? '' : 'zero',
                'aria-pressed': String(dueState.month === month),
                'aria-label': t('upcoming.bar', {month: monthText(month), n}),
                onclick: () => {
                  dueState.month = dueState.month === month ? 0 : month;
                  dueState.all = false;
                  drawUpcoming();
                }
              },
                h('span', {class: 'n'}, n ? count(n) : ''), h('i', {'--part': n / largest}),
                h('span', {class: 'm'}, chinese ? (month % 100) + '月' : String(month % 100).padStart(2, '0')),
                h('small', null,
                  month === Math.floor(payload.date / 100) || month % 100 === 1 ? Math.floor(month / 100) : ''))));
  const listed = chosen.filter((u) => !dueState.month || Math.floor(due.due[u] / 100) === dueState.month);
  const shown = dueState.all ? listed : listed.slice(0, duePage);
  document.getElementById('due-note').textContent = unplaced ? t('upcoming.unplaced', {n: count(unplaced)}) : '';
  const table = document.getElementById('due-table');
  table.replaceChildren(
      h('thead', null,
        h('tr', null,
          ['due', 'what', 'who', 'place', 'detail'].map((key) => h('th', {scope: 'col'}, t('upcoming.' + key))))),
      h('tbody', null,
        shown.map(
            (u) =>
                h('tr', null, h('td', {class: 'since'}, day(due.due[u])),
                  h('td', {class: 'what'}, whatTitle(payload.whats[due.what[u]])), h('th', {scope: 'row'}, dueName(u)),
                  h('td', {class: 'place'}, dueRow(u) >= 0 ? placeText(treeParent[dueRow(u)]) : ''),
                  h('td', {class: 'message'}, dueDetail(u))))));
  if (!shown.length) table.tBodies[0].append(h('tr', null, h('td', {colspan: 5, class: 'empty'}, t('upcoming.empty'))));
  document.getElementById('due-more')
      .replaceChildren(
          ...(shown.length < listed.length ? [h('button', {
            type: 'button',
            class: 'quiet',
            onclick: () => {
              dueState.all = true;
              drawUpcoming();
            }
          },
                                                t('upcoming.more', {n: count(listed.length - shown.length)}))] :
                                             []));
}
