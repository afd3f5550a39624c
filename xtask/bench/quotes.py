"""Asks textacy who is quoted, and scores it as `cargo xtask reading attribution` scores our own reader.

textacy (Apache-2.0) finds direct quotations on a parse by spaCy. Trained English models of spaCy are not on PyPI; so the
words, tags, lemmas and trees are ours (`cargo xtask reading attribution --export FILE`), in a spaCy document: what is
compared is the finding of quotations and speakers, on the same parse. textacy refuses a text with an odd number of
marks; it is asked paragraph by paragraph, so that one stray mark costs one paragraph, and once for whole articles.

    pip install textacy==0.13.0
    cargo xtask reading attribution --export /tmp/articles.jsonl
    python xtask/bench/quotes.py /tmp/articles.jsonl
"""

import json
import sys

import spacy
import textacy
from spacy.tokens import Doc
from textacy.extract import direct_quotations

NLP = spacy.blank("en")


def shared(a, b):
    return sum(max(0, min(x[1], y[1]) - max(x[0], y[0])) for x in a for y in b)


def within(spans, quoted):
    cut = [(max(a[0], b[0]), min(a[1], b[1])) for a in spans for b in quoted]
    return [span for span in cut if span[0] < span[1]]


def is_spoken(one, others, quoted):
    """Whether a report with an overlapping source holds at least half of the quoted bytes."""
    words = within(one["content"], quoted)
    n_bytes = sum(end - start for start, end in words)
    if n_bytes == 0:
        return None
    held = [shared(other["content"], words) for other in others if shared(other["source"], one["source"]) > 0]
    return 2 * max(held, default=0) >= n_bytes


def found(article, ranges):
    data = article["text"].encode()
    reports, n_refused = [], 0
    for start, end in ranges:
        at = [ix for ix, token in enumerate(article["tokens"]) if start <= token[0] and token[1] <= end]
        if not at:
            continue
        tokens, first = [article["tokens"][ix] for ix in at], at[0]
        doc = Doc(
            NLP.vocab,
            words=[data[token[0] : token[1]].decode() for token in tokens],
            pos=[token[2] for token in tokens],
            lemmas=[token[3] for token in tokens],
            heads=[token[4] - first for token in tokens],
            deps=["ROOT" if token[5] == "root" else token[5] for token in tokens],
            sent_starts=[token[6] for token in tokens],
        )
        try:
            for triple in direct_quotations(doc):
                place = lambda words: (tokens[words[0].i][0], tokens[words[-1].i][1])
                reports.append({"source": [place(triple.speaker)], "content": [place(triple.content)]})
        except ValueError:
            n_refused += 1
    return reports, n_refused


def score(articles, whole):
    right, n_marked, exact, n_found, n_refused = 0, 0, 0, 0, 0
    for article in articles:
        ranges = [[article["blocks"][0][0], article["blocks"][-1][1]]] if whole else article["blocks"]
        reports, refused = found(article, ranges)
        n_refused += refused
        answers = [is_spoken(one, reports, article["quoted"]) for one in article["marked"]]
        right += sum(answer is True for answer in answers)
        n_marked += sum(answer is not None for answer in answers)
        answers = [is_spoken(one, article["marked"], article["quoted"]) for one in reports]
        exact += sum(answer is True for answer in answers)
        n_found += sum(answer is not None for answer in answers)
    recall, precision = right / max(1, n_marked), exact / max(1, n_found)
    return f"recall {recall:.4f} ({right}/{n_marked})  precision {precision:.4f} ({exact}/{n_found})  refused {n_refused}"


def main():
    articles = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
    print(f"textacy {textacy.__version__}, spaCy {spacy.__version__}, parse by servanda-language")
    for name, part in [
        ("development", [article for article in articles if article["is_for_development"]]),
        ("other half", [article for article in articles if not article["is_for_development"]]),
    ]:
        print(f"{name:<12} by paragraph   {score(part, False)}")
        print(f"{name:<12} whole article  {score(part, True)}")


main()
