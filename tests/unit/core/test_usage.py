"""Token counts add up."""

from qcc_desktop.core.usage import Usage


def test_usages_of_requests_add_up() -> None:
    assert Usage(1, 2, 3, 4) + Usage(10, 20, 30, 40) == Usage(11, 22, 33, 44)
    assert Usage(1, 2, 3, 4).total == 10


def test_a_later_report_of_the_same_answer_never_lowers_a_count() -> None:
    assert Usage(10, 1, 5, 0).updated(Usage(0, 7, 5, 2)) == Usage(10, 7, 5, 2)


def test_the_cache_hit_rate_is_the_share_of_the_prompt_that_was_read_from_a_cache() -> None:
    assert Usage(10, 999, 70, 20).cache_hit_rate == 0.7
    assert Usage(output_tokens=5).cache_hit_rate is None
