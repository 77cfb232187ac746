"""The end of the log, also while it grows and rotates."""

from pathlib import Path

from qcc_desktop.storage.log_tail import LogFollower, last_lines


def test_the_last_lines_come_in_order(tmp_path: Path) -> None:
    file = tmp_path / "log"
    file.write_text("".join(f"line {number}\n" for number in range(100)))

    assert last_lines(file, 3) == ["line 97", "line 98", "line 99"]
    assert last_lines(file, 0) == []
    assert len(last_lines(file, 1000)) == 100


def test_of_a_huge_log_only_the_end_is_read_and_no_part_of_a_line(tmp_path: Path) -> None:
    file = tmp_path / "log"
    file.write_text("".join(f"{number:09d} {'x' * 90}\n" for number in range(20_000)))

    lines = last_lines(file, 100_000)

    assert len(lines) < 12_000
    assert all(len(line) == 100 for line in lines)
    assert lines[-1].startswith("000019999")


def test_without_a_log_there_are_no_lines(tmp_path: Path) -> None:
    assert last_lines(tmp_path / "none", 5) == []
    assert LogFollower(tmp_path / "none").new_lines() == []


def test_following_gives_whole_new_lines_only(tmp_path: Path) -> None:
    file = tmp_path / "log"
    file.write_text("old\n")
    follower = LogFollower(file)

    with file.open("a") as log:
        log.write("one\ntw")
        log.flush()
        assert follower.new_lines() == ["one"]
        log.write("o\n")
    assert follower.new_lines() == ["two"]
    assert follower.new_lines() == []


def test_following_goes_on_in_the_new_file_after_a_rotation(tmp_path: Path) -> None:
    file = tmp_path / "log"
    file.write_text("old\n" * 50)
    follower = LogFollower(file)

    file.rename(tmp_path / "log.1")
    file.write_text("new\n")

    assert follower.new_lines() == ["new"]


def test_a_log_that_appears_later_is_followed_from_its_beginning(tmp_path: Path) -> None:
    follower = LogFollower(tmp_path / "log")

    (tmp_path / "log").write_text("first\n")

    assert follower.new_lines() == ["first"]
