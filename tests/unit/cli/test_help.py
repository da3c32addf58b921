from __future__ import annotations

import string

import pytest

from pipeline.cli.entry import command_tree
from pipeline.cli.helptexts import command_help, param_help, walk
from pipeline.errors import REASONS
from pipeline.resources import load_toml

TREE = list(walk(command_tree()))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("name", "node"), TREE, ids=[n or "jixiao" for n, _ in TREE])
def test_every_command_and_option_has_help(name, node, lang):
    assert command_help(name, lang)
    for param in node.params:
        assert param_help(name, str(param.name), lang)


def test_no_help_is_left_over():
    params = {name: {str(p.name) for p in node.params} for name, node in TREE}
    texts = {k: v for k, v in load_toml("help.toml").items() if k != "words"}
    assert set(texts) == set(params)
    for name, entry in texts.items():
        assert set(entry.get("params", {})) <= params[name], name


MESSAGES = load_toml("messages.toml")


@pytest.mark.parametrize("reason", sorted(REASONS))
def test_every_reason_has_a_message_without_parameters(reason):
    for lang in ("zh", "en"):
        assert MESSAGES[reason][lang].format()


def test_both_languages_of_a_message_have_the_same_parameters():
    def fields(text: str) -> set[str | None]:
        return {f for _, f, _, _ in string.Formatter().parse(text) if f is not None}

    for code, entry in MESSAGES.items():
        assert fields(entry["zh"]) == fields(entry["en"]), code
