"""Settings, from a mapping in the place of the environment."""

from pathlib import Path

import pytest

from app.settings import Settings, SettingsError


def test_nothing_set_gives_the_folders_of_the_repository() -> None:
    """The defaults are the knowledge and the build beside the code, wherever the process was started."""
    settings = Settings.from_mapping({})
    assert settings == Settings()
    assert (settings.knowledge / "sources.yaml").is_file()
    assert settings.build == settings.knowledge.parent / "embeddings" / "build"
    assert settings.allowed_origins == ("*",)


def test_each_setting_is_read() -> None:
    """Every field has its key, under one prefix."""
    settings = Settings.from_mapping(
        {
            "REPLIQUE_KNOWLEDGE": "/data/knowledge",
            "REPLIQUE_BUILD": "/data/build",
            "REPLIQUE_MODEL": "intfloat/multilingual-e5-base",
            "REPLIQUE_THREADS": "4",
            "REPLIQUE_ALLOWED_ORIGINS": "https://a.example, https://b.example,",
        }
    )
    assert settings == Settings(
        knowledge=Path("/data/knowledge"),
        build=Path("/data/build"),
        model="intfloat/multilingual-e5-base",
        threads=4,
        allowed_origins=("https://a.example", "https://b.example"),
    )


def test_other_keys_are_somebody_elses() -> None:
    """The environment holds much that is not ours."""
    assert Settings.from_mapping({"THREADS": "many", "PATH": "/bin", "REPLIQUE_UNKNOWN": "1"}) == Settings()


def test_an_empty_model_is_the_default_one() -> None:
    """Container files set variables to nothing."""
    assert Settings.from_mapping({"REPLIQUE_MODEL": ""}).model is None


@pytest.mark.parametrize("value", ["", "two", "-1", "1.5", "²", " "])
def test_a_bad_value_is_named_with_its_key(value: str) -> None:
    """The message has the key, the value and what was expected."""
    sentence = f"REPLIQUE_THREADS has the value {value!r}; a whole number, 0 or more, was expected."
    with pytest.raises(SettingsError) as caught:
        Settings.from_mapping({"REPLIQUE_THREADS": value})
    assert str(caught.value) == sentence


def test_the_environment_is_read_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """`from_environment` is `from_mapping` on the process's own variables."""
    monkeypatch.setenv("REPLIQUE_THREADS", "3")
    assert Settings.from_environment().threads == 3


def test_the_public_address_ends_without_a_slash() -> None:
    """What is put after it starts with one; without it, addresses start from the root of the site."""
    assert Settings().public_url == ""
    assert Settings.from_mapping({"REPLIQUE_PUBLIC_URL": ""}).public_url == ""
    given = {"REPLIQUE_PUBLIC_URL": "https://replique.example/"}
    assert Settings.from_mapping(given).public_url == "https://replique.example"


@pytest.mark.parametrize("value", ["replique.example", "ftp://replique.example", "https://", "https://a.example?b=c"])
def test_a_public_address_that_is_none_is_refused(value: str) -> None:
    """The message has the key, the value and what was expected."""
    with pytest.raises(SettingsError) as caught:
        Settings.from_mapping({"REPLIQUE_PUBLIC_URL": value})
    assert str(caught.value) == (
        f"REPLIQUE_PUBLIC_URL has the value {value!r}; an address such as https://replique.example was expected."
    )
