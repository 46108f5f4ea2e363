"""Report rates and cross-appointments by street, as lines and as a chart: streets.py STORE DATE CHART.svg

    $ jiceng synth ledgers --division 320102 --members 45000 && jiceng init demo.jiceng
    $ jiceng import demo.jiceng ledgers
    $ python3 examples/analysis/streets.py demo.jiceng 2026-06-30 streets.svg

Two figures for each street (街道):

- the report rate (双报到): of the in-service members who live there, those who have reported to their community;
- cross-appointments (交叉任职): of the people with a post in an organisation of one of its communities, those with posts in two or
  more kinds of organisation of the same community.

The first is an indicator of the library.  The second is put together here from columns: ties of three kinds, joined by the numbers
of their nodes.  Nothing but the package is needed; with pandas, polars or DuckDB the joins are one line each.
"""

import collections
import datetime
import html
import sys

import jiceng

Share = collections.namedtuple("Share", "part whole")


def upward(snapshot, kind, day):
    """Where each node's tie of a kind leads on that day."""
    table = snapshot.ties(kind, day)
    return dict(zip(table.column("from_number"), table.column("to_number")))


def cross_appointments(snapshot, day):
    """By the number of the street."""
    level = {row.number: row.kind for row in snapshot.nodes("unit", day)}
    above, seat = upward(snapshot, "territory", day), upward(snapshot, "seat", day)

    def climb(unit, to):
        while unit is not None and level.get(unit) != to:
            unit = above.get(unit)
        return unit

    posted, crossed = collections.defaultdict(set), collections.defaultdict(set)
    posts = snapshot.ties("appointment", day)
    for person, body in zip(posts.column("from_number"), posts.column("to_number")):
        community = climb(seat.get(body), "community")
        if community is not None:
            posted[climb(community, "street")].add(person)
    for row in snapshot.cross_appointments(None, day):
        crossed[climb(snapshot.find(row.community), "street")].add(snapshot.find(row.node))
    return {street: Share(len(crossed[street]), len(people)) for street, people in posted.items()}


def streets(snapshot, day):
    """Rows of (name, report rate, cross-appointments), the lowest report rate first."""
    reported = {row.node: Share(row.numerator, row.denominator)
                for row in snapshot.rollup("report.rate", day, level="street")}
    crossed = cross_appointments(snapshot, day)
    rows = [
        (row.name, reported.get(row.node, Share(0, 0)), crossed.get(row.number, Share(0, 0)))
        for row in snapshot.nodes("unit", day)
        if row.kind == "street"
    ]
    return sorted(rows, key=lambda row: (row[1].part / max(row[1].whole, 1), row[0]))


def chart(rows, day):
    """Two bars a street.  Every bar carries its figures, so that nothing rests on colour alone."""
    left = 30 + 13 * max((len(name) for name, *_ in rows), default=0)  # Chinese names are as wide as they are long
    bar, step, width = 14, 46, 420
    height = 96 + step * len(rows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + width + 190}" height="{height}" '
        f'viewBox="0 0 {left + width + 190} {height}" font-family="system-ui, sans-serif" font-size="13">',
        '<rect width="100%" height="100%" fill="#fff"/>',
        f'<text x="16" y="28" font-size="17" font-weight="600">各街道报到率与交叉任职比例（{day.isoformat()}）</text>',
    ]
    for place, (colour, text) in enumerate((("#1f5fa8", "报到率"), ("#c2701c", "交叉任职比例"))):
        x = left + 110 * place
        parts.append(f'<rect x="{x}" y="46" width="12" height="12" fill="{colour}"/><text x="{x + 18}" y="57">{text}</text>')
    for tick in range(0, 101, 25):
        x = left + width * tick / 100
        parts.append(f'<line x1="{x:.1f}" y1="70" x2="{x:.1f}" y2="{height - 18}" stroke="#ddd"/>')
        parts.append(f'<text x="{x:.1f}" y="{height - 4}" text-anchor="middle" fill="#666" font-size="11">{tick}%</text>')
    for place, (name, *shares) in enumerate(rows):
        y = 78 + step * place
        parts.append(f'<text x="{left - 12}" y="{y + bar + 5}" text-anchor="end">{html.escape(name)}</text>')
        for which, (share, colour) in enumerate(zip(shares, ("#1f5fa8", "#c2701c"))):
            length = width * share.part / max(share.whole, 1)
            top = y + which * (bar + 2)
            parts.append(f'<rect x="{left}" y="{top}" width="{length:.1f}" height="{bar}" fill="{colour}"/>')
            parts.append(f'<text x="{left + length + 6:.1f}" y="{top + 11}" font-size="11">{percent(share)} '
                         f'({share.part}/{share.whole})</text>')
    return "\n".join([*parts, "</svg>", ""])


def percent(share):
    return f"{100 * share.part / share.whole:.1f}%" if share.whole else "–"


def main():
    store_path, date, out = sys.argv[1:]
    day = datetime.date.fromisoformat(date)
    with jiceng.open(store_path, read_only=True) as store, store.snapshot() as snapshot:
        rows = streets(snapshot, day)
    for name, reported, crossed in rows:
        print(name, percent(reported), *reported, percent(crossed), *crossed, sep="\t")
    with open(out, "w", encoding="utf-8") as file:
        file.write(chart(rows, day))


if __name__ == "__main__":
    main()
