// The findings: a real table, a page at a time, so that fifty thousand stay smooth, searchable and printable.
const pageSize = 50;
const printSize = 300;
const findState = {
  rule: -1,
  level: '',
  status: '',
  text: '',
  sort: 'level',
  down: false,
  page: 0,
  open: new Set()
};
let matches = [];
let haystack = null;  // what the search box looks in, made on its first use

const findColumns = [
  {
    id: 'level',
    label: t('findings.rule'),
    compare: (a, b) => groups.indexOf(groupOf(a)) - groups.indexOf(groupOf(b)) || found.rule[a] - found.rule[b]
  },
  {
    id: 'subject',
    label: t('findings.subject'),
    compare: (a, b) => subjectName(a).localeCompare(subjectName(b), locale)
  },
  {id: 'place', label: t('findings.place'), compare: (a, b) => placeRow(a) - placeRow(b)},
  {id: 'message', label: t('findings.message'), compare: null},
  {id: 'citation', label: t('findings.citation'), compare: (a, b) => found.citation[a] - found.citation[b]},
  {
    id: 'since',
    label: t('findings.since'),
    compare: (a, b) => (found.since[a] || 99999999) - (found.since[b] || 99999999)
  },
];

function buildFindings() {
  const select = (id, label, change) => h('select', {id, 'aria-label': label, onchange: change});
  const search = h('input', {
    type: 'search',
    id: 'find-text',
    placeholder: t('findings.search'),
    'aria-label': t('findings.search'),
    autocomplete: 'off'
  });
  search.addEventListener('input', later(100, () => setFilter({text: search.value.trim()}, true)));
  const body = section(
      'findings', t('findings.heading'),
      payload.findings_total > foundSize ? t('findings.left', {a: count(foundSize), b: count(payload.findings_total)}) :
                                           null,
      h('div', {class: 'toolbar filters', role: 'search'}, search,
        select('find-rule', t('findings.rule'), (event) => setFilter({rule: Number(event.target.value)})),
        select('find-level', t('findings.level'), (event) => setFilter({level: event.target.value})),
        select('find-street', t('findings.street'), (event) => setScope(Number(event.target.value))),
        select('find-status', t('findings.status'), (event) => setFilter({status: event.target.value}))),
      h('div', {class: 'toolbar result'}, h('p', {id: 'find-count', role: 'status', 'aria-live': 'polite'}),
        h('button', {type: 'button', class: 'quiet', id: 'find-reset', onclick: resetFilter}, t('findings.reset')),
        h('button', {type: 'button', class: 'quiet', id: 'find-csv', onclick: saveCsv}, t('findings.csv'))),
      h('div', {class: 'scroll'}, h('table', {class: 'findings', id: 'find-table', onclick: findClick})),
      h('p', {class: 'print-note', id: 'find-print'}),
      h('nav', {class: 'pager', id: 'find-pager', 'aria-label': t('findings.heading')}));
  view.listeners.push(() => {
    findState.page = 0;
    drawFilters();
    drawFindings();
  });
  return body;
}

function setFilter(change, typing) {
  Object.assign(findState, change);
  findState.page = 0;
  findState.open.clear();
  if (!typing) document.getElementById('find-text').value = findState.text;
  drawFilters();
  drawFindings();
}

function resetFilter() {
  setFilter({rule: -1, level: '', status: '', text: ''});
  setScope(-1);
}

function fillSelect(id, options, chosen) {
  const select = document.getElementById(id);
  select.replaceChildren(...options.map(([value, text]) => h('option', {value}, text)));
  select.value = String(chosen);
  select.classList.toggle('active', String(chosen) !== String(options[0][0]));
}

// Each choice says how many it holds within the scope, so that nobody chooses an empty one.
function drawFilters() {
  const byRule = new Int32Array(rules.length);
  const byLevel = {hard: 0, soft: 0, other: 0};
  const byStatus = {unmet: 0, unknown: 0, waived: 0};
  for (let f = 0; f < foundSize; ++f) {
    if (!foundInside(f)) continue;
    ++byRule[found.rule[f]];
    ++byLevel[groupOf(f)];
    byStatus[statusOf(f)] = (byStatus[statusOf(f)] || 0) + 1;
  }
  const withCount = (text, n) => text + ' (' + count(n) + ')';
  fillSelect(
      'find-rule',
      [[-1, t('findings.all.rules')]].concat(rules.map((rule, i) => [i, withCount(rule.title, byRule[i])])
                                                 .filter(([i]) => byRule[i] || i === findState.rule)),
      findState.rule);
  fillSelect(
      'find-level',
      [['', t('findings.level')]].concat(groups.filter((g) => byLevel[g] || g === findState.level)
                                             .map((g) => [g, withCount(t('group.' + g), byLevel[g])])),
      findState.level);
  fillSelect(
      'find-status',
      [['', t('findings.all.status')]].concat(Object.keys(byStatus)
                                                  .filter((s) => byStatus[s] || s === findState.status)
                                                  .map((s) => [s, withCount(t('status.' + s), byStatus[s])])),
      findState.status);
  const streets = rows.units.street || [];
  const options = [[-1, t('findings.all.streets')]].concat(streets.map((i) => [i, tree.name[i]]));
  if (view.scope >= 0 && !streets.includes(view.scope))
    options.push([view.scope, t('scope.other', {name: tree.name[view.scope]})]);
  fillSelect('find-street', options, view.scope);
}

function searchable(f) {
  if (!haystack) {
    haystack = new Array(foundSize);
    for (let i = 0; i < foundSize; ++i) {
      haystack[i] = (subjectName(i) + '\n' + subjectText(i) + '\n' + placeText(placeRow(i)) + '\n' + saying(i) + '\n' +
                     rules[found.rule[i]].title + '\n' + plainCitation(citationOf(i)))
                        .toLowerCase();
    }
  }
  return haystack[f];
}

function findMatches() {
  const words = findState.text.toLowerCase().split(/\s+/).filter(Boolean);
  matches = [];
  for (let f = 0; f < foundSize; ++f) {
    if (findState.rule >= 0 && found.rule[f] !== findState.rule) continue;
    if (findState.level && groupOf(f) !== findState.level) continue;
    if (findState.status && statusOf(f) !== findState.status) continue;
    if (!foundInside(f)) continue;
    if (words.length && !words.every((word) => searchable(f).includes(word))) continue;
    matches.push(f);
  }
  const column = findColumns.find((c) => c.id === findState.sort);
  const sign = findState.down ? -1 : 1;
  matches.sort((a, b) => sign * column.compare(a, b) || placeRow(a) - placeRow(b) || a - b);
}

function drawFindings() {
  findMatches();
  drawFindPage();
}

function drawFindPage(limit) {
  const pages = Math.max(1, Math.ceil(matches.length / pageSize));
  findState.page = Math.min(findState.page, pages - 1);
  const shown =
      limit ? matches.slice(0, limit) : matches.slice(findState.page * pageSize, (findState.page + 1) * pageSize);
  const head =
      h('tr', null,
        findColumns.map(
            (c) =>
                h('th', {
                  scope: 'col',
                  class: c.id,
                  'aria-sort': c.id === findState.sort ? (findState.down ? 'descending' : 'ascending') : 'none'
                },
                  c.compare ? h('button', {
                    type: 'button',
                    onclick: () => {
                      findState.down = findState.sort === c.id && !findState.down;
                      findState.sort = c.id;
                      findState.page = 0;
                      drawFindings();
                      document.querySelector('#find-table th.' + c.id + ' button').focus();
                    }
                  },
                                c.label) :
                              c.label)));
  const body =
      h('tbody', null, shown.map((f) => findState.open.has(f) ? [findRow(f), findDetail(f)] : findRow(f)).flat());
  if (!shown.length)
    body.append(h('tr', null, h('td', {colspan: findColumns.length, class: 'empty'}, t('findings.empty'))));
  document.getElementById('find-table').replaceChildren(h('thead', null, head), body);
  document.getElementById('find-count').textContent =
      t('findings.count', {a: count(matches.length), b: count(foundSize)});
  document.getElementById('find-count').dataset.matches = matches.length;
  document.getElementById('find-reset').hidden =
      findState.rule < 0 && !findState.level && !findState.status && !findState.text && view.scope < 0;
  document.getElementById('find-print').textContent =
      matches.length > printSize ? t('findings.printed', {a: count(printSize), b: count(matches.length)}) : '';
  const go = (page) => () => {
    findState.page = page;
    drawFindPage();
    document.getElementById('find-table').scrollIntoView({block: 'nearest'});
  };
  const move = (label, page, allowed) => {
    const button = h('button', {type: 'button', class: 'quiet', onclick: go(page)}, label);
    button.disabled = !allowed;
    return button;
  };
  document.getElementById('find-pager').replaceChildren(...(pages < 2 ? [] : [
    move(t('findings.prev'), findState.page - 1, findState.page > 0),
    h('span', null, t('findings.page', {a: count(findState.page + 1), b: count(pages)})),
    move(t('findings.next'), findState.page + 1, findState.page + 1 < pages)
  ]));
}

function findRow(f) {
  const rule = rules[found.rule[f]];
  const status = statusOf(f);
  const open = findState.open.has(f);
  const row = subjectRow(f);
  return h(
      'tr', {class: 'finding ' + status, 'data-finding': f},
      h('td', {class: 'level'},
        h('div', null, mark(status === 'unmet' ? groupOf(f) : status),
          h('span', null, rule.title, status === 'unmet' ? null : h('em', {class: 'tag'}, t('status.' + status))))),
      h('th', {scope: 'row', class: 'subject'},
        h('button', {type: 'button', class: 'expander', 'aria-expanded': String(open), title: t('findings.expand')},
          subjectName(f)),
        row >= 0 && !isUnit(row) ? h('small', null, kindOf(row).title) : null),
      h('td', {class: 'place'}, placeLines(placeRow(f) === row && row >= 0 ? treeParent[row] : placeRow(f))),
      h('td', {class: 'message'}, saying(f)),
      h('td', {class: 'citation'}, h('div', null, plainCitation(citationOf(f)))),
      h('td', {class: 'since'}, day(found.since[f])));
}

function findDetail(f) {
  const rule = rules[found.rule[f]];
  const facts = factsOf(f);
  const pair = (label, ...value) => h('div', null, h('dt', null, label), h('dd', null, ...value));
  return h(
      'tr', {class: 'detail'},
      h('td', {colspan: findColumns.length},
        h('dl', null,
          pair(
              t('findings.citation'),
              h('ul', null,
                citationLines(citationOf(f)).map(([line,
                                                   note]) => h('li', null, line, h('small', {class: 'aside'}, note))))),
          pair(t('findings.level'), t('level.' + rule.level) + ' · ', h('code', null, rule.id)),
          pair(t('findings.id'), h('code', null, subjectText(f))),
          pair(
              t('findings.facts'),
              facts.length ? h('ul', null, facts.map((fact) => h('li', null, inWords(fact, f)))) :
                             t('findings.nofacts')))));
}

function findClick(event) {
  const line = event.target.closest('tr.finding');
  if (!line || (window.getSelection() && String(window.getSelection()))) return;
  const f = Number(line.dataset.finding);
  const open = !findState.open.has(f);
  open ? findState.open.add(f) : findState.open.delete(f);
  line.querySelector('.expander').setAttribute('aria-expanded', String(open));
  if (open)
    line.after(findDetail(f));
  else
    line.nextElementSibling.remove();
}

// The selection as a spreadsheet opens it: UTF-8 with BOM; a cell that looks like a formula is quoted as text.
function saveCsv() {
  const cell = (value) => {
    const text = String(value);
    return '"' + (/^[=+\-@\t\r]/.test(text) ? '\'' + text : text).replaceAll('"', '""') + '"';
  };
  const lines = [[
    'findings.rule', 'findings.level', 'findings.status', 'findings.subject', 'findings.id', 'findings.place',
    'findings.message', 'findings.citation', 'findings.since', 'findings.facts'
  ].map((key) => cell(t(key)))];
  for (const f of matches) {
    const rule = rules[found.rule[f]];
    lines.push([
      rule.title, t('level.' + rule.level), t('status.' + statusOf(f)), subjectName(f), subjectText(f),
      placeText(placeRow(f)), saying(f), plainCitation(citationOf(f)), day(found.since[f]),
      factsOf(f).map((fact) => inWords(fact, f)).join('; ')
    ].map(cell));
  }
  const url = URL.createObjectURL(
      new Blob(['\ufeff' + lines.map((line) => line.join(',')).join('\r\n') + '\r\n'], {type: 'text/csv'}));
  h('a', {href: url, download: t('findings.csv.name') + '-' + payload.date + '.csv'}).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
