"""A strategy that cuts bytes at random places."""

from itertools import pairwise

from hypothesis import strategies as st


def pieces_of(data: bytes) -> st.SearchStrategy[list[bytes]]:
    """Draw a way of splitting ``data`` into consecutive pieces, empty ones included."""
    cuts = st.lists(st.integers(0, len(data)), max_size=12).map(sorted)
    return cuts.map(lambda at: _cut(data, at)) | st.just(
        [data[i : i + 1] for i in range(len(data))]
    )


def _cut(data: bytes, at: list[int]) -> list[bytes]:
    edges = [0, *at, len(data)]
    return [data[start:end] for start, end in pairwise(edges)]
