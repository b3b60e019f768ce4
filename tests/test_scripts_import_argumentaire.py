import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import Grade, Language, load_knowledge
from scripts.import_argumentaire import main
from tests.builders import SOURCES, replace_in, write_knowledge

SEED = Path(__file__).parent / "data" / "argumentaire-responsable-innovation.md"

PAGE = """\
# Pour une directrice

Cible : Une directrice.

Objections :

* Trop loin ;
* Trop cher ;

Arguments :

* Contribuer permet de :
  * Apprendre de tous ;
* Cela se fait déjà ;

{% hint style="info" %}
Source : Atelier 5, 2019
{% endhint %}
"""


def snapshot(root: Path) -> dict[str, bytes]:
    """Give the content of every file under a folder."""
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Name a knowledge folder that is not there yet."""
    return tmp_path / "knowledge"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Write the small page."""
    path = tmp_path / "argumentaire-directrice.md"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.fixture
def imported(root: Path, page: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Give a knowledge folder into which the small page was imported."""
    assert main([str(page), "--root", str(root)]) == 0
    capsys.readouterr()
    return root


def run(capsys: pytest.CaptureFixture[str], page: Path, root: Path, *options: str) -> tuple[int, list[str]]:
    """Run the import; give its exit status and the lines that it said."""
    status = main([str(page), "--root", str(root), *options])
    captured = capsys.readouterr()
    return status, (captured.out + captured.err).splitlines()


def test_seed_page_gives_a_sound_knowledge(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The seed page, imported into nothing, gives 5 objections, 14 arguments and a source that load at once."""
    status, lines = run(capsys, SEED, root)
    knowledge = load_knowledge(root)

    assert (status, lines[-1]) == (0, "Done: 21 created.")
    argumentaire = knowledge.default_argumentaire
    assert argumentaire.id == "responsable-innovation"
    assert argumentaire.origin == SEED.name
    assert (len(argumentaire.objections), len(argumentaire.arguments)) == (5, 14)
    assert argumentaire.texts[Language.FR].audience.startswith("Décisionnaire, directeur.ice")
    source = knowledge.sources["atelier-5-disseminer-communs-lab-2019"]
    assert (source.title, source.year, source.grade, source.checked) == (
        'Atelier #5 "Disséminer les communs", Lab SoNum x Inno³, 2019',
        2019,
        Grade.D,
        "seen",
    )


def test_draft_says_what_the_page_says(imported: Path) -> None:
    """A draft holds the sentence of the page, with the one it completes, and is marked as a draft."""
    knowledge = load_knowledge(imported)

    argument = knowledge.arguments["apprendre"]
    assert argument.draft
    assert argument.origin == "Apprendre de tous"
    assert argument.answers == ("trop-loin", "trop-cher")
    assert argument.sources == ("atelier-5-2019",)
    assert set(argument.texts) == {Language.FR}
    text = argument.texts[Language.FR]
    assert (text.title, text.one_liner, text.summary) == (
        "Apprendre de tous",
        "Contribuer permet de : Apprendre de tous.",
        "Contribuer permet de : Apprendre de tous.",
    )
    objection = knowledge.objections["trop-loin"]
    assert objection.draft
    assert objection.nature == "legitimate-concern"
    assert objection.texts[Language.FR].echo == "Je comprends : Trop loin."
    comment = "# The page does not say which objections this answers"
    assert comment in (imported / "arguments" / "apprendre.md").read_text(encoding="utf-8")


def test_long_sentences_are_shortened_at_a_word(root: Path, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A title has at most 70 characters and a one-liner 140; the summary keeps the whole sentence."""
    page.write_text(PAGE.replace("Cela se fait déjà", "Cela se fait déjà " + "ailleurs " * 30), encoding="utf-8")
    run(capsys, page, root)

    text = load_knowledge(root).arguments["cela-fait-ailleurs-ailleurs-ailleurs"].texts[Language.FR]

    assert len(text.title) <= 70
    assert len(text.one_liner) <= 140
    assert text.title.endswith("ailleurs…")
    assert len(text.summary.split()) == 34


def test_running_again_changes_nothing(imported: Path, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same page a second time writes nothing, and says so for each file."""
    before = snapshot(imported)

    status, lines = run(capsys, page, imported)

    assert status == 0
    assert lines[0] == "unchanged: knowledge/sources.yaml"
    assert all(line.startswith("unchanged: knowledge/") for line in lines[:-1])
    assert lines[-1] == "Nothing to do: every sentence of the page is in the knowledge."
    assert snapshot(imported) == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Cela se fait déjà ;", "Cela  se fait déjà."),
        ("* Trop loin ;", "-   Trop loin"),
        ("Trop cher ;", r"\Trop **cher**,".replace("\\T", "T")),
        ("\n", "\r\n"),
    ],
)
def test_typing_differences_change_nothing(
    imported: Path, page: Path, capsys: pytest.CaptureFixture[str], old: str, new: str
) -> None:
    """A page that differs in bullets, marks, spaces or line ends says the same thing."""
    before = snapshot(imported)
    page.write_bytes(PAGE.replace(old, new).encode())

    status, lines = run(capsys, page, imported)

    assert status == 0
    assert not [line for line in lines if line.startswith("created")]
    assert snapshot(imported) == before


def test_edited_file_is_kept(imported: Path, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A text that a person edited stays as it is; its difference is shown on request."""
    path = imported / "arguments" / "apprendre.md"
    replace_in(path, "## Titre\n\nApprendre de tous", "## Titre\n\nOn apprend en contribuant")
    before = snapshot(imported)

    _, lines = run(capsys, page, imported)
    assert "kept: knowledge/arguments/apprendre.md (edited)" in lines
    assert "-On apprend en contribuant" not in lines

    _, lines = run(capsys, page, imported, "--diff")
    assert "-On apprend en contribuant" in lines
    assert "+Apprendre de tous" in lines
    assert snapshot(imported) == before


def test_renamed_file_is_found_by_its_origin(imported: Path, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A person may give a text a better id: its origin says which sentence it is."""
    (imported / "arguments" / "apprendre.md").rename(imported / "arguments" / "savoir.md")
    replace_in(imported / "argumentaires" / "directrice.md", "apprendre", "savoir")

    _, lines = run(capsys, page, imported)

    assert "unchanged: knowledge/arguments/savoir.md" in lines
    assert not (imported / "arguments" / "apprendre.md").exists()


def test_retouched_sentence_is_shown(imported: Path, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sentence that the page now puts in other words is shown, and nothing is written for it."""
    page.write_text(PAGE.replace("Cela se fait déjà", "Cela se fait déjà ici"), encoding="utf-8")
    before = snapshot(imported)

    status, lines = run(capsys, page, imported)

    assert status == 0
    position = lines.index("kept: knowledge/arguments/cela-fait.md (the page now says it in other words)")
    assert lines[position + 1 : position + 3] == ["- origin: Cela se fait déjà", "+ origin: Cela se fait déjà ici"]
    assert lines[-1] == "Nothing was written; the lines above that start with + are for you to take over."
    assert snapshot(imported) == before


def test_new_sentence_extends_an_unedited_argumentaire(
    imported: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sentence that the page gained becomes a draft, in its place in the argumentaire."""
    page.write_text(PAGE.replace("* Trop cher", "* Illégal ;\n* Trop cher"), encoding="utf-8")

    _, lines = run(capsys, page, imported)

    assert "created: knowledge/objections/illegal.md" in lines
    assert "extended: knowledge/argumentaires/directrice.md" in lines
    assert load_knowledge(imported).argumentaires["directrice"].objections == ("trop-loin", "illegal", "trop-cher")


def test_new_sentence_is_left_to_the_person_who_edited_the_argumentaire(
    imported: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An argumentaire in a form of its own is not rewritten: the ids to add are shown."""
    path = imported / "argumentaires" / "directrice.md"
    replace_in(path, "default: true", "default: true  # la première")
    before = path.read_bytes()
    page.write_text(PAGE.replace("* Trop cher", "* Illégal ;\n* Trop cher"), encoding="utf-8")

    _, lines = run(capsys, page, imported)

    position = lines.index("kept: knowledge/argumentaires/directrice.md (edited; add these ids to its header)")
    assert lines[position + 1] == "+ objections: illegal"
    assert path.read_bytes() == before


def test_edited_words_survive_an_extension(imported: Path, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """When an argumentaire gains ids, the title that a person gave it stays."""
    replace_in(imported / "argumentaires" / "directrice.md", "Pour une directrice", "Pour vous")
    page.write_text(PAGE.replace("* Trop cher", "* Illégal ;\n* Trop cher"), encoding="utf-8")

    run(capsys, page, imported)

    assert load_knowledge(imported).argumentaires["directrice"].texts[Language.FR].title == "Pour vous"


def test_second_page_shares_what_it_says_alike(imported: Path, tmp_path: Path) -> None:
    """Another page reuses the texts of the sentences they share, and is not the default one."""
    other = tmp_path / "argumentaire-rse.md"
    other.write_text(PAGE.replace("Trop loin", "Trop long").replace("Atelier 5, 2019", "Autre atelier"), "utf-8")

    assert main([str(other), "--root", str(imported)]) == 0
    knowledge = load_knowledge(imported)

    assert knowledge.argumentaires["rse"].objections == ("trop-long", "trop-cher")
    assert knowledge.argumentaires["rse"].arguments == ("apprendre", "cela-fait")
    assert knowledge.default_argumentaire.id == "directrice"
    assert list(knowledge.sources) == ["atelier-5-2019", "autre-atelier"]


def test_import_into_a_knowledge_that_is_there(root: Path, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page added to a sound knowledge leaves it sound, touches no text and ends the bibliography."""
    write_knowledge(root)
    before = snapshot(root)

    run(capsys, page, root)
    knowledge = load_knowledge(root)

    after = snapshot(root)
    assert all(after[name] == content for name, content in before.items() if name != "sources.yaml")
    assert after["sources.yaml"].decode().startswith(SOURCES)
    assert list(knowledge.sources) == ["nagle-2018", "atelier-2019", "atelier-5-2019"]
    assert knowledge.argumentaires["directrice"].small_talk == ("salutation",)
    assert knowledge.default_argumentaire.id == "responsable-innovation"


def test_argumentaire_keeps_the_better_title_of_its_source(
    imported: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A source of the argumentaire that a person retitled is not made a second time."""
    replace_in(imported / "sources.yaml", "title: Atelier 5, 2019", "title: Disséminer les communs")

    _, lines = run(capsys, page, imported)

    assert "unchanged: knowledge/sources.yaml" in lines


@pytest.mark.parametrize("origin", ["https://example.org/pages/argumentaire-directrice.md", "Pour une directrice."])
def test_argumentaire_is_found_by_its_origin(
    imported: Path, page: Path, capsys: pytest.CaptureFixture[str], origin: str
) -> None:
    """An argumentaire that a person renamed is found by the page, or the title, that it came from."""
    path = imported / "argumentaires" / "directrice.md"
    replace_in(path, "argumentaire-directrice.md", origin)
    path.rename(imported / "argumentaires" / "direction.md")

    _, lines = run(capsys, page, imported)

    assert "unchanged: knowledge/argumentaires/direction.md" in lines
    assert not path.exists()


def test_several_hints_give_several_sources(root: Path, page: Path) -> None:
    """Each source of the page becomes an entry, and each draft cites them all."""
    page.write_text(f"{PAGE}\n{{% hint %}}\nSource : [Note](https://example.org)\n{{% endhint %}}\n", encoding="utf-8")

    main([str(page), "--root", str(root)])
    knowledge = load_knowledge(root)

    assert knowledge.arguments["cela-fait"].sources == ("atelier-5-2019", "note")
    assert knowledge.sources["note"].csl["URL"] == "https://example.org"


def test_page_without_hint_is_its_own_source(root: Path, page: Path) -> None:
    """A page that names no source is cited itself."""
    page.write_text(PAGE.split("{%")[0], encoding="utf-8")

    main([str(page), "--root", str(root)])

    assert load_knowledge(root).sources["directrice"].title == "Pour une directrice"


def test_id_option_names_the_argumentaire(root: Path, page: Path) -> None:
    """The id asked for is the id given, and one that is no id is refused."""
    assert main([str(page), "--root", str(root), "--id", "direction"]) == 0
    assert list(load_knowledge(root).argumentaires) == ["direction"]

    with pytest.raises(SystemExit) as caught:
        main([str(page), "--root", str(root), "--id", "La Direction"])
    assert caught.value.code == 2


def test_dry_run_writes_nothing(root: Path, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A dry run says what would be done and leaves no trace."""
    status, lines = run(capsys, page, root, "--dry-run")

    assert status == 0
    assert "created: knowledge/arguments/cela-fait.md" in lines
    assert lines[-1] == "A dry run, nothing was written: 6 created."
    assert not root.exists()


def test_repeated_sentence_is_taken_once(root: Path, page: Path) -> None:
    """A sentence that stands twice on the page becomes one argument."""
    page.write_text(PAGE.replace("* Cela se fait déjà ;", "* Cela se fait déjà ;\n* Cela se fait déjà."), "utf-8")

    main([str(page), "--root", str(root)])

    assert load_knowledge(root).argumentaires["directrice"].arguments == ("apprendre", "cela-fait")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", ":1: This page is empty."),
        (b"# T\n\n* x\n", ":1: The page has no list of objections"),
        (b"# T\n\nObjections : \xe9\n", ":3: This is not UTF-8 text"),
    ],
)
def test_unreadable_page_writes_nothing(
    root: Path, page: Path, capsys: pytest.CaptureFixture[str], content: bytes, expected: str
) -> None:
    """A page that cannot be read gives its line and the exit status 2, and nothing is written."""
    page.write_bytes(content)

    status, lines = run(capsys, page, root)

    assert status == 2
    assert lines[0].startswith(f"{page}{expected}")
    assert not root.exists()


@pytest.mark.parametrize("name", ["missing.md", "."])
def test_page_that_is_no_file_is_refused(
    tmp_path: Path, root: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """A page that is missing or a folder gives a sentence and the exit status 2."""
    status, lines = run(capsys, tmp_path / name, root)

    assert status == 2
    assert ":1: This cannot be read: " in lines[0]


def test_faulty_knowledge_is_mended_first(imported: Path, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Files that cannot be read are listed, and nothing is written on top of them."""
    (imported / "arguments" / "cela-fait.md").write_text("---\nanswers: [a\n---\n", encoding="utf-8")
    before = snapshot(imported)

    status, lines = run(capsys, page, imported)

    assert status == 1
    assert lines[0].startswith("knowledge/arguments/cela-fait.md:")
    assert lines[-1] == "Nothing was written; mend this first, then run the import again."
    assert snapshot(imported) == before


def test_bibliography_in_brackets_is_not_added_to(root: Path, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A list to which no entry can be added is a plain problem, and nothing is written."""
    write_knowledge(root)
    (root / "sources.yaml").write_text("[{id: a, type: book, title: A, grade: B, checked: seen}]", encoding="utf-8")

    status, lines = run(capsys, page, root)

    assert status == 1
    assert lines[0].startswith("knowledge/sources.yaml:1: No entry can be added at the end of this list;")
    assert not (root / "argumentaires" / "directrice.md").exists()


@pytest.mark.parametrize("text", [SOURCES.replace("\n", "\n  ").replace("- id", "  - id", 1), SOURCES.rstrip("\n")])
def test_bibliography_keeps_its_form(root: Path, page: Path, text: str) -> None:
    """Entries are added in the indentation that the list has, whether or not its last line is ended."""
    write_knowledge(root)
    (root / "sources.yaml").write_text(text.rstrip(" "), encoding="utf-8")

    assert main([str(page), "--root", str(root)]) == 0
    assert list(load_knowledge(root).sources) == ["nagle-2018", "atelier-2019", "atelier-5-2019"]


def test_windows_bibliography_keeps_its_line_ends(root: Path, page: Path) -> None:
    """A bibliography with Windows line ends is extended with Windows line ends."""
    write_knowledge(root)
    (root / "sources.yaml").write_bytes(SOURCES.replace("\n", "\r\n").encode())

    assert main([str(page), "--root", str(root)]) == 0
    content = (root / "sources.yaml").read_bytes()

    assert content.count(b"\n") == content.count(b"\r\n") > SOURCES.count("\n")


def test_interrupted_import_is_finished_by_the_next(imported: Path, page: Path) -> None:
    """When some files of an import are missing, running it again writes those and no other."""
    before = snapshot(imported)
    (imported / "argumentaires" / "directrice.md").unlink()
    (imported / "arguments" / "cela-fait.md").unlink()

    assert main([str(page), "--root", str(imported)]) == 0
    assert snapshot(imported) == before


_LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (400, 400))
from scripts.import_argumentaire import main
sys.exit(main(sys.argv[1:]))
"""


def test_failed_write_damages_nothing(root: Path, page: Path) -> None:
    """When a file cannot be written to its end, what stood there is whole and no rest is left."""
    write_knowledge(root)
    before = snapshot(root)

    done = subprocess.run(
        [sys.executable, "-B", "-c", _LIMITED, str(page), "--root", str(root)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parent.parent,
    )

    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"{root / 'sources.yaml'} could not be written: File too large.",
        "What stood there is unharmed; make room or check the rights, then run the import again.",
    ]
    assert snapshot(root) == before


def test_unwritable_folder_is_a_plain_sentence(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder in which nothing can be made gives a sentence and the exit status 1."""
    status, lines = run(capsys, page, Path("/proc/knowledge"))

    assert status == 1
    assert lines[0].startswith("/proc/knowledge/sources.yaml could not be written: ")


_SENTENCE = st.text(
    alphabet=st.one_of(st.sampled_from("#`~<>*_[]\\:;,.'\"é’« -!{}%&|"), st.characters(codec="utf-8")), max_size=60
)


@settings(deadline=None, max_examples=40)  # each example writes a folder of files
@given(data=st.lists(_SENTENCE, min_size=2, max_size=4))
def test_whatever_a_page_says_is_loaded_and_found_again(
    tmp_path_factory: pytest.TempPathFactory, data: list[str]
) -> None:
    """Any page that can be read gives a knowledge that loads, and importing it again changes nothing."""
    folder = tmp_path_factory.mktemp("import")
    page, root = folder / "page.md", folder / "knowledge"
    items = "\n".join(f"* a{number} {' '.join(text.split())}" for number, text in enumerate(data))
    page.write_text(
        f"# {data[0]} T\n\nObjections :\n\n{items}\n\nArguments :\n\n{items}\n\nSource : {data[1]} S", "utf-8"
    )
    if main([str(page), "--root", str(root)]) != 0:
        return
    load_knowledge(root)
    before = snapshot(root)

    assert main([str(page), "--root", str(root)]) == 0
    assert snapshot(root) == before
