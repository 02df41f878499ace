"""An anomaly, as Jepsen would name it, with what one needs to understand it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Anomaly:
    """One promise broken: which, where, and what lay around it."""

    name: str
    key: str
    detail: str
    ids: tuple = ()
    around: tuple = field(default=(), compare=False)
    timeline: tuple = field(default=(), compare=False)

    def __str__(self):
        lines = [f"{self.name}  {self.key}: {self.detail}"]
        lines += [f"  ids       {', '.join(map(str, self.ids))}"] if self.ids else []
        lines += [f"  around    {one}" for one in self.around]
        lines += [f"  timeline  {one}" for one in self.timeline]
        return "\n".join(lines)


def around(rows, index, width=5):
    """Return ten rows around the one at *index*."""
    return tuple(map(str, rows[max(index - width, 0) : index + width]))
