from collections.abc import Mapping
from pathlib import Path

import pytest

import knowledge
from knowledge import (
    Grade,
    InvalidKnowledgeError,
    Language,
    Nature,
    Problem,
    load_knowledge,
    read_evaluation,
)
from tests.builders import FILES, PHRASINGS, replace_in, write_knowledge


def problems_of(root: Path) -> list[str]:
    """Load a faulty folder and give its problems as people see them."""
    with pytest.raises(InvalidKnowledgeError) as caught:
        load_knowledge(root)
    return [str(problem) for problem in caught.value.problems]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a small valid knowledge folder."""
    return write_knowledge(tmp_path / "knowledge")


def test_load_gives_every_value(root: Path) -> None:
    """Loading a sound folder gives all that its files say."""
    loaded = load_knowledge(root)

    assert list(loaded.objections) == ["concurrence", "maitrise"]
    assert list(loaded.arguments) == ["gouvernance", "innovation", "partenaires"]
    assert list(loaded.sources) == ["nagle-2018", "atelier-2019"]
    assert loaded.objections["maitrise"].nature is Nature.MISCONCEPTION
    assert loaded.objections["maitrise"].texts[Language.FR].avoid == "Ne pas répondre qu’il suffit de forker."
    assert loaded.objections["maitrise"].texts[Language.EN].avoid == ""
    argument = loaded.arguments["innovation"]
    assert (argument.answers, argument.anticipates, argument.sources) == (("concurrence",), "maitrise", ("nagle-2018",))
    assert argument.texts[Language.EN].one_liner == "Contribute and you learn from a whole community."
    assert argument.draft is False
    assert loaded.small_talk["salutation"].replies[Language.EN] == "Hello! What is your objection?"
    assert len(loaded.phrasings) == 4


def test_body_keeps_its_own_headings(root: Path) -> None:
    """A heading of the third level belongs to the text of its field."""
    body = load_knowledge(root).arguments["innovation"].texts[Language.FR].body

    assert body == "Un premier paragraphe.\n\n### Un intertitre\n\nUn second paragraphe."


def test_default_argumentaire_is_the_marked_one(root: Path) -> None:
    """The argumentaire marked as default answers when nobody chose."""
    add_argumentaire(root, "rse", default=False)

    assert load_knowledge(root).default_argumentaire.id == "responsable-innovation"


def test_source_keeps_csl_fields_and_ours_apart(root: Path) -> None:
    """A source has its CSL fields as they stand, and our four fields beside them."""
    source = load_knowledge(root).sources["nagle-2018"]

    assert (source.grade, source.year, source.title) == (Grade.A, 2018, "Learning by Contributing")
    assert source.caveats[Language.FR] == "Un maximum, pas une moyenne."
    assert set(source.csl) == {"id", "type", "title", "author", "issued", "container-title"}
    assert source.csl["author"] == [{"family": "Nagle", "given": "Frank"}]


def test_small_talk_and_phrasings_may_be_absent(root: Path) -> None:
    """A folder without small talk and phrasings is sound."""
    (root / "small-talk" / "salutation.md").unlink()
    (root / "phrasings" / "camille.csv").unlink()
    replace_in(root / "argumentaires" / "responsable-innovation.md", "small_talk: [salutation]\n", "")

    assert load_knowledge(root).phrasings == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            "argumentaires/responsable-innovation.md",
            "[concurrence, maitrise]",
            "[concurrence, maitrise, concurence]",
            '2: "concurence" in "objections" is unknown; did you mean "concurrence"?',
        ),
        (
            "argumentaires/responsable-innovation.md",
            "gouvernance, partenaires]",
            "gouvernance, partenaires, xyz]",
            '3: "xyz" in "arguments" is unknown.',
        ),
        ("argumentaires/responsable-innovation.md", "[salutation]", "[xyz]", '4: "xyz" in "small_talk" is unknown.'),
        (
            "argumentaires/responsable-innovation.md",
            "[atelier-2019]",
            "[xyz]",
            '5: "xyz" in "sources" is unknown.',
        ),
        ("arguments/innovation.md", "answers: [concurrence]", "answers: [xyz]", '2: "xyz" in "answers" is unknown.'),
        ("arguments/innovation.md", "anticipates: maitrise", "anticipates: x", '3: "x" in "anticipates" is unknown.'),
        (
            "arguments/gouvernance.md",
            "sources: [nagle-2018, atelier-2019]",
            "sources:\n  - nagle-2018\n  - xyz",
            '5: "xyz" in "sources" is unknown.',
        ),
    ],
)
def test_unknown_id_is_reported_where_it_stands(root: Path, file: str, old: str, new: str, expected: str) -> None:
    """An id that no file has is a problem on the line that names it, with the likely spelling."""
    replace_in(root / file, old, new)

    assert problems_of(root) == [f"knowledge/{file}:{expected}"]


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            "arguments/innovation.md",
            "sources: [nagle-2018]\n",
            "",
            '1: "sources" is missing or empty: an argument cites at least one source.',
        ),
        (
            "arguments/innovation.md",
            "sources: [nagle-2018]",
            "sources: []",
            '4: "sources" is missing or empty: an argument cites at least one source.',
        ),
        (
            "arguments/innovation.md",
            "answers: [concurrence]\n",
            "",
            '1: "answers" is missing or empty: an argument answers at least one objection.',
        ),
        (
            "arguments/innovation.md",
            "answers: [concurrence]",
            "answers: [concurrence, concurrence]",
            '2: "concurrence" stands twice in "answers".',
        ),
        (
            "arguments/innovation.md",
            "answers: [concurrence]",
            "answers: concurrence",
            '2: "answers" must be a list of ids, such as [one, two].',
        ),
        (
            "arguments/innovation.md",
            "answers: [concurrence]",
            "answers: [concurrence, La Maîtrise]",
            '2: "La Maîtrise" in "answers" is not an id: ids are lowercase words joined by hyphens.',
        ),
        (
            "arguments/innovation.md",
            "anticipates: maitrise",
            "anticipates: [maitrise]",
            '3: "anticipates" must be one id: ids are lowercase words joined by hyphens.',
        ),
        (
            "arguments/innovation.md",
            "anticipates: maitrise",
            "status: done",
            '3: "status" is "done": expected draft.',
        ),
        (
            "arguments/innovation.md",
            "anticipates: maitrise",
            "origin: ''",
            '3: "origin" must be a text; remove the line if there is none.',
        ),
        (
            "objections/maitrise.md",
            "misconception",
            "doubt",
            '2: "nature" is "doubt": expected legitimate-concern or misconception or confusion-of-terms.',
        ),
        (
            "objections/maitrise.md",
            "---\nnature: misconception\n---\n",
            "",
            '1: The header key "nature" is missing: expected legitimate-concern or misconception'
            " or confusion-of-terms.",
        ),
        (
            "argumentaires/responsable-innovation.md",
            "default: true",
            "default: true\ndefault: true",
            '7: The key "default" stands here twice.',
        ),
        ("sources.yaml", "atelier-2019", "nagle-2018", '14: The source "nagle-2018" stands here twice'),
    ],
)
def test_bad_value_is_reported_where_it_stands(root: Path, file: str, old: str, new: str, expected: str) -> None:
    """A value that is missing, repeated or of the wrong kind is a problem with its line."""
    replace_in(root / file, old, new)

    assert any(problem.startswith(f"knowledge/{file}:{expected}") for problem in problems_of(root))


def test_flag_must_be_true_or_false(root: Path) -> None:
    """The word "yes" is no flag, and an argumentaire that has it is not the default one."""
    replace_in(root / "argumentaires/responsable-innovation.md", "default: true", "default: yes")

    assert problems_of(root) == [
        "knowledge/argumentaires:1: No argumentaire is the default one; "
        "write `default: true` in the header of one of them.",
        'knowledge/argumentaires/responsable-innovation.md:6: "default" must be true or false.',
    ]


def test_several_default_argumentaires_are_reported(root: Path) -> None:
    """Each default argumentaire after the first is a problem."""
    add_argumentaire(root, "zone-industrielle", default=True)

    assert problems_of(root) == [
        "knowledge/argumentaires/zone-industrielle.md:6: "
        '"responsable-innovation" is the default argumentaire already; only one can be.'
    ]


def test_argument_in_no_argumentaire_is_reported(root: Path) -> None:
    """An argument that no argumentaire holds would never be said."""
    replace_in(root / "argumentaires/responsable-innovation.md", ", partenaires]", "]")

    assert problems_of(root) == [
        'knowledge/arguments/partenaires.md:1: The argument "partenaires" is in no argumentaire.'
    ]


def test_objection_in_no_argumentaire_is_reported(root: Path) -> None:
    """An objection that no argumentaire holds would never be recognised."""
    replace_in(root / "argumentaires/responsable-innovation.md", "[concurrence, maitrise]", "[concurrence]")

    assert problems_of(root) == ['knowledge/objections/maitrise.md:1: The objection "maitrise" is in no argumentaire.']


def test_orphan_source_is_reported(root: Path) -> None:
    """A source that nothing cites is a problem on the line of its entry."""
    replace_in(root / "arguments/innovation.md", "nagle-2018", "atelier-2019")
    replace_in(root / "arguments/gouvernance.md", "nagle-2018, ", "")

    assert problems_of(root) == [
        'knowledge/sources.yaml:1: The source "nagle-2018" is cited by no argument and no argumentaire.'
    ]


def test_source_cited_by_an_argumentaire_alone_is_no_orphan(root: Path) -> None:
    """An argumentaire may be the only one to cite a source."""
    replace_in(root / "arguments/gouvernance.md", ", atelier-2019", "")
    replace_in(root / "arguments/partenaires.md", "atelier-2019", "nagle-2018")

    assert "atelier-2019" in load_knowledge(root).sources


def test_id_shared_by_objection_and_small_talk_is_reported(root: Path) -> None:
    """Phrasings name both by bare ids, so that the two kinds cannot share one."""
    (root / "small-talk" / "maitrise.md").write_text(FILES["small-talk/salutation.md"], encoding="utf-8")

    assert problems_of(root) == [
        'knowledge/small-talk/maitrise.md:1: "maitrise" is the id of an objection as well; rename one.'
    ]


def test_background_label_is_no_id(root: Path) -> None:
    """The label of what is nobody's objection cannot be the id of a text."""
    (root / "small-talk" / "hors-sujet.md").write_text(FILES["small-talk/salutation.md"], encoding="utf-8")

    assert problems_of(root) == [
        'knowledge/small-talk/hors-sujet.md:1: The id "hors-sujet" is kept for phrasings; choose another.'
    ]


@pytest.mark.parametrize("name", ["Innovation", "deux mots", "a_b", "é", "-a", "a--b", "2019"])
def test_file_name_must_be_an_id(root: Path, name: str) -> None:
    """A file name that is not lowercase words joined by hyphens is a problem."""
    (root / "arguments" / f"{name}.md").write_text(FILES["arguments/innovation.md"], encoding="utf-8")

    expected = f'knowledge/arguments/{name}.md:1: The file name gives the id "{name}":'
    assert any(problem.startswith(expected) for problem in problems_of(root))


def test_file_that_nothing_reads_is_reported(root: Path) -> None:
    """A text under a wrong ending is reported rather than left out in silence."""
    (root / "arguments" / "nouveau.txt").write_text("…", encoding="utf-8")

    assert problems_of(root) == [
        "knowledge/arguments/nouveau.txt:1: Nothing reads this file: the name of a text here ends in .md."
    ]


def test_hidden_files_and_readme_are_left_alone(root: Path) -> None:
    """A folder may hold a README and the files that systems hide."""
    (root / "arguments" / ".DS_Store").write_bytes(b"\xff")
    (root / "arguments" / "README.md").write_text("For editors.", encoding="utf-8")

    assert len(load_knowledge(root).arguments) == 3


def test_missing_places_are_reported(tmp_path: Path) -> None:
    """An empty folder gives a problem for each place that must be there."""
    (tmp_path / "knowledge").mkdir()

    assert problems_of(tmp_path / "knowledge") == [
        "knowledge/argumentaires:1: This folder is missing: each file in it is an argumentaire.",
        "knowledge/arguments:1: This folder is missing: each file in it is an argument.",
        "knowledge/objections:1: This folder is missing: each file in it is an objection.",
        "knowledge/sources.yaml:1: This file is missing: it holds the sources.",
    ]


def test_missing_root_is_one_problem(tmp_path: Path) -> None:
    """A folder that does not exist is one plain problem."""
    assert problems_of(tmp_path / "nowhere") == ["nowhere:1: There is no such folder."]


def test_file_in_place_of_a_folder_is_a_problem(root: Path) -> None:
    """A file that stands where a folder must be is a problem, not a traceback."""
    (root / "small-talk" / "salutation.md").unlink()
    (root / "small-talk").rmdir()
    (root / "small-talk").write_text("", encoding="utf-8")

    assert "knowledge/small-talk:1: This folder cannot be read: Not a directory." in problems_of(root)


def test_folder_in_place_of_a_file_is_a_problem(root: Path) -> None:
    """A folder whose name ends in .md is a problem, not a traceback."""
    (root / "arguments" / "dossier.md").mkdir()

    assert "knowledge/arguments/dossier.md:1: This cannot be read: Is a directory." in problems_of(root)


def test_all_problems_come_at_once_in_order(root: Path) -> None:
    """One run gives every problem, by file and line, those across files included."""
    replace_in(root / "arguments/innovation.md", "anticipates: maitrise", "anticipates: xyz")
    replace_in(root / "arguments/innovation.md", "## Résumé", "## Sommaire")
    replace_in(root / "objections/concurrence.md", "Partager, ce serait donner son avance.", "")
    replace_in(root / "sources.yaml", "grade: D", "grade: E")
    replace_in(root / "phrasings/camille.csv", "slt,fr", "slt,de")

    found = problems_of(root)

    assert [problem.split(": ")[0] for problem in found] == [
        "knowledge/arguments/innovation.md:3",
        "knowledge/arguments/innovation.md:7",
        "knowledge/arguments/innovation.md:17",
        "knowledge/objections/concurrence.md:15",
        "knowledge/phrasings/camille.csv:4",
        "knowledge/sources.yaml:19",
    ]


def test_unreadable_header_brings_no_further_problems(root: Path) -> None:
    """What a broken header names is unknown, so that nothing is called unused because of it."""
    replace_in(root / "argumentaires/responsable-innovation.md", "[concurrence, maitrise]", "[concurrence, maitrise")

    found = problems_of(root)

    assert len(found) == 1
    assert found[0].startswith("knowledge/argumentaires/responsable-innovation.md:2: The YAML cannot be read:")


def test_unreadable_bibliography_brings_no_unknown_sources(root: Path) -> None:
    """Without a readable bibliography, the sources that texts cite are not called unknown."""
    (root / "sources.yaml").write_bytes("- id: é".encode("latin-1"))

    assert problems_of(root) == [
        "knowledge/sources.yaml:1: This is not UTF-8 text (byte 0xE9); save the file as UTF-8."
    ]


def test_error_says_how_many_and_which() -> None:
    """The message of the error holds the count and each problem."""
    error = InvalidKnowledgeError((Problem(Path("a.md"), 3, "Mend this."),))

    assert str(error) == "The knowledge has 1 problem:\n  a.md:3: Mend this."


def version_with(root: Path, changes: Mapping[str, bytes]) -> str:
    """Change files of the folder and give the version that it then has."""
    for name, content in changes.items():
        (root / name).write_bytes(content)
    return load_knowledge(root).version


def test_version_does_not_depend_on_line_ends(root: Path) -> None:
    """The same texts with Windows line ends and a byte order mark have the same version."""
    before = load_knowledge(root).version
    windows = {name: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() for name, text in FILES.items()}

    assert version_with(root, windows) == before
    assert len(before) == 12
    assert set(before) <= set("0123456789abcdef")


@pytest.mark.parametrize("name", list(FILES))
def test_version_depends_on_every_file_served(root: Path, name: str) -> None:
    """A change to any file that is served changes the version."""
    before = load_knowledge(root).version
    changed = f"{FILES[name]}\n"

    assert version_with(root, {name: changed.encode()}) != before


def test_version_leaves_out_what_is_not_served(root: Path) -> None:
    """The dev set and notes for editors do not change the version."""
    before = load_knowledge(root).version
    (root / "evaluation").mkdir()

    assert version_with(root, {"evaluation/dev.csv": PHRASINGS.encode(), "README.md": b"notes"}) == before


def test_evaluation_is_read_apart(root: Path) -> None:
    """The dev set is no part of the knowledge and is read on request."""
    (root / "evaluation").mkdir()
    (root / "evaluation" / "dev.csv").write_text(PHRASINGS, encoding="utf-8")
    loaded = load_knowledge(root)

    assert {phrasing.collection for phrasing in loaded.phrasings} == {"camille"}
    assert {phrasing.collection for phrasing in read_evaluation(root, loaded)} == {"dev"}


def test_evaluation_problems_are_raised(root: Path) -> None:
    """A fault in the dev set is a problem under its own name."""
    loaded = load_knowledge(root)
    (root / "evaluation").mkdir()
    (root / "evaluation" / "dev.csv").write_text(PHRASINGS.replace("slt,fr", "slt,de"), encoding="utf-8")

    with pytest.raises(InvalidKnowledgeError, match=r"knowledge/evaluation/dev\.csv:4: The language is"):
        read_evaluation(root, loaded)


def test_public_surface_is_what_the_package_names() -> None:
    """Every name that the package promises is there."""
    assert all(hasattr(knowledge, name) for name in knowledge.__all__)
    assert list(knowledge.__all__) == sorted(knowledge.__all__)


def add_argumentaire(root: Path, name: str, default: bool) -> None:
    """Add an argumentaire that holds what the first one holds."""
    text = FILES["argumentaires/responsable-innovation.md"]
    text = text if default else text.replace("default: true\n", "")
    (root / "argumentaires" / f"{name}.md").write_text(text, encoding="utf-8")
