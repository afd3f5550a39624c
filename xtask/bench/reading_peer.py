"""The peer of `cargo xtask bench reading`: spaCy over the same texts, one process.

    python3 -m venv V && V/bin/pip install spacy && V/bin/python xtask/bench/reading_peer.py ../shared/data

Takes the trained English pipeline where one is installed (`en_core_web_sm` is not on PyPI); else the blank one, which only cuts tokens
and sentences: no tags, no tree, no names, no quotes, no events. CPU seconds of the process, peak memory beyond the model.
"""

import csv
import glob
import re
import resource
import sys
import time

import spacy

FRONT = re.compile(r"\A---\n.*?\n---\n", re.S)


def texts(data):
    for path in sorted(glob.glob(f"{data}/whitehouse/*.md")):
        if not path.endswith("LICENSE.md"):
            yield FRONT.sub("", open(path, encoding="utf-8").read())
    csv.field_size_limit(1 << 24)
    for path in sorted(glob.glob(f"{data}/wikinews/*.csv")):
        for row in csv.DictReader(open(path, encoding="utf-8", newline="")):
            yield row["title"] + "\n\n" + row["text"]


def pipeline():
    try:
        return spacy.load("en_core_web_sm"), "en_core_web_sm"
    except OSError:
        nlp = spacy.blank("en")
        nlp.add_pipe("sentencizer")
        return nlp, 'blank("en") with sentencizer (tokens and sentences alone)'


def main():
    nlp, name = pipeline()
    nlp.max_length = 10_000_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started, n_texts, n_tokens, n_sentences = time.process_time(), 0, 0, 0
    for text in texts(sys.argv[1]):
        doc = nlp(text)
        n_texts += 1
        n_tokens += len(doc)
        n_sentences += sum(1 for _ in doc.sents)
    seconds = time.process_time() - started
    peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"spaCy {spacy.__version__}, {name}: {n_texts} texts, {n_tokens} tokens, {n_sentences} sentences in {seconds:.2f} s CPU:")
    print(f"{n_texts / seconds:.0f} texts/s, {n_tokens / seconds:.0f} tokens/s; peak {peak:.0f} MB beyond the model")


main()
