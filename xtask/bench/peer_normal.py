"""Dates and numbers of two peers on the same half of the recogniser specifications as `cargo xtask reading normal`.

    pip install dateparser ; npm install compromise compromise-dates   (in own folders)
    python xtask/bench/peer_normal.py SPECIFICATIONS [FOLDER_WITH_NODE_MODULES]

Only what both can answer is asked: results of type `date` (the day; either direction counts) for dateparser and compromise,
integers and decimals for compromise. Right: the words but for articles and prepositions at the edges, and the value.
"""
import datetime, json, pathlib, re, subprocess, sys

EDGES = {"the", "a", "an", "on", "in", "at", "from", "for", "of", "'s", "year", ""}


def unseen(text):
    h = 0xCBF29CE484222325
    for byte in text.encode():
        h = ((h ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return (h >> 17) & 1 == 1


def core(text):
    words = [w.strip(".,'’") for w in text.lower().split()]
    while len(words) > 1 and words[0] in EDGES:
        words.pop(0)
    while len(words) > 1 and words[-1] in EDGES:
        words.pop()
    return " ".join(words)


def items(folder, model):
    for item in json.loads(pathlib.Path(folder, model + ".json").read_text(encoding="utf-8-sig")):
        if unseen(item["Input"]):
            yield item


def dates(folder):
    for item in items(folder, "DateTimeModel"):
        results = [r for r in item["Results"] if r.get("TypeName") == "datetimeV2.date"]
        others = len(item["Results"]) - len(results)
        day = (item.get("Context") or {}).get("ReferenceDateTime", "")[:10]
        if day and not others:
            yield item["Input"], day, [(core(r["Text"]), {v.get("value") for v in r["Resolution"]["values"]}) for r in results]


def report(name, rows):
    right = expected = found = 0
    for wanted, got in rows:
        expected += len(wanted)
        found += len(got)
        for text, values in wanted:
            right += any(g == text and v in values for g, v in got)
    recall, precision = right / max(expected, 1), right / max(found, 1)
    f1 = 2 * recall * precision / (recall + precision) if right else 0
    print(f"{name:<28} expected {expected} found {found} right {right} recall {recall:.4f} precision {precision:.4f} f1 {f1:.4f}")


def dateparser_rows(folder):
    from dateparser.search import search_dates
    for text, day, wanted in dates(folder):
        base = datetime.datetime.fromisoformat(day)
        got = search_dates(text, languages=["en"], settings={"RELATIVE_BASE": base}) or []
        yield wanted, [(core(words), when.date().isoformat()) for words, when in got]


NODE = """
const nlp = require('compromise'); nlp.extend(require('compromise-dates'));
const rows = JSON.parse(require('fs').readFileSync(0));
console.log(JSON.stringify(rows.map(([text, day]) => {
  const doc = nlp(text);
  if (!day) return doc.numbers().json().map(n => [n.text, String(n.number && n.number.num)]);
  return doc.dates({ today: day }).json().map(d => [d.text, ((d.dates && d.dates.start) || '').slice(0, 10)]);
})));
"""


def compromise(rows, folder):
    run = subprocess.run(["node", "-e", NODE], input=json.dumps(rows), capture_output=True, text=True, cwd=folder)
    if run.returncode:
        sys.exit(run.stderr)
    return [[(core(text), value) for text, value in row] for row in json.loads(run.stdout)]


def main():
    folder = sys.argv[1]
    report("dateparser, days", dateparser_rows(folder))
    if len(sys.argv) < 3:
        return
    asked = list(dates(folder))
    got = compromise([(text, day) for text, day, _ in asked], sys.argv[2])
    report("compromise, days", zip([wanted for _, _, wanted in asked], got))
    numbers = [(i["Input"], [r for r in i["Results"] if r["Resolution"].get("subtype") in ("integer", "decimal")])
               for i in items(folder, "NumberModel") if all(r["Resolution"].get("subtype") in ("integer", "decimal") for r in i["Results"])]
    got = compromise([(text, "") for text, _ in numbers], sys.argv[2])
    plain = lambda v: re.sub(r"\.0$", "", f"{float(v):.6f}".rstrip("0").rstrip(".")) if re.fullmatch(r"-?[\d.]+(e[+-]?\d+)?", v, re.I) else v
    rows = [([(core(r["Text"]), {plain(r["Resolution"]["value"])}) for r in wanted], [(g, plain(v)) for g, v in found])
            for (_, wanted), found in zip(numbers, got)]
    report("compromise, whole numbers", rows)


main()
