#!/usr/bin/env python3
"""The Markdown table of a run, written into README.md between its markers.

    jiceng_benchmark --ledgers DIR --benchmark_out=run.json --benchmark_out_format=json
    python3 table.py run.json [--readme README.md]     without --readme: to stdout

Of the repetitions of a benchmark the least time counts: what else the machine did can only have added to the others.
"""

import argparse
import json
import os
import platform
import re
import sys

BEGIN, END = '<!-- table begins -->', '<!-- table ends -->'
UNITS = {'ns': 1e-9, 'us': 1e-6, 'ms': 1e-3, 's': 1.0}

# The sides in their order; the first is the one the ratios are about.
SIDES = {'jiceng': 'jiceng', 'sqlite': 'SQLite', 'duckdb': 'DuckDB', 'postgres': 'PostgreSQL'}

# What is in the table, in its order: label, benchmark, and the first of a peer's variants that it has.
WORKS = [
    ('import, durable (SQLite: rollback journal)', 'import', ('rollback', '')),
    ('import, durable (SQLite: WAL, checkpoint included)', 'import', ('wal',)),
    ('import (SQLite: journal off, lost when killed on the way)', 'import', ('off',)),
    ('cold open → first answer', 'first_answer/cold', ('',)),
    ('open → first answer, files in the page cache', 'first_answer/warm', ('',)),
    ('audit, eight rules, findings as columns', 'audit', ('',)),
    ('audit, two threads', 'audit/two_threads', ('',)),
    ('audit, all rules', 'audit/all_rules', ('',)),
    ('audit, all rules, two threads', 'audit/all_rules_two_threads', ('',)),
    ('audit, findings with their texts', 'audit/texts', ('',)),
    ('audit, kept by a monitor', 'kept/audit', ('',)),
    ('following one commit', 'follow', ('',)),
    ('following one commit, all rules', 'follow/all_rules', ('',)),
    ('commit of one tie, durable', 'commit', ('',)),
    ('catching up with 10,000 commits', 'catch_up', ('',)),
    ('members, all units', 'rollup/members', ('',)),
    ('report rate, all units', 'rollup/report_rate', ('',)),
    ('members, all units, kept', 'kept/members', ('',)),
    ('report rate, all units, kept', 'kept/report_rate', ('',)),
    ('members of a unit, kept', 'kept/members_of_a_unit', ('',)),
    ('unreported in a community', 'unreported/community', ('',)),
    ('unreported in a street', 'unreported/street', ('',)),
    ('unreported everywhere', 'unreported/city', ('',)),
    ('members under a street', 'members/street', ('',)),
    ('members under a district', 'members/district', ('',)),
    ('members under everything', 'members/city', ('',)),
    ('cross-appointments of a district', 'cross_appointments/district', ('',)),
    ('secretaries under a street', 'officers/street', ('',)),
    ('secretaries of community committees under a street, past date', 'committee_secretaries/street', ('',)),
    ('person under unit, by number', 'person_under_unit/number', ('',)),
    ('person under unit, by text', 'person_under_unit/text', ('',)),
]
SIZES = [
    ('files', 'import', ('rollback', ''), 'bytes'),
    ('resident after these questions: private memory', 'resident', ('',), 'private_bytes'),
    ('resident after these questions: mapped files', 'resident', ('',), 'mapped_bytes'),
    ('largest on the way, both', 'resident', ('',), 'peak_bytes'),
]
READERS = [
    ('one reader', 'readers/1'),
    ('two readers', 'readers/2'),
    ('one reader beside a writer', 'readers/1_writer'),
    ('two readers beside a writer', 'readers/2_writer'),
]


def best(benchmarks):
    """{(work, side, variant): the counters, with the least `wall` and `cpu` in seconds a question, the most `rate`}."""
    found = {}
    for b in benchmarks:
        if b.get('run_type') != 'iteration' or 'error_occurred' in b:
            continue
        clocks = ('process_time', 'manual_time', 'real_time')
        parts = [p for p in b['name'].split('/') if ':' not in p and p not in clocks]
        side = next(i for i, p in enumerate(parts) if p in SIDES)
        key = ('/'.join(parts[:side]), parts[side], '/'.join(parts[side + 1 :]))
        scale = UNITS[b['time_unit']] / b.get('questions', 1)
        wall, cpu = b['real_time'] * scale, b['cpu_time'] * scale
        cpu += b.get('cpu_elsewhere', 0) / b.get('questions', 1)
        rate = b.get('items_per_second', 0)
        if 'manual_time' in b['name']:
            cpu = None  # the work was a child's
        entry = found.setdefault(key, dict(b, wall=wall, cpu=cpu, rate=rate))
        entry['wall'] = min(entry['wall'], wall)
        entry['cpu'] = cpu and min(entry['cpu'], cpu)
        entry['rate'] = max(entry['rate'], rate)
    return found


def time(seconds):
    if seconds is None:
        return '–'
    for limit, unit, scale in ((1e-6, 'ns', 1e9), (1e-3, 'µs', 1e6), (1, 'ms', 1e3), (1e99, 's', 1)):
        if seconds < limit:
            value = seconds * scale
            return '%s %s' % ('%.3g' % value if value < 100 else '%.0f' % value, unit)
    return '?'


def size(count):
    return '%.1f MB' % (count / 1e6) if count >= 1e6 else '%.0f kB' % (count / 1e3)


def ratio(ours, peers):
    if not ours or not peers:
        return '–'
    value = peers / ours
    return '%.2f×' % value if value < 10 else '{:,.0f}×'.format(value)


def markdown(head, body):
    yield '| %s |' % ' | '.join(head)
    yield '|---|%s' % ('---:|' * (len(head) - 1))
    for row in body:
        yield '| %s |' % ' | '.join(row)


def compared(found, sides, works, show):
    """One row a work: what `show` makes of every side, and the peers' ratios; works that nobody has done are left out."""
    head = ['work', SIDES['jiceng']]
    for peer in sides[1:]:
        head += [SIDES[peer], 'ratio']
    body = []
    for label, work, variants, of in works:
        ours = found.get((work, 'jiceng', ''), {}).get(of)
        if not ours:
            continue
        row = [label, show(ours)]
        for peer in sides[1:]:
            theirs = next((found[key][of] for key in ((work, peer, v) for v in variants) if key in found and found[key].get(of)), None)
            row += [show(theirs) if theirs else '–', ratio(ours, theirs)]
        body.append(row)
    return markdown(head, body)


def readers(found, sides):
    """Questions a second of all readers, as a share of what one alone answers."""
    sides = [side for side in sides if ('readers/1', side, '') in found]
    body = []
    for label, work in READERS:
        row = [label]
        for side in sides:
            alone, entry = found[('readers/1', side, '')]['rate'], found[(work, side, '')]
            commits = entry.get('commits')
            row.append(
                '{:,.0f} /s, {:.2f}×{}'.format(
                    entry['rate'], entry['rate'] / alone, ', {:,.0f} commits/s'.format(commits) if commits else ''
                )
            )
        body.append(row)
    return markdown(['questions of all readers'] + [SIDES[side] for side in sides], body) if sides else []


def first(path, pattern, otherwise='?'):
    try:
        with open(path, encoding='utf-8') as f:
            match = re.search(pattern, f.read(), re.M)
        return match.group(1).strip() if match else otherwise
    except OSError:
        return otherwise


def table(run):
    context = run['context']
    found = best(run['benchmarks'])
    sides = [side for side in SIDES if side + '_version' in context]
    missing = [SIDES[side] for side in SIDES if side not in sides]
    members = int(context['members'])
    resident = found.get(('resident', 'jiceng', ''))
    memory = int(first('/proc/meminfo', r'^MemTotal:\s*(\d+)', '0')) / 1048576
    load = context.get('load_avg', [])
    lines = [
        '{:,} rows of ledgers, {:,} people, asked as of {}. {}, one thread each.'.format(
            int(context['ledger_rows']),
            members,
            re.sub(r'(\d{4})(\d\d)(\d\d)', r'\1-\2-\3', context['as_of']),
            ', '.join('%s %s' % (SIDES[side], context[side + '_version']) for side in sides),
        )
    ]
    if missing:
        lines.append('Not in this run: %s.' % ', '.join(missing))
    lines.append(
        'Machine: %s, %d cores, %.0f GiB, Linux %s; load average at the start %s. Run %s.'
        % (
            first('/proc/cpuinfo', r'^model name\s*:\s*(.*)$', platform.machine()),
            context['num_cpus'],
            memory,
            platform.release(),
            ' '.join('%.1f' % figure for figure in load) or '?',
            context['date'][:10],
        )
    )
    if load and load[0] > 1.5:
        lines.append('The machine did other work meanwhile: read the CPU times.')
    lines += ['', 'Elapsed time, and sizes:', '']
    lines += compared(found, sides, [work + ('wall',) for work in WORKS], time)
    lines += list(compared(found, sides, SIZES, size))[2:]
    if resident and 'base_bytes' in resident:
        held = resident['private_bytes'] + resident['base_bytes']
        lines += ['', 'jiceng: the whole base file and the private memory are %.0f bytes a person.' % (held / members)]
    lines += ['', 'CPU time, a server\'s included:', '']
    lines += compared(found, sides, [work + ('cpu',) for work in WORKS], time)
    lines += ['', 'Readers, each a thread, each asking what is unreported in a community of the newest state:', '']
    lines += readers(found, sides)
    return '\n'.join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('run')
    parser.add_argument('--readme')
    options = parser.parse_args()
    with open(options.run, encoding='utf-8') as f:
        text = table(json.load(f))
    if not options.readme:
        print(text)
        return 0
    with open(options.readme, encoding='utf-8') as f:
        before, rest = f.read().split(BEGIN)
    after = rest.split(END)[1]
    with open(options.readme, 'w', encoding='utf-8') as f:
        f.write('%s%s\n%s\n%s%s' % (before, BEGIN, text, END, after))
    print('%s: table written' % os.path.basename(options.readme))
    return 0


if __name__ == '__main__':
    sys.exit(main())
