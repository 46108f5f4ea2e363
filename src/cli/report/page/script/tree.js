// The organisation tree (WAI-ARIA tree pattern): children are made when a node is opened, one tab stop, arrow keys
// within.
const treeState = {
  open: new Set(),
  unitsOnly: false,
  flaggedOnly: false
};
const chunk = 200;    // children shown at once; a street may have thousands of branches
const fewBodies = 6;  // so many other bodies are listed without being asked for

function buildTree() {
  const list =
      h('ul', {id: 'tree', role: 'tree', 'aria-label': t('tree.heading'), onkeydown: treeKey, onclick: treeClick});
  const results = h('ul', {
    id: 'tree-results',
    class: 'results',
    hidden: true,
    onclick: (event) => {
      const button = event.target.closest('button[data-row]');
      if (button) reveal(Number(button.dataset.row));
    }
  });
  const search =
      h('input', {type: 'search', id: 'tree-text', placeholder: t('tree.search'), 'aria-label': t('tree.search')});
  search.addEventListener('input', later(120, () => searchTree(search.value.trim())));
  const toggle = (key, label) =>
      h('label', {class: 'check'}, h('input', {
          type: 'checkbox',
          onchange: (event) => {
            treeState[key] = event.target.checked;
            drawTree();
          }
        }),
        label);
  const side = document.getElementById('side');
  const body =
      h('div', {class: 'side-body'}, search,
        h('div', {class: 'tree-options'}, toggle('unitsOnly', t('tree.only_units')),
          toggle('flaggedOnly', t('tree.only_findings')),
          h('button', {
            type: 'button',
            class: 'quiet',
            onclick: () => {
              treeState.open.clear();
              openRoots();
              drawTree();
            }
          },
            t('tree.collapse'))),
        results, list, h('p', {class: 'hint'}, t('tree.hint')));
  const details = h('details', {class: 'side-frame'}, h('summary', null, h('h2', null, t('tree.heading'))), body);
  details.open = window.matchMedia('(min-width: 1081px)').matches;
  side.append(details);
  openRoots();
  drawTree();
  view.listeners.push(markScope);
}

// A single root is opened; so is its only child, and so on: the first screen shows a choice.
function openRoots() {
  let level = children(-1);
  while (level.length === 1) {
    treeState.open.add(level[0]);
    level = children(level[0]).filter(isUnit);
  }
}

function visibleChildren(i) {
  return children(i).filter(
      (child) => (!treeState.unitsOnly || isUnit(child)) && (!treeState.flaggedOnly || badge(child) > 0));
}

function drawTree() {
  const list = document.getElementById('tree');
  list.replaceChildren(...treeItems(-1, 0));
  const first = list.querySelector('[role=treeitem]');
  if (first) first.tabIndex = 0;
  markScope();
}

// Party organisations, then units, then the other bodies, which are folded behind a button where they are many.
function orderedChildren(parent) {
  const all = visibleChildren(parent);
  const rank = (i) => isUnit(i) ? 1 : kindOf(i).party ? 0 : 2;
  const others = all.filter((i) => rank(i) === 2);
  const ordered = all.filter((i) => rank(i) === 0).concat(all.filter((i) => rank(i) === 1));
  const foldAt = ordered.length && others.length > fewBodies ? ordered.length : Infinity;
  return {ordered: ordered.concat(others), foldAt};
}

function treeItems(parent, from) {
  const {ordered, foldAt} = orderedChildren(parent);
  const to = Math.min(from + chunk, ordered.length, from < foldAt ? foldAt : Infinity);
  const items = ordered.slice(from, to).map((row, k) => treeItem(row, from + k, ordered.length));
  if (to < ordered.length) {
    const open = (event) => {
      event.stopPropagation();
      more.replaceWith(...treeItems(parent, to));
    };
    const label = t(to === foldAt ? 'tree.bodies' : 'tree.more', {n: count(ordered.length - to)});
    const more =
        h('li', {role: 'none', class: 'more', '--depth': parent < 0 ? 0 : tree.depth[parent] + 1},
          h('button', {type: 'button', class: 'link', onclick: open}, label));
    items.push(more);
  }
  return items;
}

function treeItem(row, position, size) {
  const copy = copyOf.get(row);
  const branching = visibleChildren(row).length > 0;
  const open = branching && treeState.open.has(row);
  const kind = kindOf(row);
  const members = tree.members[row];
  const line =
      h('div', {class: 'line'}, h('span', {class: 'caret', 'aria-hidden': 'true'}),
        h('span', {class: 'label'}, tree.name[row],
          h('small', null, copy === undefined ? kind.title : '↗ ' + tree.name[Math.max(unitOf(copy), 0)])),
        badgeOf(row),
        h('span', {class: 'members', title: members ? t('tree.members', {n: count(members)}) : null},
          members ? count(members) : ''));
  const spoken = [tree.name[row], kind.title];
  if (members) spoken.push(t('tree.members', {n: members}));
  if (copy !== undefined) spoken.push(t('tree.copy', {place: tree.name[Math.max(unitOf(copy), 0)]}));
  if (badge(row)) spoken.push(t('tree.findings', {n: badge(row)}));
  const item =
      h('li', {
        role: 'treeitem',
        class: isUnit(row) ? 'unit' :
            kind.party     ? 'party' :
                             'body',
        'data-row': row,
        tabindex: '-1',
        title: copy === undefined ? null : t('tree.copy', {place: tree.name[Math.max(unitOf(copy), 0)]}),
        'aria-level': tree.depth[row] + 1,
        'aria-setsize': size,
        'aria-posinset': position + 1,
        'aria-expanded': branching ? String(open) : null,
        'aria-label': spoken.join(chinese ? '，' : ', '),
        'aria-selected': 'false',
        '--depth': tree.depth[row]
      },
        line);
  if (open) item.append(h('ul', {role: 'group'}, ...treeItems(row, 0)));
  return item;
}

function badgeOf(row) {
  const total = badge(row);
  const worst = badges.hard[row] ? 'hard' : badges.soft[row] ? 'soft' : 'other';
  return h(
      'span', {
        class: 'badge ' + (total ? worst : 'zero'),
        title: total ?
            groups.filter((g) => badges[g][row]).map((g) => t('group.' + g) + ' ' + count(badges[g][row])).join(' · ') :
            null
      },
      total ? count(total) : '');
}

function setOpen(item, open) {
  const row = Number(item.dataset.row);
  if (!item.hasAttribute('aria-expanded')) return;
  open ? treeState.open.add(row) : treeState.open.delete(row);
  item.setAttribute('aria-expanded', String(open));
  const group = item.querySelector(':scope > [role=group]');
  if (open && !group) item.append(h('ul', {role: 'group'}, ...treeItems(row, 0)));
  if (!open && group) group.remove();
  markScope();
}

function focusItem(item) {
  if (!item) return;
  for (const old of document.querySelectorAll('#tree [tabindex="0"]')) old.tabIndex = -1;
  item.tabIndex = 0;
  item.focus({preventScroll: true});
  item.firstChild.scrollIntoView({block: 'nearest'});
}

function treeClick(event) {
  const item = event.target.closest('[role=treeitem]');
  if (!item) return;
  const row = Number(item.dataset.row);
  focusItem(item);
  if (copyOf.has(row))
    reveal(copyOf.get(row));
  else if (event.target.closest('.caret'))
    setOpen(item, item.getAttribute('aria-expanded') !== 'true');
  else {
    if (item.getAttribute('aria-expanded') === 'false') setOpen(item, true);
    choose(row);
  }
}

// The single root is the whole page; a copy leads to the body itself.
function choose(row) {
  if (copyOf.has(row))
    reveal(copyOf.get(row));
  else
    setScope(row === 0 && treeEnd[0] === treeSize ? -1 : row);
}

function treeKey(event) {
  const item = event.target.closest('[role=treeitem]');
  if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
  const all = [...document.querySelectorAll('#tree [role=treeitem]')];
  const at = all.indexOf(item);
  const expanded = item.getAttribute('aria-expanded');
  let goal = null;
  if (event.key === 'ArrowDown')
    goal = all[at + 1];
  else if (event.key === 'ArrowUp')
    goal = all[at - 1];
  else if (event.key === 'Home')
    goal = all[0];
  else if (event.key === 'End')
    goal = all[all.length - 1];
  else if (event.key === 'ArrowRight')
    expanded === 'false' ? setOpen(item, true) : goal = expanded === 'true' ? all[at + 1] : null;
  else if (event.key === 'ArrowLeft')
    expanded === 'true' ? setOpen(item, false) : goal = item.parentElement.closest('[role=treeitem]');
  else if (event.key === 'Enter' || event.key === ' ')
    choose(Number(item.dataset.row));
  else
    return;
  event.preventDefault();
  focusItem(goal);
}

// Opens the way to a row, chooses it and shows it.
function reveal(row) {
  document.getElementById('tree-text').value = '';
  searchTree('');
  for (let i = treeParent[row]; i >= 0; i = treeParent[i]) treeState.open.add(i);
  drawTree();
  const found = () => document.querySelector('#tree [data-row="' + row + '"]');
  for (let more; !found() && (more = moreUnder(treeParent[row]));) more.click();
  setScope(row);
  focusItem(found());
}

// The button behind which the rest of a node's children wait.
function moreUnder(parent) {
  const list = parent < 0 ? document.getElementById('tree') :
                            document.querySelector('#tree [data-row="' + parent + '"] > [role=group]');
  return list && list.querySelector(':scope > .more > button');
}

function searchTree(text) {
  const results = document.getElementById('tree-results');
  const list = document.getElementById('tree');
  results.hidden = !text;
  list.hidden = !!text;
  if (!text) return;
  const hits = [];
  const wanted = text.toLowerCase();
  for (let i = 0; i < treeSize && hits.length < 100; ++i) {
    if (copyOf.has(i)) continue;
    if (tree.name[i].toLowerCase().includes(wanted) || tree.id[i].startsWith(text)) hits.push(i);
  }
  results.replaceChildren(...hits.map(
      (i) =>
          h('li', null,
            h('button', {type: 'button', 'data-row': i}, h('span', null, tree.name[i]),
              h('small', null, kindOf(i).title + ' · ' + placeText(treeParent[i]))))));
  if (!hits.length) results.append(h('li', {class: 'hint'}, t('tree.none')));
}

function markScope() {
  for (const item of document.querySelectorAll('#tree [aria-selected=true]'))
    item.setAttribute('aria-selected', 'false');
  const item = document.querySelector('#tree [data-row="' + Math.max(view.scope, -1) + '"]');
  if (item) item.setAttribute('aria-selected', 'true');
}

// The bar above the sections that says what the page is narrowed to.
function buildScopeBar() {
  const bar = h('div', {class: 'scope', id: 'scope', hidden: true, 'aria-live': 'polite'});
  view.listeners.push(() => {
    bar.hidden = view.scope < 0;
    if (view.scope < 0) return;
    const way = [];
    for (let i = view.scope; i >= 0; i = treeParent[i]) way.unshift(i);
    const facts = [];
    const row = view.scope;
    if (fullMembers.has(row))
      facts.push(t('areas.full') + ' ' + count(fullMembers.get(row)[0]));
    else if (tree.members[row])
      facts.push(t('tree.members', {n: count(tree.members[row])}));
    if (reportRates.has(row)) facts.push(t('areas.rate') + ' ' + share(...reportRates.get(row)));
    facts.push(t('tree.findings', {n: count(badge(row))}));
    bar.replaceChildren(
        h('span', {class: 'scope-label'}, t('scope.label')),
        h('span', {class: 'way'},
          way.map(
              (i, k) =>
                  [k ? h('i', {'aria-hidden': 'true'}, '›') : null,
                   i === row ? h('b', null, tree.name[i]) :
                               h('button', {type: 'button', class: 'link', onclick: () => choose(i)}, tree.name[i])])),
        h('span', {class: 'scope-facts'}, facts.join(' · ')),
        h('button', {type: 'button', class: 'quiet', onclick: () => setScope(-1)}, t('scope.clear')));
  });
  return bar;
}
