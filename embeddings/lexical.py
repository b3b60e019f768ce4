"""The lexical channel: which words and pieces of words go with which label.

TF-IDF of character 3- to 5-grams and of words and word pairs, into a multinomial logistic regression. It hears what
the encoder blurs: names, acronyms, SMS spelling. It is fitted on the phrasings at build time and is not in git.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from embeddings.errors import MissingBuildError

if TYPE_CHECKING:
    from sklearn.feature_extraction.text import TfidfVectorizer

_INVERSE_REGULARISATION = 5.0  # dev: 5 gives 76.9 / 75.0 (imagined / real), 20 gives 76.3 / 73.7
_MIN_TEXTS = 2  # a piece seen in one text only cannot be trusted
_MAX_ITERATIONS = 500  # several times what it takes to converge
_WORDS_FILE = "lexical.json"
_WEIGHTS_FILE = "lexical.npz"


@dataclass(frozen=True, slots=True)
class LexicalClassifier:
    """A fitted classifier: its labels, the two vocabularies, and a weight for each piece and label.

    `weights` is float32 of shape (labels, pieces), `intercepts` float32 of shape (labels,).
    """

    labels: tuple[str, ...]
    vectorizers: tuple["TfidfVectorizer", ...]
    weights: npt.NDArray[np.float32]
    intercepts: npt.NDArray[np.float32]

    @classmethod
    def fit(cls, texts: Sequence[str], labels: Sequence[str]) -> "LexicalClassifier":
        """Learn from labelled texts."""
        from scipy.sparse import hstack
        from sklearn.linear_model import LogisticRegression

        vectorizers = tuple(_vectorizer(kind) for kind in ("char_wb", "word"))
        pieces = hstack([vectorizer.fit_transform(texts) for vectorizer in vectorizers]).tocsr()
        model = LogisticRegression(C=_INVERSE_REGULARISATION, max_iter=_MAX_ITERATIONS, tol=1e-3)
        model.fit(pieces, labels)
        weights, intercepts = model.coef_, model.intercept_
        if len(model.classes_) == 2:  # scikit-learn then gives one row, that of the second label against the first
            weights, intercepts = np.vstack([0 * weights, weights]), np.concatenate([0 * intercepts, intercepts])
        return cls(
            labels=tuple(str(label) for label in model.classes_),
            vectorizers=vectorizers,
            weights=weights.astype(np.float32),
            intercepts=intercepts.astype(np.float32),
        )

    def log_probabilities(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return log P(label | words of the text): float32, shape (texts, labels), each row summing to 1 in exp."""
        from scipy.sparse import hstack

        pieces = hstack([vectorizer.transform(texts) for vectorizer in self.vectorizers]).tocsr()
        scores = pieces @ self.weights.T + self.intercepts
        scores -= scores.max(axis=1, keepdims=True)
        return np.asarray(scores - np.log(np.exp(scores).sum(axis=1, keepdims=True)), dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write the classifier to `folder`, as JSON and npz: nothing that runs code when read."""
        vocabularies = [
            {term: int(row) for term, row in vectorizer.vocabulary_.items()} for vectorizer in self.vectorizers
        ]
        words = {"labels": self.labels, "vocabularies": vocabularies}
        (folder / _WORDS_FILE).write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
        frequencies = {f"idf_{number}": vectorizer.idf_ for number, vectorizer in enumerate(self.vectorizers)}
        np.savez(folder / _WEIGHTS_FILE, weights=self.weights, intercepts=self.intercepts, **frequencies)

    @classmethod
    def load(cls, folder: Path) -> "LexicalClassifier":
        """Read a classifier back.

        :raises MissingBuildError: when a file is missing or cannot be read.
        """
        try:
            words = json.loads((folder / _WORDS_FILE).read_text(encoding="utf-8"))
            with (folder / _WEIGHTS_FILE).open("rb") as file, np.load(file) as arrays:
                vectorizers = []
                for number, kind in enumerate(("char_wb", "word")):
                    vectorizer = _vectorizer(kind, vocabulary=words["vocabularies"][number])
                    vectorizer.idf_ = arrays[f"idf_{number}"]
                    vectorizers.append(vectorizer)
                return cls(tuple(words["labels"]), tuple(vectorizers), arrays["weights"], arrays["intercepts"])
        except (OSError, EOFError, BadZipFile, ValueError, TypeError, KeyError, IndexError) as error:
            raise MissingBuildError(f"The lexical channel cannot be read ({error}). Run: make build") from error


def _vectorizer(kind: str, vocabulary: dict[str, int] | None = None) -> "TfidfVectorizer":
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(
        analyzer=kind,
        ngram_range=(3, 5) if kind == "char_wb" else (1, 2),
        min_df=_MIN_TEXTS,
        sublinear_tf=True,
        strip_accents="unicode",  # people type without accents; both sides lose them
        dtype=np.float32,
        vocabulary=vocabulary,
    )
