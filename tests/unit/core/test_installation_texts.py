"""Sentences about an installed Claude Code."""

from qcc_desktop.core import installation_texts


def test_every_problem_is_a_sentence_and_every_name_is_none() -> None:
    texts = {
        name: text
        for name, text in vars(installation_texts).items()
        if name.isupper() and isinstance(text, str)
    }
    names = {"ANTHROPIC", "OWN_FOLDER", "SYSTEM", "APP", "UNKNOWN"}

    ends_as_sentence = {name for name, text in texts.items() if text.endswith(".")}

    assert names <= set(texts)
    assert ends_as_sentence == set(texts) - names
    assert len(set(texts.values())) == len(texts)
