"""Exports made by hand, as a journal and a sealer would make them."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from contracts.verify.lines import FIRST, Begin, End, Entry, Resumes, Seal, spelled
from contracts.verify.merkle import leaf, paths, root

OURS = Ed25519PrivateKey.from_private_bytes(b"\x01" * 32)
THEIRS = Ed25519PrivateKey.from_private_bytes(b"\x02" * 32)
PER_SEAL = 4
NOON = 1_686_744_000_000_000


def public(key):
    return key.public_key().public_bytes_raw().hex()


def events(count, text="nói", since=0):
    """Return events of three streams, chained; those before *since* say "nói"."""
    heads, found = {}, []
    for n in range(count):
        stream = f"talk-{n % 3}"
        version, previous = heads.get(stream, (0, ""))
        entry = Entry(
            position=(n + 1) * 10,
            stream=stream,
            version=version + 1,
            id=f"00000000-0000-4000-8000-{n:012d}",
            type="Said",
            schema_version=1,
            key="k",
            occurred_us=NOON,
            recorded_us=NOON + n,
            data=f'{{"text":"{text if n >= since else "nói"} {n}"}}',
            meta="{}",
            previous=previous,
            hash=FIRST,
            index=0,
            path=[],
        )
        entry = entry.model_copy(update={"hash": entry.chained})
        heads[stream] = (version + 1, entry.hash)
        found.append(entry)
    return found


def seal(number, after, upto, leaves, before, **more):
    key = more.pop("key", OURS)
    made = Seal(
        service="planning",
        number=number,
        after=after,
        upto=upto,
        events=len(leaves),
        root=root(leaves).hex(),
        previous=before.hash if before else FIRST,
        sealed_at="2023-06-14T12:00:00+00:00",
        key=public(key),
        **more,
    )
    return signed(made, key)


def signed(made, key=OURS):
    signature = key.sign(made.signed).hex()
    return made.model_copy(update={"signature": signature})


def batches(found, key=OURS):
    """Return (seal, its events with their proofs), one after the other."""
    sealed, before = [], None
    for number, start in enumerate(range(0, len(found), PER_SEAL), start=1):
        part = found[start : start + PER_SEAL]
        leaves = [leaf(entry.leaf) for entry in part]
        after = before.upto if before else 0
        made = seal(number, after, part[-1].position, leaves, before, key=key)
        proofs = [[step.hex() for step in path] for path in paths(leaves)]
        placed = [
            entry.model_copy(update={"index": index, "path": proof})
            for index, (entry, proof) in enumerate(zip(part, proofs, strict=True))
        ]
        sealed.append((made, placed))
        before = made
    return sealed


def lines(sealed, *, whole=True):
    """Return the export's lines, their ends too."""
    first, last = sealed[0][0].number, sealed[-1][0].number
    told = [Begin(service="planning", first=first, last=last, whole=whole)]
    for made, part in sealed:
        told += [made, *part]
    told.append(End(last=last, events=sum(len(part) for _, part in sealed)))
    return [spelled(each) + b"\n" for each in told]


def seals(sealed):
    return [made.line + b"\n" for made, _ in sealed]


def resumed(sealed, lost_from, who="ông Ba", why="sao lưu cũ"):
    """Return the same with the last seals given up: their events are lost."""
    kept, lost = sealed[:lost_from], sealed[lost_from:]
    since = lost_from * PER_SEAL
    chained = events(since + 2, "lại", since)[since:]
    leaves = [leaf(entry.leaf) for entry in chained]
    last, sound = lost[-1][0], kept[-1][0]
    made = seal(
        last.number + 1,
        sound.upto,
        chained[-1].position,
        leaves,
        last,
        resumes=Resumes(seal=sound.number, who=who, why=why),
    )
    proofs = [[step.hex() for step in path] for path in paths(leaves)]
    placed = [
        entry.model_copy(update={"index": index, "path": proof})
        for index, (entry, proof) in enumerate(zip(chained, proofs, strict=True))
    ]
    return [*kept, *((seal, []) for seal, _ in lost), (made, placed)]
