"""The diff that is shown before a takeover."""

from qcc_desktop.system.claude_settings.preview import diff

OURS = "qcc-" + "x" * 43


def test_the_diff_shows_the_change_and_no_secret() -> None:
    before = (
        '{\n  // "ANTHROPIC_API_KEY": "sk-ant-old",\n  "env": {\n'
        '    "ANTHROPIC_AUTH_TOKEN": "plainsecret",\n    "MY_PASSWORD": "hunter22",\n'
        '    "ANTHROPIC_BASE_URL": "https://me:plainsecret@host/?k=plainsecret"\n  }\n}\n'
    )
    after = before.replace('TOKEN": "plainsecret"', f'TOKEN": "{OURS}"')

    shown = diff("settings.json", before, after, ours=OURS)

    assert '-    "ANTHROPIC_AUTH_TOKEN": "***",' in shown
    assert '+    "ANTHROPIC_AUTH_TOKEN": "*** (the token of the proxy)",' in shown
    for secret in ("plainsecret", "hunter22", "sk-ant-old", OURS):
        assert secret not in shown


def test_a_placeholder_is_named() -> None:
    before = '{"env": {"ANTHROPIC_AUTH_TOKEN": "PROXY_MANAGED"}}'

    shown = diff("settings.json", before, "{}", ours=OURS)

    assert "*** (a placeholder of cc-switch)" in shown


def test_a_new_file_begins_with_nothing() -> None:
    shown = diff("settings.json", None, "{}\n", ours=OURS)

    assert shown.splitlines() == ["--- /dev/null", "+++ settings.json", "@@ -0,0 +1 @@", "+{}"]
