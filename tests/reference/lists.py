"""The lists beyond the fixed contract, from their definitions: posts filled and vacant, pairings with their tiers."""

from reference import BEFORE_EVERYTHING


def order(node):
    return node.encode('utf-8')


def posts(d, under, role, where):
    """One row for each existing body of the class at or below `under`.  `where`: a level of units or a kind of organisation."""
    under = d.ledgers.node(under)
    bodies = {n for n, level in d.level.items() if level == where} | {n for n, kind in d.kind.items() if kind == where}
    # (since, body, person) of every open post in the role on a body of the class, wherever it is.
    held = [
        (begin, body, person)
        for person, some in d.open.get('appointment', {}).items()
        for body, begin, post, _ in some
        if post == role and body in bodies
    ]
    found = []
    for node in sorted((b for b in bodies if d.exists[b] and d.path(b, under)), key=order):
        here = sorted(((since, order(person), person) for since, body, person in held if body == node))
        row = {'node': node, 'state': 'vacant', 'holders': 0, 'holder': None, 'held': 0, 'first': None}
        if here:
            holder = here[0][2]
            others = sorted((since, order(body), body) for since, body, person in held if person == holder)
            row['holders'] = len({person for _, _, person in here})
            row['holder'] = holder
            row['held'] = len({body for _, _, body in others})
            row['first'] = others[0][2]
            row['state'] = 'several' if row['holders'] > 1 else 'own' if row['first'] == node else 'also'
        found.append(row)
    return found


def pairings(d, under):
    """Open pairings with an end at or below `under`; the tier from the alliances and places of both on the day."""
    under = d.ledgers.node(under)
    found = []
    for source, ties in d.open.get('pairing', {}).items():
        for target, begin, _, _ in ties:
            a, b = sorted((source, target), key=order)
            inside = [bool(d.path(n, under)) for n in (a, b)]
            alliances = [set(d.targets('alliance', n)) for n in (a, b)]
            if not any(inside):
                continue
            if not all(inside):
                tier = 'outside_area'
            elif not all(alliances):
                tier = 'outside_system'
            else:
                tier = 'same_alliance' if alliances[0] & alliances[1] else 'other_alliance'
            found.append({'node': a, 'other': b, 'tier': tier, 'from': None if begin == BEFORE_EVERYTHING else begin.isoformat()})
    return sorted(found, key=lambda r: (order(r['node']), order(r['other']), r['from'] or ''))
