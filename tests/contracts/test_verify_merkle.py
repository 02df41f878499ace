"""Trees as RFC 6962 has them: the roots of its reference code, and every proof."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.verify.merkle import climb, leaf, paths, root

# Leaves and roots of the tests of certificate-transparency's reference code.
LEAVES = [
    bytes.fromhex(each)
    for each in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
SIZES = st.integers(1, 70)


def hashes(size):
    return [leaf(b"%d" % n) for n in range(size)]


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_are_those_of_the_reference(size):
    assert root([leaf(data) for data in LEAVES[:size]]).hex() == ROOTS[size - 1]


def test_no_leaves_have_the_root_of_nothing():
    assert root([]) == hashlib.sha256(b"").digest()


@given(SIZES)
def test_every_leaf_is_proved_at_its_place_and_nowhere_else(size):
    leaves = hashes(size)
    top, proofs = root(leaves), paths(leaves)
    for index, (hashed, path) in enumerate(zip(leaves, proofs, strict=True)):
        assert climb(hashed, index, size, path) == top
        others = set(range(-1, size + 1)) - {index}
        assert all(climb(hashed, other, size, path) != top for other in others)


@given(SIZES, st.data())
def test_a_proof_with_a_byte_changed_cut_or_added_proves_nothing(size, data):
    leaves = hashes(size)
    index = data.draw(st.integers(0, size - 1))
    top, path = root(leaves), paths(leaves)[index]
    assert climb(leaf(b"another"), index, size, path) != top
    assert climb(leaves[index], index, size, [*path, top]) is None
    if path:
        assert climb(leaves[index], index, size, path[:-1]) is None
        place = data.draw(st.integers(0, len(path) - 1))
        flipped = bytes([path[place][0] ^ 1]) + path[place][1:]
        changed = [*path[:place], flipped, *path[place + 1 :]]
        assert climb(leaves[index], index, size, changed) != top
