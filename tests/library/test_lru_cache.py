"""The cache that forgets what was not used for longest."""

from hypothesis import given
from hypothesis import strategies as st

from tui.library.lru_cache import LruCache


def test_what_was_not_used_for_longest_is_forgotten() -> None:
    cache: LruCache[str, int] = LruCache(2)
    assert () == cache.put("a", 1) == cache.put("b", 2)
    assert 1 == cache.use("a")
    assert ("b",) == cache.put("c", 3)
    assert ["a", "c"] == list(cache)
    assert cache.use("b") is None


def test_a_look_is_no_use() -> None:
    cache: LruCache[str, int] = LruCache(2)
    cache.put("a", 1)
    cache.put("b", 2)
    assert 1 == cache["a"] == cache.get("a")
    assert ("a",) == cache.put("c", 3)


def test_the_newest_stays_whatever_it_weighs() -> None:
    cache: LruCache[str, str] = LruCache(9, len, 3)
    cache.put("a", "xx")
    assert ("a",) == cache.put("b", "xxxxx")
    assert {"b": "xxxxx"} == dict(cache)


def test_a_share_is_left_when_it_is_full() -> None:
    cache: LruCache[int, int] = LruCache(4, share=0.5)
    assert [(), (), (), (), (0, 1, 2)] == [cache.put(number, number) for number in range(5)]


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 5), st.sampled_from(("put", "use", "drop")))))
def test_neither_bound_is_exceeded(steps: list[tuple[str, int, str]]) -> None:
    cache: LruCache[str, int] = LruCache(3, lambda weight: weight, 8)
    for key, weight, step in steps:
        if step == "put":
            cache.put(key, weight)
            assert cache[key] == weight
        elif step == "use":
            cache.use(key)
        else:
            cache.drop(key)
            assert key not in cache
        assert len(cache) <= 3
        assert sum(cache.values()) <= 8
