// What the figures mean, then everything put in its place.
function buildNotes() {
  const item = (label, ...text) => h('div', null, h('dt', null, label), h('dd', null, ...text));
  const unknown = [];
  for (let f = 0; f < foundSize; ++f)
    if (statusOf(f) === 'unknown') unknown.push(h('li', null, rules[found.rule[f]].title + ' — ' + saying(f)));
  const idle = rules.filter((rule) => !rule.evaluable || (rule.findings === null && !rule.unknown));
  document.getElementById('notes').append(h(
      'section', {id: 'notes-body', 'aria-labelledby': 'notes-h'}, h('h2', {id: 'notes-h'}, t('notes.heading')),
      h('p', null, t('notes.made', {version: payload.version, seq: payload.seq, date: longDay(payload.date)}),
        payload.roots > 1 ? ' ' + t('notes.multi', {n: count(payload.roots)}) : '',
        payload.units_only ? ' ' + t('notes.units_only') : ''),
      h('dl', null, item(t('notes.members'), t('notes.members.text')),
        hasUnits ? [item(t('notes.rate'), t('notes.rate.text')), item(t('notes.coverage'), t('notes.coverage.text'))] :
                   null,
        item(t('notes.findings'), t('notes.findings.text'), hasUnits ? '' : ' ' + t('notes.bodies')),
        item(
            t('notes.unknown'),
            unknown.length ? [t('notes.unknown.text'), h('ul', null, unknown)] : t('notes.unknown.none'),
            idle.length ? [' ', t('notes.not_evaluable'), idle.map((rule) => rule.title).join(chinese ? '、' : ', ')] :
                          ''),
        item(t('notes.privacy'), t('notes.privacy.text')))));
}

function start() {
  document.querySelector('.skip').textContent = t('skip');
  buildMasthead();
  const main = document.getElementById('main');
  main.append(buildScopeBar(), buildFigures());
  if (hasUnits) main.append(buildAreas(), ...(indicators.length ? [buildIndicators()] : []), buildMap());
  main.append(buildFindings(), buildUpcoming());
  buildTree();
  buildNotes();
  if (hasUnits) {
    drawAreas();
    if (indicators.length) drawIndicators();
    drawMap();
  }
  drawFilters();
  drawFindings();
  drawUpcoming();
  window.addEventListener('beforeprint', () => drawFindPage(printSize));
  window.addEventListener('afterprint', () => drawFindPage());
  window.addEventListener('scroll', placeTip, {passive: true});
  document.documentElement.dataset.ready = Math.round(performance.now());
}

start();
