// The grid map: one tile a grid, grouped by street and community, coloured by the worst finding on the grid or a body
// seated in it.
let tipOwner = null;  // the tile the tooltip belongs to

function tileGroup(i) {
  return badges.hard[i] ? 'hard' : badges.soft[i] ? 'soft' : badges.other[i] ? 'other' : 'ok';
}

function findingsAt(i) {
  const list = [];
  for (let row = i; row < treeEnd[i]; ++row)
    if (ownFindings.has(row)) list.push(...ownFindings.get(row));
  return list;
}

function buildMap() {
  const legend = h(
      'ul', {class: 'legend', 'aria-label': t('map.legend')},
      groups.map((g) => h('li', null, h('i', {class: 'tile ' + g, 'aria-hidden': 'true'}), t('group.' + g + '.long'))),
      h('li', null, h('i', {class: 'tile ok', 'aria-hidden': 'true'}), t('map.clean')));
  const area = h('div', {
    id: 'map-area',
    onpointerover: hoverTile,
    onfocusin: hoverTile,
    onpointerleave: hideTip,
    onfocusout: hideTip,
    onkeydown: tileKey,
    onclick: clickTile
  });
  view.listeners.push(drawMap);
  return section('map', t('map.heading'), t('map.lead'), legend, area);
}

// Grids by street, then community; a missing level groups under what is there.
function mapGroups() {
  let scope = view.scope;
  while (scope >= 0 && (!isUnit(scope) || ['community', 'grid', 'micro_grid'].includes(kindOf(scope).id)) &&
         treeParent[scope] >= 0)
    scope = treeParent[scope];
  const streets = new Map();
  for (const grid of rows.units.grid || []) {
    if (!inside(grid, scope)) continue;
    const community = Math.max(ancestor(grid, 'community'), treeParent[grid] < 0 ? grid : -1);
    const block = community >= 0 ? community : treeParent[grid];
    const street = ancestor(grid, 'street');
    const key = street >= 0 ? street : treeParent[block];
    if (!streets.has(key)) streets.set(key, new Map());
    const blocks = streets.get(key);
    if (!blocks.has(block)) blocks.set(block, []);
    blocks.get(block).push(grid);
  }
  return streets;
}

function drawMap() {
  const area = document.getElementById('map-area');
  const parts = [];
  let tilesDrawn = 0;
  const focus = unitOf(view.scope);
  for (const [street, blocks] of mapGroups()) {
    let total = 0;
    let flagged = 0;
    const list = h('div', {class: 'blocks'});
    for (const [community, grids] of blocks) {
      total += grids.length;
      tilesDrawn += grids.length;
      const tiles = h('div', {class: 'tiles'});
      for (const grid of grids) {
        const group = tileGroup(grid);
        if (group !== 'ok') ++flagged;
        const dim = focus >= 0 && !inside(grid, focus) && !inside(focus, grid);
        tiles.append(h('button', {
          type: 'button',
          class: 'tile ' + group + (dim ? ' dim' : ''),
          'data-row': grid,
          tabindex: '-1',
          'aria-label': t('map.tile', {name: tree.name[grid], n: badge(grid)})
        }));
      }
      const n = badge(community);
      list.append(
          h('div', {class: 'block'},
            h('h4', null,
              h('button',
                {type: 'button', class: 'link', title: tree.name[community], onclick: () => setScope(community)},
                shortName(community)),
              n ? h('span', {class: 'n'}, count(n)) : null),
            tiles));
    }
    const first = list.querySelector('.tile');
    if (first) first.tabIndex = 0;
    parts.push(
        h('section', {class: 'street', 'aria-label': street >= 0 ? tree.name[street] : ''},
          h('h3', null, street >= 0 ? tree.name[street] : '', h('small', null, t('map.grids', {n: count(total)})),
            flagged ? h('small', null, t('map.flagged', {n: count(flagged)})) : null),
          list));
  }
  // Off-screen streets are laid out only where there are many tiles: their guessed heights would make links into the
  // page land beside.
  area.classList.toggle('large', tilesDrawn > 6000);
  area.replaceChildren(...(parts.length ? parts : [h('p', {class: 'empty'}, t('map.empty'))]));
}

function hoverTile(event) {
  const tile = event.target.closest('button.tile');
  if (!tile) return hideTip();
  if (tile === tipOwner) return;
  hideTip();
  const tip = document.getElementById('tip');
  const row = Number(tile.dataset.row);
  const list = findingsAt(row);
  tip.replaceChildren(
      h('b', null, tree.name[row]), h('small', null, placeText(treeParent[row])),
      h('ul', null,
        list.slice(0, 6).map(
            (f) =>
                h('li', null, mark(groupOf(f)),
                  h('span', null, rules[found.rule[f]].title,
                    subjectRow(f) === row ? null : h('small', null, subjectName(f))))),
        list.length ? null : h('li', null, mark('ok'), t('map.clean')),
        list.length > 6 ? h('li', {class: 'rest'}, t('map.more', {n: list.length - 6})) : null));
  tip.hidden = false;
  tile.setAttribute('aria-describedby', 'tip');
  tipOwner = tile;
  placeTip();
}

// Above its tile, or below where there is no room; called again while the page scrolls.
function placeTip() {
  if (!tipOwner) return;
  const tip = document.getElementById('tip');
  const at = tipOwner.getBoundingClientRect();
  const left = Math.min(
      Math.max(8, at.left + at.width / 2 - tip.offsetWidth / 2),
      document.documentElement.clientWidth - tip.offsetWidth - 8);
  const above = at.top - tip.offsetHeight - 8;
  tip.style.left = left + 'px';
  tip.style.top = (above > 4 ? above : at.bottom + 8) + 'px';
}

function hideTip() {
  document.getElementById('tip').hidden = true;
  if (tipOwner) tipOwner.removeAttribute('aria-describedby');
  tipOwner = null;
}

function clickTile(event) {
  const tile = event.target.closest('button.tile');
  if (!tile) return;
  hideTip();
  setFilter({rule: -1, text: '', level: '', status: ''});
  reveal(Number(tile.dataset.row));
  document.getElementById('findings').scrollIntoView();
}

// One tab stop a street: left and right go along, up and down by a row of tiles.
function tileKey(event) {
  if (event.key === 'Escape') return hideTip();
  const tile = event.target.closest('button.tile');
  if (!tile || !event.key.startsWith('Arrow')) return;
  const all = [...tile.closest('.street').querySelectorAll('button.tile')];
  const at = all.indexOf(tile);
  let goal = null;
  if (event.key === 'ArrowRight')
    goal = all[at + 1];
  else if (event.key === 'ArrowLeft')
    goal = all[at - 1];
  else {
    const from = tile.getBoundingClientRect();
    const down = event.key === 'ArrowDown';
    let best = Infinity;
    for (const other of all) {
      const box = other.getBoundingClientRect();
      const dy = down ? box.top - from.top : from.top - box.top;
      if (dy < 2) continue;
      const distance = dy * 1000 + Math.abs(box.left - from.left);
      if (distance < best) best = distance, goal = other;
    }
  }
  event.preventDefault();
  if (!goal) return;
  tile.tabIndex = -1;
  goal.tabIndex = 0;
  goal.focus();
}
