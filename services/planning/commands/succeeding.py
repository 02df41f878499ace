"""What may be asked of a plan when one of its units has ended."""

from __future__ import annotations

from services.chassis.commanding import Command
from services.planning.commands.fields import Id, Name


class TransferTarget(Command):
    """Decide whom the plan inspects in the place of a unit that ended."""

    agency_id: Id
    to_agency: Id
    reason: Name
