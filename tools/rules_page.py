#!/usr/bin/env python3
"""Writes the tables of docs/rules.md from the records; --check only says whether they are in step.

    python3 tools/rules_page.py [--check]

The page's own text stays; what stands between the lines `<!-- rules: begin -->` and `<!-- rules: end -->` is replaced.  The records are read as
text, so that the page needs no build: only the few forms of the text format that they use are understood, anything else is an error.
"""

import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PAGE = os.path.join(ROOT, 'docs', 'rules.md')
BEGIN, END = '<!-- rules: begin -->\n', '<!-- rules: end -->\n'
HOUSE = 'jiceng data conventions'
CONFIDENCE = {'VERIFIED': 'V', 'VERIFIED_MIRROR': 'V-', 'SECONDARY': 'S', 'KNOWN': 'K', 'HOUSE': 'house'}
COMPARATORS = {'AT_LEAST': '≥', 'MORE_THAN': '>', 'AT_MOST': '≤', 'LESS_THAN': '<', 'ODD': 'odd'}
TITLES = {
    'rules': 'The fixed contract',
    'rules_branches': 'Branches and the bodies that need one',
    'rules_members': 'Members',
    'rules_terms': 'Terms',
    'rules_committees': "Residents' and villagers' committees",
    'rules_property': "Collective economic organisations, owners' committees",
    'rules_posts': 'Posts of one person',
    'rules_grids': 'Grids',
    'rules_matters': 'Matters',
    'rules_data': 'Data quality',
    'rules_meetings': 'Norms without data',
}


def parse(text):
    """Text format as {field: [values]}; a message is such a dict, an enum word a str, a text a str."""
    tokens = re.findall(r'#[^\n]*|"(?:[^"\\]|\\.)*"|[A-Za-z_][A-Za-z_0-9]*|-?\d+|[{}:]|\S', text)
    tokens = [t for t in tokens if not t.startswith('#')]
    at = 0

    def message(closing):
        nonlocal at
        fields = {}
        while at < len(tokens) and tokens[at] != '}':
            name = tokens[at]
            at += 1
            if tokens[at] == '{':
                at += 1
                value = message(True)
            elif tokens[at] == ':':
                value = tokens[at + 1]
                at += 2
                value = re.sub(r'\\(.)', r'\1', value[1:-1]) if value[0] == '"' else value
            else:
                raise ValueError('unexpected %r after %r' % (tokens[at], name))
            fields.setdefault(name, []).append(value)
        if closing:
            at += 1
        return fields

    return message(False)


def one(fields, name, default=''):
    return fields.get(name, [default])[0]


def date(fields):
    return '-'.join('%0*d' % (n, int(one(fields, k))) for k, n in (('year', 4), ('month', 2), ('day', 2)) if k in fields)


def word(enum, prefix):
    return enum[len(prefix) :]


def amount(fields):
    return one(fields, 'number') or '`%s`' % one(fields, 'parameter')


def bound(fields):
    comparator = word(one(fields, 'comparator'), 'RULE_COMPARATOR_')
    return COMPARATORS[comparator] + ('' if comparator == 'ODD' else ' ' + amount(one(fields, 'amount')))


def measure(fields):
    """What is counted, in the words of the record."""
    if 'fact' in fields:
        return one(fields, 'fact')
    words = [one(fields, 'tie_kind')]
    words += ['/'.join(fields[k]) for k in ('roles', 'manners') if k in fields]
    others = [v for k in ('party_statuses', 'org_kinds', 'unit_levels', 'sexes') for v in fields.get(k, [])]
    if len(others) > 6:
        others = others[:5] + ['…']
    arrow = '←' if one(fields, 'end') == 'RULE_TIE_END_TO' else '→'
    text = ' '.join(words) + (' ' + arrow + ' ' + '/'.join(others) if others else '') + (' ever' if 'ever' in fields else '')
    if 'below' not in fields:
        return text
    below = one(fields, 'below')
    return text + ' at or below ' + '/'.join(below.get('org_kinds', []) + below.get('unit_levels', []) or ['it'])


def figure(rule):
    """The shape with its figures."""
    if 'count_bounds' in rule:
        shape = one(rule, 'count_bounds')
        counted = ' + '.join(measure(m) for m in shape['measure'] + shape.get('plus', []))
        text = counted + ' ' + ', '.join(bound(b) for b in shape['bounds'])
        if 'per' in shape:
            per = one(shape, 'per')
            text += ' per ' + (one(per, 'size') + ' of ' if 'size' in per else '') + measure(one(per, 'measure'))
        conditions = [measure(one(c, 'measure')) + ' ' + bound(one(c, 'bound')) for c in shape.get('conditions', [])]
        return text + (' where ' + ', '.join(conditions) if conditions else '')
    if 'duration' in rule:
        shape = one(rule, 'duration')
        return '%s ≤ %s %s' % (
            measure(one(shape, 'start')),
            amount(one(shape, 'at_most')),
            word(one(shape, 'period'), 'RULE_PERIOD_').lower(),
        )
    if 'tie_pair' in rule:
        shape = one(rule, 'tie_pair')
        text = '%s **%s** %s' % (
            measure(one(shape, 'first')),
            word(one(shape, 'relation'), 'RULE_PAIR_RELATION_').lower(),
            ' or '.join(measure(m) for m in shape['second']),
        )
        if 'place' in shape:
            text += ', ' + word(one(shape, 'place'), 'RULE_PAIR_PLACE_').lower().replace('_', ' ')
        return text + (', of one linked by ' + one(shape, 'through') if 'through' in shape else '')
    if 'resolution' in rule:
        steps = one(rule, 'resolution')['steps']
        return 'exactly one at the first of: ' + '; '.join(one(one(s, 'title'), 'en') for s in steps)
    if 'term_shift' in rule:
        shape = one(rule, 'term_shift')
        kind = word(one(shape, 'kind'), 'TERM_SHIFT_KIND_').lower().replace('_', ' ')
        return '%s ≤ %s years' % (kind, amount(one(shape, 'at_most_years')))
    if 'term_length' in rule:
        years = [amount(one(c, 'years')) for c in one(rule, 'term_length')['classes']]
        return 'term ' + ', '.join(dict.fromkeys(years)) + ' years'
    if 'deadline' in rule:
        shape = one(rule, 'deadline')
        days = amount(one(shape, 'days'))
        return '%s within %s days of %s' % (one(shape, 'required_tie_kind'), days, one(shape, 'start_tie_kind'))
    if 'matter_overdue' in rule:
        shape = one(rule, 'matter_overdue')
        return 'no clock%s of `%s` is over and still runs' % (''.join(' `%s`' % c for c in shape.get('clocks', [])), one(shape, 'procedure'))
    if 'uniqueness' in rule:
        shape = one(rule, 'uniqueness')
        return '%s to one node ≤ %s' % (one(shape, 'tie_kind'), amount(one(shape, 'at_most')))
    return '–'


def domain(rule):
    fields = one(rule, 'domain', {})
    kinds = fields.get('org_kinds') or fields.get('unit_levels') or fields.get('node_kinds', [])
    if len(kinds) > 6:
        kinds = ['any Party organisation' if all(k.startswith('party_') for k in kinds) else '/'.join(kinds)]
    text = '/'.join(kinds)
    if 'party_statuses' in fields:
        text += ' ' + '/'.join(fields['party_statuses'])
    return text + (' in service' if 'in_service' in fields else '') + (' gone' if 'gone' in fields else '')


def citation(fields):
    name = one(fields, 'document')
    confidence = CONFIDENCE[word(one(fields, 'confidence'), 'RULE_CONFIDENCE_')]
    if name == HOUSE and one(fields, 'article') == 'procedures':
        return '[data convention](procedures.md)'
    if name == HOUSE:
        return '[data convention](#%s)' % one(fields, 'article').replace('.', '')
    version = ' (%s)' % date(one(fields, 'version')) if 'version' in fields else ''
    return '%s%s %s **%s**' % (name, version, one(fields, 'article') or '(no article read)', confidence)


def in_force(rule):
    begin, end = (date(one(rule, k)) if k in rule else '' for k in ('in_force_from', 'in_force_to'))
    text = ('from %s' % begin if begin else '') + (' before %s' % end if end else '')
    if one(rule, 'governing_day') == 'RULE_GOVERNING_DAY_ELECTION':
        text += ', by the day of election'
    return text.strip()


def citations(rule):
    """Its own; a rule about the clocks of a procedure that has none rests on those of the template."""
    if 'citations' in rule or 'matter_overdue' not in rule:
        return rule['citations']
    return procedures()[one(one(rule, 'matter_overdue'), 'procedure')]['citations']


def procedures():
    folder = os.path.join(ROOT, 'src', 'procedures', 'data')
    found = {}
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding='utf-8') as f:
            found.update((one(p, 'id'), p) for p in parse(f.read()).get('procedures', []))
    return found


def row(rule):
    cells = [
        '`%s`' % one(rule, 'id'),
        '%s<br>%s' % (one(one(rule, 'title'), 'zh'), one(one(rule, 'title'), 'en')),
        word(one(rule, 'level'), 'RULE_LEVEL_').lower(),
        domain(rule),
        figure(rule),
        '<br>'.join(citation(c) for c in citations(rule)),
        '; '.join(t for t in (in_force(rule), 'off' if 'off' in rule else '') if t),
    ]
    return '| %s |' % ' | '.join(cells)


def sources():
    folder = os.path.join(ROOT, 'src', 'rules', 'data')
    for name in sorted(os.listdir(folder), key=lambda n: list(TITLES).index(n[: -len('.textproto')])):
        with open(os.path.join(folder, name), encoding='utf-8') as f:
            yield name[: -len('.textproto')], f.read()


def omissions(text):
    comment = [line[2:] for line in text.splitlines() if line.startswith('# ') or line == '#']
    if 'Known omissions' not in comment:
        return []
    lines = []
    for line in comment[comment.index('Known omissions') + 1 :]:
        if line.startswith('- '):
            lines.append(line)
        elif lines:
            lines[-1] += ' ' + line.strip()
    return lines


def tables():
    out, house, parameters, left_out = [], [], [], []
    rules = [(name, text, parse(text).get('rules', [])) for name, text in sources()]
    every = [r for _, _, some in rules for r in some]
    judged = [r for r in every if 'not_evaluable' not in r]
    off = [r for r in judged if 'off' in r]
    out.append(
        '%d rules: %d can be judged, %d of these are off until somebody asks for them, %d are norms the library holds no data for.\n'
        % (len(every), len(judged), len(off), len(every) - len(judged))
    )
    for name, text, some in rules:
        out.append('### %s\n' % TITLES[name])
        out.append('| id | norm | level | governs | figure | source, confidence | in force, off |')
        out.append('|---|---|---|---|---|---|---|')
        out += [row(r) for r in some]
        out.append('')
        left_out += omissions(text)
        for r in some:
            for p in r.get('parameters', []):
                title = one(p, 'title')
                value = one(p, 'default_value') or 'none'
                parameters.append(
                    '| `%s` | `%s` | %s<br>%s | %s | %s |'
                    % (one(p, 'name'), one(r, 'id'), one(title, 'zh'), one(title, 'en'), one(p, 'unit'), value)
                )
            for c in r.get('citations', []):
                if one(c, 'document') == HOUSE:
                    note = one(c, 'note')
                    house.append('#### %s\n%s。%s.\n' % (one(c, 'article'), one(note, 'zh'), one(note, 'en')[:1].upper() + one(note, 'en')[1:]))
    out += ['### Parameters\n', '| parameter | of | means | counted in | default |', '|---|---|---|---|---|'] + parameters
    out += ['', '### Known omissions\n'] + left_out
    out += ['', '### Data conventions\n']
    out.append('Rules that cite *%s* cite this section. They claim no legal force; their confidence is `house`.\n' % HOUSE)
    return '\n'.join(out + house)


def uncovered(page):
    """Rules that can be judged and are not in the table of what is covered, and names there that are no rule."""
    table = page.partition('## What is covered\n')[2].partition('\n## ')[0]
    named = set(re.findall(r'`([a-z0-9-]+\.[a-z0-9-]+)`', table)) - {'terms.csv'}
    rules = {one(r, 'id') for _, text in sources() for r in parse(text).get('rules', []) if 'not_evaluable' not in r}
    return sorted(named ^ rules)


def main():
    with open(PAGE, encoding='utf-8') as f:
        page = f.read()
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    fresh = before + BEGIN + '\n' + tables() + '\n' + END + after
    if '--check' in sys.argv[1:]:
        if fresh != page:
            print('docs/rules.md is not in step with the records: run python3 tools/rules_page.py')
            return 1
        if uncovered(page):
            print('docs/rules.md, What is covered: ' + ', '.join(uncovered(page)))
            return 1
        return 0
    with open(PAGE, 'w', encoding='utf-8') as f:
        f.write(fresh)
    return 0


if __name__ == '__main__':
    sys.exit(main())
