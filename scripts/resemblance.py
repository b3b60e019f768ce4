"""Resemblance: arguments that say nearly the same, by the cosine of their TF-IDF vectors."""

from collections.abc import Iterator, Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from knowledge.findings import Finding
from knowledge.shelf import Located
from knowledge.values import Argument, Language

# When this was chosen, the two nearest arguments (two rules of one law) had 0.67, the next pair 0.50; a copy in which
# every fourth word is another has 0.8.
NEARLY_THE_SAME = 0.72

_WORDS = r"\w+|\S+"  # what has no letter counts too, so that no text is without words


def find_resemblances(arguments: Sequence[Located[Argument]]) -> Iterator[Finding]:
    """Give each argument that says nearly what one before it says, in either language."""
    for language in Language:
        told = [argument for argument in arguments if language in argument.document.parts]
        if len(told) < 2:
            continue
        vectors = TfidfVectorizer(sublinear_tf=True, token_pattern=_WORDS).fit_transform(
            [_text(argument, language) for argument in told]
        )
        cosines = np.tril((vectors @ vectors.T).toarray(), k=-1)
        for later, earlier in np.argwhere(cosines >= NEARLY_THE_SAME):
            yield _finding(told[later], told[earlier], language, cosines[later, earlier])


def _text(argument: Located[Argument], language: Language) -> str:
    return "\n".join(field.text for field in argument.document.parts[language].fields.values())


def _finding(later: Located[Argument], earlier: Located[Argument], language: Language, cosine: float) -> Finding:
    document = later.document
    message = f'This argument says nearly the same as "{earlier.value.id}" (cosine {cosine:.2f}): merge them, or tell'
    line = document.parts[language].fields["title"].line
    notice = later.value.draft or earlier.value.draft
    return Finding(document.path, line, f"{message} what is different.", notice)
