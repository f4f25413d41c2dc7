"""Values as YAML, for formats that are read by a YAML parser."""

from __future__ import annotations

import sys


def yaml_text(value: object) -> str:
    """Return a value as YAML text in ASCII, its keys sorted and texts of several lines in blocks.

    Readers open such files in the encoding of their system, so that other characters are escaped. The
    emitter is that in Python: the one in C folds lines elsewhere, and not every system has it.
    """
    import yaml

    class Dumper(yaml.SafeDumper):
        def represent_text(self, text: str) -> yaml.ScalarNode:
            return self.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)

        def ignore_aliases(self, data: object) -> bool:
            return True

    Dumper.add_representer(str, Dumper.represent_text)
    return yaml.dump(value, Dumper=Dumper, width=sys.maxsize)
