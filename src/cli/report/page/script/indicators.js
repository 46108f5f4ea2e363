// Indicators by unit: of the nodes a rule governs how many meet it, numerator and denominator in every cell, sortable.
const indicators = payload.indicators
                       .map((id) => ({
                              id,
                              title: ruleRow.has(id) ? rules[ruleRow.get(id)].title : t('indicator.' + id),
                              at: measures(id),
                            }))
                       .filter((indicator) => [...indicator.at.values()].some((pair) => pair[1] > 0));
const indicatorState = {
  level: areaState.level,
  sort: 'tree',
  down: false,
  all: false
};

function buildIndicators() {
  const body = section(
      'indicators', t('indicators.heading'), t('indicators.lead'),
      h('div', {class: 'toolbar'},
        areaLevels.length > 1 ? segments(
                                    'indicator-level', t('areas.level'),
                                    areaLevels.map(
                                        (level) => [level, t('unit.' + level), count(rows.units[level].length)]),
                                    indicatorState.level,
                                    (level) => {
                                      indicatorState.level = level;
                                      indicatorState.all = false;
                                      drawIndicators();
                                    }) :
                                null),
      h('div', {class: 'scroll'}, h('table', {class: 'indicators', id: 'indicators-table'})),
      h('div', {class: 'after', id: 'indicators-more'}));
  view.listeners.push(drawIndicators);
  return body;
}

function drawIndicators() {
  const table = document.getElementById('indicators-table');
  const sorted = indicators.find((indicator) => indicator.id === indicatorState.sort);
  const value = (i) => sorted ? ratio(sorted.at.get(i)) : i;
  const sign = indicatorState.down ? -1 : 1;
  const all = (rows.units[indicatorState.level] || [])
                  .filter((i) => inside(i, view.scope) || inside(view.scope, i))
                  .sort((a, b) => sign * (value(a) - value(b)) || a - b);
  const shown = indicatorState.all ? all : all.slice(0, areaPage);
  const heading = (id, title) => h(
      'th', {
        scope: 'col',
        'data-indicator': id,
        'aria-sort': id === indicatorState.sort ? (indicatorState.down ? 'descending' : 'ascending') : 'none'
      },
      h('button', {
        type: 'button',
        title: id === 'tree' ? null : id,
        onclick: () => {
          indicatorState.down = indicatorState.sort === id && !indicatorState.down;
          indicatorState.sort = id;
          drawIndicators();
          for (const th of table.querySelectorAll('th[data-indicator]'))
            if (th.dataset.indicator === id) th.firstChild.focus();
        }
      },
        title));
  const cell = (pair) => pair && pair[1] > 0 ?
      h('td', {class: 'number', 'data-value': pair[0] + '/' + pair[1]}, share(pair[0], pair[1]), ' ',
        h('span', {class: 'of'}, t('of', {a: count(pair[0]), b: count(pair[1])}))) :
      h('td', {class: 'number empty'}, t('dash'));
  table.replaceChildren(
      h('thead', null,
        h('tr', null, heading('tree', t('areas.name')),
          indicators.map((indicator) => heading(indicator.id, indicator.title)))),
      h('tbody', null,
        shown.map((i) => h('tr', {class: i === view.scope ? 'chosen' : null, 'data-node': nodeText(i)},
                           h('th', {scope: 'row'},
                             h('button', {type: 'button', class: 'link', onclick: () => setScope(i)}, tree.name[i])),
                           indicators.map((indicator) => cell(indicator.at.get(i)))))));
  document.getElementById('indicators-more')
      .replaceChildren(
          ...(shown.length < all.length ? [h('button', {
            type: 'button',
            class: 'quiet',
            onclick: () => {
              indicatorState.all = true;
              drawIndicators();
            }
          },
                                             t('areas.more', {n: count(all.length - shown.length)}))] :
                                          []));
}
