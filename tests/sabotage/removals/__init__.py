"""Every protection that can be taken out (trust.md, 2.4), and others we found."""

from tests.sabotage.removals.consuming import CONSUMING
from tests.sabotage.removals.domain import DOMAIN
from tests.sabotage.removals.doors import DOORS
from tests.sabotage.removals.journal import JOURNAL
from tests.sabotage.removals.order import ORDER
from tests.sabotage.removals.parking import PARKING
from tests.sabotage.removals.relaying import RELAYING
from tests.sabotage.removals.sealing import SEALS
from tests.sabotage.removals.time import TIME
from tests.sabotage.removals.views import VIEWS

REMOVALS = (
    *ORDER,
    *JOURNAL,
    *RELAYING,
    *CONSUMING,
    *PARKING,
    *TIME,
    *DOORS,
    *VIEWS,
    *DOMAIN,
    *SEALS,
)
NOT_BUILT = (
    "**Row-level security**: who may see what is decided by the queries "
    "(`views-unrestricted`), not a second time by PostgreSQL.",
    "**The inbox for foreign producers** (portal, agencies' systems): nothing foreign "
    "is taken in from a topic yet.",
    "**A dedupe window by the wall clock**: there is no window; repeats are told by "
    "positions and derived ids, for ever.",
    "**`acks=1` under a leader that is killed**: `acks-one` is caught by its effective "
    "setting; the kill needs three brokers.",
    "**Personal data keys** (I13c) and the generated matrix of agencies (I14).",
)
