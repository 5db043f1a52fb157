"""What a user of Python would read reports with: spaCy's PhraseMatcher for the phrases of the lexicon, scikit-learn's
TF-IDF and logistic regression for the activities. Learns from coded paragraphs, then reads files one by one; prints the
seconds of reading alone.

usage: reader_sklearn.py CODED_PARAGRAPHS LEXICON_FOLDER FILE...
"""

import csv
import json
import sys
import time
from pathlib import Path

import spacy
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.preprocessing import MultiLabelBinarizer
from spacy.matcher import PhraseMatcher


def phrases(folder):
    """English phrases; endings that are left open are left out, parts of a sentence are phrases of their own."""
    for path in sorted(Path(folder).glob("*.csv")):
        with open(path, newline="") as file:
            for row in csv.DictReader(file):
                if row["language"] in ("en", "mul"):
                    for part in row["phrase"].replace("*", "").split(" & "):
                        if part.strip():
                            yield path.stem, part.strip()


def main():
    coded, lexicon, *files = sys.argv[1:]
    lines = [json.loads(line) for line in open(coded)]
    vectors = TfidfVectorizer(ngram_range=(1, 2), min_df=3, sublinear_tf=True)
    labels = MultiLabelBinarizer()
    codes = labels.fit_transform([list(line["codes"]) + [e for es in line["codes"].values() for e in es] for line in lines])
    classifier = OneVsRestClassifier(LogisticRegression(class_weight="balanced", solver="liblinear"))
    classifier.fit(vectors.fit_transform(line["text"] for line in lines), codes)
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.max_length = 10_000_000
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    for name, phrase in set(phrases(lexicon)):
        matcher.add(name, [nlp.make_doc(phrase)])
    texts = [open(file).read() for file in files]
    start, found = time.process_time(), 0
    for text in texts:
        paragraphs = [p for p in text.split("\n\n") if p.strip()]
        for document in nlp.pipe(paragraphs):
            found += len(matcher(document))
        found += int((classifier.predict_proba(vectors.transform(paragraphs)) >= 0.5).sum())
    print(json.dumps({"seconds": time.process_time() - start, "found": found}))


main()
