"""Asks DuckDB and SQLite the question of the 72-hour benchmark, and prints one table beside our own engine.

"Promised, fulfilled within 72 hours unless suspended": a promise of a party at t is not met if t + 72 h is not after the
end of the data and the same party neither fulfils nor suspends in [t, t + 72 h]. The answer is the set of lines
`party,t`; sorted by bytes and hashed, so that the answers of three programs can be compared.

Each program runs in a process of its own with one thread. CPU seconds are user + system time of the question; loading
the table is apart. After the first answer one late event comes in (the promise in the file given second): asked again
whole, and narrowed by hand to the promises that the event can change, which an analyst who knows the rule would write.
"""

import argparse
import hashlib
import json
import os
import platform
import resource
import subprocess
import sys

WINDOW_MS = 72 * 3_600_000
N_NARROWED = 200

DUCKDB_WINDOW = """
SELECT DISTINCT party, time_ms FROM (
  SELECT kind, party, time_ms,
         count(*) FILTER (kind <> 'promise') OVER (
           PARTITION BY party ORDER BY time_ms RANGE BETWEEN CURRENT ROW AND {window} FOLLOWING) AS answers
  FROM events)
WHERE kind = 'promise' AND answers = 0 AND time_ms + {window} <= (SELECT max(time_ms) FROM events)
"""
DUCKDB_ASOF = """
SELECT DISTINCT p.party, p.time_ms
FROM (SELECT party, time_ms FROM events WHERE kind = 'promise') p
ASOF LEFT JOIN (SELECT party, time_ms FROM events WHERE kind <> 'promise') a
  ON p.party = a.party AND p.time_ms <= a.time_ms
WHERE (a.time_ms IS NULL OR a.time_ms > p.time_ms + {window})
  AND p.time_ms + {window} <= (SELECT max(time_ms) FROM events)
"""
# For SQLite, with indexes; for DuckDB only where few rows are asked about.
NOT_EXISTS = """
SELECT DISTINCT party, time_ms FROM events AS p
WHERE kind = 'promise' AND time_ms + {window} <= (SELECT max(time_ms) FROM events)
  AND NOT EXISTS (SELECT 1 FROM events AS a
                  WHERE a.kind <> 'promise' AND a.party = p.party AND a.time_ms BETWEEN p.time_ms AND p.time_ms + {window})
"""


def cpu_s():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def timed(work):
    start = cpu_s()
    result = work()
    return result, cpu_s() - start


def sha256_of(rows):
    lines = sorted(f"{party},{time_ms}\n".encode() for party, time_ms in rows)
    return hashlib.sha256(b"".join(lines)).hexdigest()


def late_event(path):
    with open(path) as table:
        kind, party, time_ms = table.read().splitlines()[1].split(",")
    return kind, party, int(time_ms)


def narrowed(party, late_ms):
    """The question over the promises that a late event of one party can change."""
    rows = f"party = '{party}' AND time_ms BETWEEN {late_ms - WINDOW_MS} AND {late_ms}"
    whole = NOT_EXISTS.format(window=WINDOW_MS)
    return whole.replace("WHERE kind = 'promise'", f"WHERE kind = 'promise' AND {rows}")


def measured(name, version, load, ask, insert, narrow):
    _, load_s = timed(load)
    first, first_s = timed(ask)
    insert()
    again, again_s = timed(ask)
    _, narrow_s = timed(lambda: [narrow() for _ in range(N_NARROWED)])
    return {
        "name": name,
        "version": version,
        "load_s": load_s,
        "cpu_s": first_s,
        "again_s": again_s,
        "narrowed_us": 1e6 * narrow_s / N_NARROWED,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "n_violations": len(first),
        "violations_sha256": sha256_of(first),
        "n_violations_late": len(again),
        "violations_late_sha256": sha256_of(again),
    }


def duckdb(events, late, query, name):
    import duckdb as library

    connection = library.connect(config={"threads": 1})
    kind, party, late_ms = late_event(late)
    question = query.format(window=WINDOW_MS)
    narrow = narrowed(party, late_ms)

    def ask():
        return connection.execute(question).fetchall()

    return measured(
        name,
        library.__version__,
        lambda: connection.execute(f"CREATE TABLE events AS SELECT * FROM read_csv('{events}')"),
        ask,
        lambda: connection.execute("INSERT INTO events VALUES (?, ?, ?)", [kind, party, late_ms]),
        lambda: connection.execute(narrow).fetchall(),
    )


def sqlite(events, late):
    import csv
    import sqlite3

    connection = sqlite3.connect(":memory:")
    kind, party, late_ms = late_event(late)
    question = NOT_EXISTS.format(window=WINDOW_MS)
    narrow = narrowed(party, late_ms)

    def load():
        connection.execute("CREATE TABLE events (kind TEXT, party TEXT, time_ms INTEGER)")
        with open(events, newline="") as table:
            rows = csv.reader(table)
            next(rows)
            connection.executemany("INSERT INTO events VALUES (?, ?, ?)", rows)
        connection.execute("CREATE INDEX by_answer ON events (party, time_ms) WHERE kind <> 'promise'")
        connection.execute("CREATE INDEX by_time ON events (time_ms)")
        connection.execute("CREATE INDEX by_promise ON events (party, time_ms) WHERE kind = 'promise'")
        connection.execute("ANALYZE")

    def insert():
        connection.execute("INSERT INTO events VALUES (?, ?, ?)", (kind, party, late_ms))

    def ask():
        return connection.execute(question).fetchall()

    def ask_narrowed():
        return connection.execute(narrow).fetchall()

    return measured("SQLite", sqlite3.sqlite_version, load, ask, insert, ask_narrowed)


def ours(program, events, late):
    """Our own engine: its program holds the late event back itself, by the rule that made the file of it."""
    with open(events) as table:
        next(table)
        end = max(int(line.rsplit(",", 1)[1]) for line in table)
    out = subprocess.run([program, events, str(end)], check=True, stdout=subprocess.PIPE, text=True).stdout
    said = json.loads(out)
    _, party, late_ms = late_event(late)
    if (said["late_party"], said["late_ms"]) != (party, late_ms):
        sys.exit(f"bench_72h holds back another late event than {late} has")
    return {
        "name": "Servanda",
        "load_s": said["build_cpu_s"],
        "cpu_s": said["assess_cpu_s"],
        "late_claim_us": said["late_claim_us"],
        "peak_mb": said["peak_mb"],
        "n_violations": said["n_violations"],
        "violations_sha256": said["violations_sha256"],
        "n_violations_late": said["n_violations_after"],
        "violations_late_sha256": said["violations_after_sha256"],
    }


def child(peer, events, late):
    command = [sys.executable, __file__, events, late, "--peer", peer]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def machine():
    model = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo") as info:
            model = next(line.split(":")[1].strip() for line in info if line.startswith("model name"))
    except (OSError, StopIteration):
        pass
    return f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


def shown(answer):
    def number(key, form, unit):
        return f"{answer[key]:{form}} {unit}" if key in answer else "not measured"

    late = number("again_s", ".3f", "s")
    narrow = number("narrowed_us", ".0f", "µs")
    if "late_claim_us" in answer:
        late, narrow = number("late_claim_us", ".1f", "µs"), "the same"
    cells = [
        f"{answer['name']} {answer.get('version', '')}".strip(),
        number("load_s", ".2f", "s"),
        number("cpu_s", ".3f", "s"),
        late,
        narrow,
        number("peak_mb", ".0f", "MB"),
        f"{answer['n_violations']:,}",
        f"`{answer['violations_sha256'][:12]}`",
    ]
    return "| " + " | ".join(cells) + " |"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("events")
    parser.add_argument("late")
    parser.add_argument("--ours", help="the program of this repository, called with the two files")
    parser.add_argument("--peer", help="measure only this one and print JSON")
    options = parser.parse_args()
    peers = {
        "duckdb": lambda: duckdb(options.events, options.late, DUCKDB_WINDOW, "DuckDB, range window"),
        "duckdb-asof": lambda: duckdb(options.events, options.late, DUCKDB_ASOF, "DuckDB, ASOF join"),
        "sqlite": lambda: sqlite(options.events, options.late),
    }
    if options.peer:
        print(json.dumps(peers[options.peer]()))
        return 0
    answers = [child(peer, options.events, options.late) for peer in peers]
    if options.ours:
        answers.insert(0, ours(options.ours, options.events, options.late))
    print(f"\n{machine()}\n")
    print("| program | loading | first answer, CPU | after one late event | the same, narrowed by hand | peak memory | not met | set |")
    print("|---|---|---|---|---|---|---|---|")
    for answer in answers:
        print(shown(answer))
    agree = all(
        len({answer[key] for answer in answers if key in answer}) == 1
        for key in ("violations_sha256", "violations_late_sha256")
    )
    print("\nAll programs give the same set." if agree else "\nThe programs DISAGREE.")
    return 0 if agree else 1


if __name__ == "__main__":
    sys.exit(main())
