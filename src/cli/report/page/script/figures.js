// The masthead, the headline figures and the list of rules.
function buildMasthead() {
  const {name, node} = payload.scope;
  const title = payload.title || (name ? t('title', {name}) : t('title.all'));
  document.title = title;
  const item = (label, value) => h('div', null, h('dt', null, label), h('dd', null, value));
  const sections = ['figures', ...(hasUnits ? ['areas', ...(indicators.length ? ['indicators'] : []), 'map'] : []), 'findings', 'upcoming', 'notes'];
  document.getElementById('masthead')
      .append(
          h('div', {class: 'masthead-in'},
            h('div', {class: 'titles'}, h('h1', null, title),
              h('dl', {class: 'about'}, item(t('head.date'), longDay(payload.date)),
                item(t('head.scope'), node ? [name, ' ', h('code', null, node)] : name || t('head.scope.all')),
                item(t('head.seq'), String(payload.seq)),
                payload.parameters.length ? item(t('head.parameters'), payload.parameters.join(chinese ? '、' : ', ')) :
                                            null)),
            h('nav', {'aria-label': t('nav')}, sections.map((id) => h('a', {href: '#' + id}, t('nav.' + id))),
              h('button', {type: 'button', class: 'quiet', onclick: () => window.print()}, t('print')))));
}

function totals() {
  const sum = {hard: 0, soft: 0, other: 0};
  for (const rule of rules)
    if (rule.findings > 0) sum[rule.group] += rule.findings;
  return sum;
}

function buildFigures() {
  const f = payload.figures;
  const figure = (id, label, value, note, extra) =>
      h('div', {class: 'figure ' + (extra || ''), id: 'fig-' + id}, h('dt', null, label),
        h('dd', null, h('span', {class: 'value', 'data-value': value.raw}, value.text),
          note ? h('span', {class: 'note'}, note) : null));
  const number = (n) => ({raw: n, text: count(n)});
  const members = f.full + f.probationary;
  const sum = totals();
  const total = sum.hard + sum.soft + sum.other;
  const split =
      h('div', {class: 'split'},
        h('div', {class: 'stack', 'aria-hidden': 'true'}, groups.map((g) => h('i', {class: g, '--part': sum[g]}))),
        h('ul', null,
          groups.map(
              (g) =>
                  h('li', {title: t('group.' + g + '.long')}, mark(g), t('group.' + g) + ' ',
                    h('b', {id: 'fig-' + g, 'data-value': sum[g]}, count(sum[g]))))));
  const band =
      h('dl', {class: hasUnits ? 'figures' : 'figures few'}, figure('full', t('fig.full'), number(f.full)),
        figure(
            'probationary', t('fig.probationary'), number(f.probationary),
            t('fig.of.share', {n: share(f.probationary, members)})),
        figure(
            'organizations', t('fig.organizations'), number(f.organizations),
            t('fig.of.party', {n: count(f.party_organizations)})),
        figure(
            'branches', t('fig.branches'), number(f.branches),
            f.branches ? t('fig.of.members', {n: (members / f.branches).toFixed(1)}) : null),
        hasUnits &&
            figure(
                'grids', t('fig.grids'), number(f.grids),
                t('fig.of.communities', {n: count((rows.units.community || []).length)})),
        hasUnits &&
            figure(
                'rate', t('fig.rate'), {raw: f.reported + '/' + f.in_service, text: share(f.reported, f.in_service)},
                t('fig.of.rate', {a: count(f.reported), b: count(f.in_service)})),
        figure('findings', t('fig.findings'), number(total), split, 'wide'));
  return section(
      'figures', t('nav.figures'), null, band,
      h('div', {class: 'rules-head'}, h('h3', null, t('rules.heading')), h('p', {class: 'lead'}, t('rules.hint'))),
      buildRules());
}

// Every rule that was looked at, worst first, with its clause; choosing one filters the findings.
function buildRules() {
  const order = rules.map((_, i) => i)
                    .sort(
                        (a, b) => groups.indexOf(rules[a].group) - groups.indexOf(rules[b].group) ||
                            (rules[b].findings || 0) - (rules[a].findings || 0) || a - b);
  const list = h('ul', {class: 'rules'});
  for (const i of order) {
    const rule = rules[i];
    if (rule.findings === null && !rule.unknown) continue;  // neither checked nor asked for: named in the notes
    const remark = rule.unknown ? t('rules.unknown') : rule.findings ? null : t('rules.clean');
    list.append(
        h('li', null,
          h('button',
            {type: 'button', 'data-rule': rule.id, class: rule.findings ? '' : 'clean', onclick: () => showRule(i)},
            mark(
                rule.unknown      ? 'unknown' :
                    rule.findings ? rule.group :
                                    'ok'),
            h('span', {class: 'name'}, rule.title,
              h('small', {title: rule.citations.join('\n')},
                rule.citations.map(plainCitation).join(chinese ? '；' : '; '))),
            h('span', {class: 'number'}, remark ? h('em', null, remark) : count(rule.findings)))));
  }
  return list;
}

function showRule(i) {
  setFilter({rule: i, text: '', level: '', status: ''});
  document.getElementById('findings').scrollIntoView();
  document.getElementById('find-text').focus({preventScroll: true});
}
