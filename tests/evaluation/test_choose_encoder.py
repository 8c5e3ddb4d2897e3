"""The table of candidates, on a few sentences."""

from evaluation.choose_encoder import main

PAY = "老板欠我{}个月工资不给"
HELLO = "你好呀，今天是{}号"


def test_every_candidate_that_is_installed_has_a_row(tmp_path, capsys):
    for intent, sentence in {"wage_arrears": PAY, "chitchat": HELLO}.items():
        lines = [f"    - {sentence.format(number)}" for number in range(1, 21)]
        head = f'version: "3.1"\nnlu:\n- intent: {intent}\n  examples: |\n'
        (tmp_path / f"{intent}.yml").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    main(["--sentences", str(tmp_path)])
    printed = capsys.readouterr().out
    assert printed.startswith("40 sentences, 2 intents")
    for candidate in ("words", "USE", "words + USE", "mean of words, USE"):
        assert f"| {candidate} | 1.000 | 1.000 | 1.000 |" in printed
