"""Keys of children: always the same for the same child, and the secret is never replaced behind anyone's back."""

import hashlib
import hmac
import multiprocessing
import stat

import polars as pl
import pytest

from assets.records.pseudonyms import KEY_FILE, Pseudonymiser, PseudonymKeyError, load_key

SECRET = b"an invented secret of the tests"


def test_child_key_is_the_hmac_of_la_and_child():
    expected = hmac.new(SECRET, b"204:A1", hashlib.sha256).hexdigest()
    keys = Pseudonymiser(SECRET).child_keys("204", pl.Series(["A1", None, "A1", "a1"]))
    assert keys.to_list()[:3] == [expected, None, expected]
    assert keys[3] != expected


@pytest.mark.parametrize("length", [16, 63, 64, 65, 200])
def test_child_key_is_an_hmac_whatever_the_length_of_the_secret(length):
    secret = bytes(range(length))
    expected = hmac.new(secret, b"204:A1", hashlib.sha256).hexdigest()
    assert Pseudonymiser(secret).child_keys("204", pl.Series(["A1"]))[0] == expected


def test_the_same_id_in_another_la_is_another_child():
    ids = pl.Series(["A1"])
    pseudonyms = Pseudonymiser(SECRET)
    assert pseudonyms.child_keys("204", ids)[0] != pseudonyms.child_keys("205", ids)[0]


def test_no_ids_give_no_keys():
    assert Pseudonymiser(SECRET).child_keys("204", pl.Series([], dtype=pl.String)).to_list() == []
    assert Pseudonymiser(SECRET).hashed(pl.Series([None, None])).to_list() == [None, None]


def test_hashed_values_keep_name_and_nulls():
    hashed = Pseudonymiser(SECRET).hashed(pl.Series("upn", ["A1", None]))
    assert (hashed.name, len(hashed[0]), hashed[1]) == ("upn", 64, None)


def test_content_hash_depends_on_bytes_and_key():
    first, second = Pseudonymiser(SECRET), Pseudonymiser(b"another invented secret")
    assert first.content_hash(b"{}") == first.content_hash(b"{}")
    assert len({first.content_hash(b"{}"), first.content_hash(b"{ }"), second.content_hash(b"{}")}) == 3
    assert len(first.content_hash(b"")) == 32


def test_a_short_secret_is_refused():
    with pytest.raises(PseudonymKeyError, match="CSC_PSEUDONYM_KEY"):
        Pseudonymiser(b"short")


def test_configured_key_wins(tmp_path):
    assert load_key("configured secret", tmp_path / "keys", store_has_data=True) == b"configured secret"
    assert not (tmp_path / "keys").exists()


def test_key_is_made_once_for_its_owner_only(tmp_path):
    keys = tmp_path / "home" / "keys"
    made = load_key(None, keys, store_has_data=False)
    assert load_key(None, keys, store_has_data=True) == made
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700
    assert stat.S_IMODE((keys / KEY_FILE).stat().st_mode) == 0o600
    assert [path.name for path in keys.iterdir()] == [KEY_FILE]


def test_a_lost_key_is_an_error_and_no_new_one(tmp_path):
    with pytest.raises(PseudonymKeyError, match="restore"):
        load_key(None, tmp_path, store_has_data=True)
    assert list(tmp_path.iterdir()) == []


def test_a_cut_key_is_an_error(tmp_path):
    (tmp_path / KEY_FILE).write_bytes(b"")
    with pytest.raises(PseudonymKeyError, match="cut short"):
        load_key(None, tmp_path, store_has_data=False)


def _load(folder):
    return load_key(None, folder, store_has_data=False)


def test_processes_starting_together_end_with_one_key(tmp_path):
    with multiprocessing.get_context("fork").Pool(8) as pool:
        found = pool.map(_load, [tmp_path / "keys"] * 32)
    assert set(found) == {load_key(None, tmp_path / "keys", store_has_data=True)}
