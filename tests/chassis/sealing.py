"""A sealer on a real journal, and what its export proves."""

from contracts.verify.checking import Checker
from contracts.verify.lines import Begin, End, spelled
from services.chassis.sealing import Sealer, SealFile, signer
from services.chassis.sealing.exporting import sealed, seals
from tests.chassis.appending import append


async def write(app, count=10):
    for n in range(count):
        await append(app, f"talk-{n % 2 + 1}", f"event/{n}")


async def exported(database):
    """Return the lines of a whole export, as the command writes them."""
    lines = []
    numbers = [row["number"] for row in await seals(database, 0, 1000)]
    for number in numbers:
        lines += await sealed(database, number)
    first, last = (numbers[0], numbers[-1]) if numbers else (1, 0)
    events = len(lines) - len(numbers)
    begin = Begin(service="planning", first=first, last=last, whole=True)
    end = End(last=last, events=events)
    return [b"%b\n" % line for line in (spelled(begin), *lines, spelled(end))]


async def faults(database, *others):
    checker = Checker()
    for number, file in enumerate([await exported(database), *others]):
        checker.file(f"file-{number}", file)
    return {found.fault for found in checker.finish()}, checker


def maker(bus, clock, folder):
    """Return what makes a sealer of a database, with one key and files in *folder*."""

    def sealer(database, name="planning.jsonl"):
        return Sealer(
            "planning",
            database,
            signer=signer(folder / "planning.key", make=True),
            file=SealFile(folder / name),
            bus=bus,
            clock=clock,
        )

    return sealer
