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

# What is in the table, in its order: label, benchmark, and the peer's variant where it has several.
WORKS = [
    ('import, durable (peer: rollback journal)', 'import', 'rollback'),
    ('import, durable (peer: WAL, checkpoint included)', 'import', 'wal'),
    ('import (peer: journal off, lost when killed on the way)', 'import', 'off'),
    ('cold open → first answer', 'first_answer/cold', ''),
    ('open → first answer, file in the page cache', 'first_answer/warm', ''),
    ('audit, eight rules, findings as columns', 'audit', ''),
    ('audit, findings with their texts', 'audit/texts', ''),
    ('commit of one tie, durable', 'commit', ''),
    ('catching up with 10,000 commits', 'catch_up', ''),
    ('members, all units', 'rollup/members', ''),
    ('report rate, all units', 'rollup/report_rate', ''),
    ('unreported in a community', 'unreported/community', ''),
    ('unreported in a street', 'unreported/street', ''),
    ('unreported everywhere', 'unreported/city', ''),
    ('members under a street', 'members/street', ''),
    ('members under a district', 'members/district', ''),
    ('members under everything', 'members/city', ''),
    ('cross-appointments of a district', 'cross_appointments/district', ''),
    ('secretaries under a street', 'officers/street', ''),
    ('person under unit, by number', 'person_under_unit/number', ''),
    ('person under unit, by text', 'person_under_unit/text', ''),
]


def best(benchmarks):
    """{(work, side, variant): the counters, with the least `wall` and `cpu` in seconds a question}."""
    found = {}
    for b in benchmarks:
        if b.get('run_type') != 'iteration' or 'error_occurred' in b:
            continue
        clocks = ('process_time', 'manual_time', 'real_time')
        parts = [p for p in b['name'].split('/') if ':' not in p and p not in clocks]
        side = next(i for i, p in enumerate(parts) if p in ('jiceng', 'sqlite'))
        key = ('/'.join(parts[:side]), parts[side], '/'.join(parts[side + 1 :]))
        scale = UNITS[b['time_unit']] / b.get('questions', 1)
        wall, cpu = b['real_time'] * scale, b['cpu_time'] * scale
        if 'manual_time' in b['name']:
            cpu = None  # the work was a child's
        entry = found.setdefault(key, dict(b, wall=wall, cpu=cpu))
        entry['wall'] = min(entry['wall'], wall)
        entry['cpu'] = cpu and min(entry['cpu'], cpu)
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


def rows(found):
    for label, work, variant in WORKS:
        ours, peer = found.get((work, 'jiceng', '')), found.get((work, 'sqlite', variant))
        if not ours:
            continue
        yield (
            label,
            time(ours['wall']),
            time(peer['wall']) if peer else '–',
            ratio(ours['wall'], peer and peer['wall']),
            time(ours['cpu']),
            time(peer['cpu']) if peer else '–',
            ratio(ours['cpu'], peer and peer['cpu']),
        )
    ours, peer = found.get(('import', 'jiceng', '')), found.get(('import', 'sqlite', 'rollback'))
    if ours and peer:
        yield 'files', size(ours['bytes']), size(peer['bytes']), ratio(ours['bytes'], peer['bytes']), '', '', ''
    ours, peer = found.get(('resident', 'jiceng', '')), found.get(('resident', 'sqlite', ''))
    if ours and peer:
        for label, of in (
            ('resident after these questions: private memory', lambda b: b['private_bytes']),
            ('resident after these questions: mapped files', lambda b: b['mapped_bytes']),
            ('largest on the way, both', lambda b: b['peak_bytes']),
        ):
            yield label, size(of(ours)), size(of(peer)), ratio(of(ours), of(peer)), '', '', ''


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
    members = int(context['members'])
    resident = found.get(('resident', 'jiceng', ''))
    memory = int(first('/proc/meminfo', r'^MemTotal:\s*(\d+)', '0')) / 1048576
    lines = [
        '%s rows of ledgers, %s people, asked as of %s. jiceng %s, SQLite %s, one thread each.'
        % (
            '{:,}'.format(int(context['ledger_rows'])),
            '{:,}'.format(members),
            re.sub(r'(\d{4})(\d\d)(\d\d)', r'\1-\2-\3', context['as_of']),
            context['jiceng_version'],
            context['sqlite_version'],
        ),
        'Machine: %s, %d cores, %.0f GiB, Linux %s; load average at the start %s. Run %s.'
        % (
            first('/proc/cpuinfo', r'^model name\s*:\s*(.*)$', platform.machine()),
            context['num_cpus'],
            memory,
            platform.release(),
            ' '.join('%.1f' % load for load in context.get('load_avg', [])) or '?',
            context['date'][:10],
        ),
        '',
        '| work | jiceng | SQLite | ratio | jiceng CPU | SQLite CPU | ratio |',
        '|---|---:|---:|---:|---:|---:|---:|',
    ]
    lines += ['| %s |' % ' | '.join(row) for row in rows(found)]
    if resident and 'base_bytes' in resident:
        held = resident['private_bytes'] + resident['base_bytes']
        lines += ['', 'jiceng: the whole base file and the private memory are %.0f bytes a person.' % (held / members)]
    if context.get('load_avg', [0])[0] > 1.5:
        lines[2:2] = ['The machine did other work meanwhile: read the CPU times.']
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
