#!/usr/bin/env python3
"""Opens a report made by the real command in headless Chromium and looks at it the way a clerk would.

report_smoke.py JICENG [--store STORE --date D [--set PARAM=VALUE]...] [--screenshot FILE.png]

Without --store a small district is made first. Needs chromium and chromedriver (plain WebDriver over HTTP, standard library only);
exit 77 when they are not there, which ctest reads as skipped.
"""
import argparse
import base64
import csv
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

EVIL = '</script><img src=x onerror=window.harm=1><!--'  # a name a ledger may hold; it must stay a name
OFFLINE = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update',
           '--disable-sync', '--no-first-run', '--hide-scrollbars']


class Browser:
    """One Chromium behind one chromedriver."""

    def __init__(self, width, height):
        self.profile = tempfile.mkdtemp()
        with socket.socket() as probe:
            probe.bind(('127.0.0.1', 0))
            self.base = f'http://127.0.0.1:{probe.getsockname()[1]}'
        self.driver = subprocess.Popen(['chromedriver', f'--port={self.base.rsplit(":", 1)[1]}'], stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                urllib.request.urlopen(self.base + '/status', timeout=2)
                break
            except OSError:
                time.sleep(0.1)
        arguments = OFFLINE + [f'--user-data-dir={self.profile}', f'--window-size={width},{height}']
        session = self.call('POST', '/session', {'capabilities': {'alwaysMatch': {
            'goog:chromeOptions': {'args': arguments}, 'goog:loggingPrefs': {'browser': 'ALL', 'performance': 'ALL'}}}})
        self.session = '/session/' + session['sessionId']
        self.resize(width, height)

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        try:
            reply = urllib.request.urlopen(urllib.request.Request(self.base + path, data, method=method), timeout=180)
        except urllib.error.HTTPError as error:
            raise RuntimeError(error.read().decode()) from error
        return json.loads(reply.read())['value']

    def devtools(self, command, **parameters):
        return self.call('POST', self.session + '/goog/cdp/execute', {'cmd': command, 'params': parameters})

    def resize(self, width, height):
        self.devtools('Emulation.setDeviceMetricsOverride', width=width, height=height, deviceScaleFactor=1, mobile=False)

    def open(self, path):
        self.call('POST', self.session + '/url', {'url': pathlib.Path(path).resolve().as_uri()})

    def js(self, code, *arguments):
        return self.call('POST', self.session + '/execute/sync', {'script': code, 'args': list(arguments)})

    def type(self, selector, text):
        element = self.call('POST', self.session + '/element', {'using': 'css selector', 'value': selector})
        self.call('POST', f'{self.session}/element/{next(iter(element.values()))}/value', {'text': text})

    def log(self, kind):
        return self.call('POST', self.session + '/se/log', {'type': kind})

    def screenshot(self, path):
        with open(path, 'wb') as file:
            file.write(base64.b64decode(self.call('GET', self.session + '/screenshot')))

    def close(self):
        try:
            self.call('DELETE', self.session)
        except (OSError, RuntimeError):
            pass
        self.driver.terminate()
        self.driver.wait()
        shutil.rmtree(self.profile, ignore_errors=True)


def write_ledgers(folder):
    """Two streets, three communities, six grids of which two have no head, a branch too small, one too large, members not reported."""
    folder.mkdir()

    def write(name, header, rows):
        with open(folder / name, 'w', newline='', encoding='utf-8') as file:
            writer = csv.writer(file)
            writer.writerow(header.split(','))
            writer.writerows(rows)

    communities = ['320199001001', '320199001002', '320199002001']
    grids = [c + g for c in communities for g in ('001', '002')]
    units = [('320199', '试验区', 'district', '', '', ''), ('320199001', '东街道', 'street', '320199', '', ''),
             ('320199002', '西街道', 'street', '320199', '', '')]
    units += [(c, EVIL if i == 2 else f'第{i + 1}社区', 'community', c[:9], 1000, 3000) for i, c in enumerate(communities)]
    units += [(g, f'第{int(g[-3:])}网格', 'grid', g[:12], 300, 900) for g in grids]
    sizes = [2, 20, 55, 7]
    orgs, people, affiliations, residences, reports, appointments, employments = [], [], [], [], [], [], []
    orgs.append((9000, '区第一中学', 'employer', '', communities[0], '2001-09-01', ''))
    number = 0
    for b, size in enumerate(sizes):
        community = communities[b % 3]
        orgs.append((1000 + b, f'第{b + 1}党支部', 'party_branch', '', community, '2015-01-01', ''))
        for k in range(size):
            number += 1
            person = f'{70000 + number}'
            name = EVIL if number == 3 else f'党员{number}'
            people.append((person, name, 'probationary' if size == 55 and k < 4 else 'full', '2010-07-01', number % 2))
            affiliations.append((person, 1000 + b, 'formal', '2016-01-01', ''))
            residences.append((person, community, '2018-01-01', ''))
            if number % 2:
                employments.append((person, 9000, '2018-01-01', ''))
                if number % 4 == 1:
                    reports.append((person, community, '2019-01-01', ''))
            if k == 0:
                appointments.append((person, 1000 + b, '', 'secretary', 'elected', '2023-03-01', ''))
            if size == 20 and k in (1, 2):
                appointments.append((person, 1000 + b, '', 'committee_member', 'elected', '2023-03-01', ''))
    for grid in grids[:4]:
        appointments.append((70010, '', grid, 'grid_head', 'appointed', '2022-01-01', ''))
    write('units.csv', 'code,name,level,parent_code,households,population', units)
    write('orgs.csv', 'org_id,name,kind,parent_id,unit_code,founded,dissolved', orgs)
    write('people.csv', 'person_id,name,party_status,joined_on,in_service', people)
    write('affiliations.csv', 'person_id,branch_id,kind,from,to', affiliations)
    write('employments.csv', 'person_id,employer_id,from,to', employments)
    write('residences.csv', 'person_id,unit_code,from,to', residences)
    write('appointments.csv', 'person_id,org_id,unit_code,post,kind,from,to', appointments)
    write('reports.csv', 'subject_id,community_code,reported_on,ended_on', reports)


class Checks:
    def __init__(self):
        self.failed = 0

    def equal(self, what, got, want):
        if got == want:
            print(f'ok    {what}: {got}')
        else:
            self.failed += 1
            print(f'FAIL  {what}: {got!r}, expected {want!r}')

    def true(self, what, holds):
        self.equal(what, bool(holds), True)


def run(jiceng, *arguments):
    done = subprocess.run([jiceng, *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f'{" ".join(arguments)}: exit {done.returncode}\n{done.stderr}')
    return done.stdout


def wait(browser, code, *arguments):
    for _ in range(100):
        if browser.js(code, *arguments):
            return True
        time.sleep(0.05)
    return False


def check_headline(browser, checks, ask):
    """Every figure of the headline against what the command says."""
    audit = ask('audit')
    levels = {rule['id']: rule['level'] for rule in json.loads(ask.plain('rules'))}
    group = {'must': 'hard', 'must_not': 'hard', 'should': 'soft'}
    expected = {'hard': 0, 'soft': 0, 'other': 0}
    for rule, number in audit['counts'].items():
        expected[group.get(levels[rule], 'other')] += number
    value = 'return document.querySelector(arguments[0]).dataset.value'
    for name, number in expected.items():
        checks.equal(f'findings, {name}', int(browser.js(value, f'#fig-{name}')), number)
    checks.equal('findings', int(browser.js(value, '#fig-findings .value')), sum(audit['counts'].values()))
    root = browser.js("const p = JSON.parse(document.getElementById('payload').textContent); return p.kinds[p.tree.kind[0]][2] + ':' + p.tree.id[0]")
    members = ask('count', root)['members']
    checks.equal('full members', int(browser.js(value, '#fig-full .value')), members['full'])
    checks.equal('probationary members', int(browser.js(value, '#fig-probationary .value')), members['probationary'])
    rates = [row for row in ask('rollup', '--indicator', 'report.rate') if row['node'] == root]
    rate = f'{rates[0]["numerator"]}/{rates[0]["denominator"]}' if rates else '0/0'
    checks.equal('report rate', browser.js(value, '#fig-rate .value'), rate)
    return audit


def check_tree(browser, checks):
    items = "return document.querySelectorAll('#tree [role=treeitem]').length"
    before = browser.js(items)
    browser.js("document.querySelector('#tree [aria-expanded=false] .caret').click()")
    opened = browser.js(items)
    checks.true('a click opens the tree', opened > before)
    browser.js("const i = document.querySelector('#tree [aria-expanded=false]'); i.focus();"
               "i.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true}))")
    checks.true('the right arrow opens a node', browser.js(items) > opened)
    checks.equal('one tab stop in the tree', browser.js("return document.querySelectorAll('#tree [tabindex=\"0\"]').length"), 1)


def check_findings(browser, checks, audit):
    matches = "return Number(document.getElementById('find-count').dataset.matches)"
    total = len(audit['findings'])
    checks.equal('all findings are listed', browser.js(matches), total)
    counts = {rule: n for rule, n in audit['counts'].items() if n}
    rule = min(counts, key=lambda name: (counts[name], name))
    want = sum(1 for f in audit['findings'] if f['rule'] == rule)
    browser.js("document.querySelector('.rules button[data-rule=\"' + arguments[0] + '\"]').click()", rule)
    checks.equal(f'choosing {rule} leaves its findings', browser.js(matches), want)
    browser.js("const s = document.getElementById('find-rule'); s.value = '-1'; s.dispatchEvent(new Event('change'))")
    checks.equal('choosing all rules brings them back', browser.js(matches), total)
    subject = audit['findings'][0]['subject']
    browser.type('#find-text', subject)
    checks.true('typing narrows the rows', wait(browser, matches.replace('return ', 'return 0 < ') + f' && {matches[7:]} < {total}'))
    listed = sum(1 for f in audit['findings'] if subject in f['subject'])
    checks.true('and finds the subject', listed <= browser.js(matches) < total)
    browser.js("document.querySelector('tr.finding .expander').click()")
    checks.true('a row opens to its clause and facts', browser.js("return document.querySelector('tr.detail').innerText.length > 10"))
    checks.true('every row names its clause', browser.js("return [...document.querySelectorAll('tr.finding .citation')].every((c) => c.textContent)"))
    browser.js("document.getElementById('find-reset').click()")
    checks.equal('clearing brings them back', browser.js(matches), total)


def check_scope(browser, checks):
    matches = "return Number(document.getElementById('find-count').dataset.matches)"
    before = browser.js(matches)
    browser.js("document.querySelector('#areas-table tbody th .link').click()")
    checks.true('choosing a unit narrows the findings', browser.js(matches) <= before)
    checks.true('and says so', browser.js("return !document.getElementById('scope').hidden"))
    browser.js("document.querySelector('#scope button.quiet').click()")
    checks.equal('showing all brings them back', browser.js(matches), before)


def check_indicators(browser, checks, ask):
    """Every cell of the table of indicators against what the command says, and its order."""
    named = browser.js("return [...document.querySelectorAll('#indicators-table th[data-indicator]')].map((th) => th.dataset.indicator)")[1:]
    checks.true('there are indicators of reports, grids and posts',
                {'report.rate', 'grid.head-vacant', 'branch.secretary-vacant'} <= set(named))
    level = browser.js("const i = document.querySelector('input[name=indicator-level]:checked'); return i ? i.value : 'community'")
    cells = "return [...document.querySelectorAll('#indicators-table tbody tr')].map((tr) => [tr.dataset.node, tr.cells[arguments[0]].dataset.value || null])"
    for column, indicator in enumerate(named, 1):
        shown = dict(browser.js(cells, column))
        want = {row['node']: f'{row["numerator"]}/{row["denominator"]}' for row in ask('rollup', '--indicator', indicator, '--level', level)}
        checks.equal(f'indicator {indicator}', {node: value for node, value in shown.items() if value}, want)
    column = named.index('report.rate') + 1
    for order in ('ascending', 'descending'):
        browser.js("document.querySelector('#indicators-table th[data-indicator=\"report.rate\"] button').click()")
        shares = [int(value.split('/')[0]) / int(value.split('/')[1]) for _, value in browser.js(cells, column) if value]
        checks.equal(f'sorted, {order}', shares, sorted(shares, reverse=order == 'descending'))
        checks.equal('and says so', browser.js("return document.querySelector('#indicators-table th[data-indicator=\"report.rate\"]').getAttribute('aria-sort')"), order)


def check_stillness(browser, checks):
    """Nothing was fetched, nothing complained."""
    requests = []
    for entry in browser.log('performance'):
        message = json.loads(entry['message'])['message']
        if message['method'] == 'Network.requestWillBeSent':
            url = message['params']['request']['url']
            if not url.startswith(('file:', 'data:', 'blob:', 'about:')):
                requests.append(url)
    checks.equal('requests to the network', requests, [])
    checks.equal('console', [entry['message'] for entry in browser.log('browser')], [])
    checks.true('markup in a name stays text', browser.js('return window.harm === undefined'))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('jiceng')
    parser.add_argument('--store')
    parser.add_argument('--date', default='2024-06-01')
    parser.add_argument('--set', action='append', default=[])
    parser.add_argument('--screenshot')
    options = parser.parse_args()
    if not shutil.which('chromedriver') or not (shutil.which('chromium') or shutil.which('google-chrome')):
        print('skipped: no chromium with chromedriver')
        sys.exit(77)
    jiceng = os.path.abspath(options.jiceng)
    work = pathlib.Path(tempfile.mkdtemp())
    checks = Checks()
    try:
        store = options.store
        if not store:
            store = str(work / 'store')
            write_ledgers(work / 'ledgers')
            run(jiceng, 'init', store)
            run(jiceng, 'import', store, str(work / 'ledgers'), '--recorded-at', '2024-06-01T00:00:00Z')
        settings = [part for value in (options.set or ['report.deadline_days=30']) for part in ('--set', value)]
        page = work / 'report.html'
        run(jiceng, 'report', store, '--out', str(page), '--date', options.date, *settings)
        print(f'page: {page.stat().st_size} bytes')

        def ask(command, *arguments):
            extra = settings if command == 'audit' else []
            return json.loads(run(jiceng, command, store, *arguments, '--date', options.date, '--format', 'json', *extra))
        ask.plain = lambda command: run(jiceng, command, '--format', 'json')

        browser = Browser(1400, 1000)
        try:
            browser.call('POST', browser.session + '/url', {'url': 'about:blank'})
            browser.log('performance')  # what the browser's own first page asked for
            browser.open(page)
            checks.true('the page is ready', wait(browser, 'return document.documentElement.dataset.ready !== undefined'))
            print('ready after', browser.js('return document.documentElement.dataset.ready'), 'ms')
            if options.screenshot:
                browser.screenshot(options.screenshot)
            audit = check_headline(browser, checks, ask)
            check_tree(browser, checks)
            if audit['findings']:
                check_findings(browser, checks, audit)
            check_scope(browser, checks)
            check_indicators(browser, checks, ask)
            browser.resize(400, 800)
            checks.true('a narrow window needs no sideways scrolling',
                        browser.js('return document.documentElement.scrollWidth <= document.documentElement.clientWidth'))
            check_stillness(browser, checks)
        finally:
            browser.close()
    finally:
        shutil.rmtree(work, ignore_errors=True)
    sys.exit(1 if checks.failed else 0)


if __name__ == '__main__':
    main()
