"""The evidence, indexed once for all rules."""

from collections import defaultdict
from functools import cached_property


class Facts:
    """What the rules look things up in."""

    def __init__(self, evidence):
        self.evidence = evidence

    @cached_property
    def by_seq(self):
        """(service, position) -> event."""
        return {
            (service, event["seq"]): event
            for service, events in self.evidence.journals.items()
            for event in events
        }

    @cached_property
    def by_command(self):
        """(service, command) -> the events it wrote."""
        found = defaultdict(list)
        for service, events in self.evidence.journals.items():
            for event in events:
                if event["command"]:
                    found[service, event["command"]].append(event)
        return found

    @cached_property
    def answers(self):
        """(service, command) -> what was answered, as the service kept it."""
        return {
            (service, one["command"]): one
            for service, answers in self.evidence.answers.items()
            for one in answers
        }

    @cached_property
    def commands(self):
        """(service, command) -> its lines of the history, in order."""
        found = defaultdict(list)
        for line in self.evidence.history:
            if line["cmd"]:
                found[line["service"], line["cmd"]].append(line)
        return found

    @cached_property
    def said(self):
        """The id of every message that the journals translate to."""
        return {
            one["id"]
            for messages in self.evidence.expected.values()
            for one in messages
        }

    @cached_property
    def injected(self):
        """(topic, partition, offset) of what the run itself put on a topic."""
        return {
            (topic, partition, offset)
            for topic, places in self.evidence.injected.items()
            for partition, offset in places
        }

    @cached_property
    def partitions(self):
        """(topic, partition) -> its records in order of offset, injected ones too."""
        found = defaultdict(list)
        for topic, records in self.evidence.topics.items():
            for record in records:
                found[topic, record["partition"]].append(record)
        for records in found.values():
            records.sort(key=lambda record: record["offset"])
        return found

    def is_injected(self, topic, record):
        """Say whether the run itself put the record there."""
        return (topic, record["partition"], record["offset"]) in self.injected

    def timeline(self, service, command):
        """Return the lines of a command."""
        return tuple(
            f"{line['t_wall']} {line['proc']} {line['type']} {line['f']} {line['key']}"
            f" {line.get('version', '')} {line.get('code', '')}".rstrip()
            for line in self.commands[service, command]
        )
