"""What stands on a page means: messages, exchanges, properties, types, prose."""

from __future__ import annotations
