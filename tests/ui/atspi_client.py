"""A client of AT-SPI, as a screen reader is one: finds programs on the accessibility bus and reads.

Speaks D-Bus itself (jeepney), so that nothing of Qt is on this side.
"""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, Any

from jeepney import DBusAddress, MatchRule, MessageType, message_bus, new_method_call
from jeepney.io.blocking import open_dbus_connection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jeepney.io.blocking import DBusConnection

_BASE = "org.a11y.atspi."
_REGISTRY = "org.a11y.atspi.Registry"
_ROOT = "/org/a11y/atspi/accessible/root"
CHARACTER, WORD, SENTENCE, LINE, PARAGRAPH = range(5)
"""Granularities of ``GetStringAtOffset``."""
PATIENCE = 20.0


class Thing:
    """An accessible object of another process."""

    def __init__(self, bus: DBusConnection, name: str, path: str) -> None:
        self._bus = bus
        self.name_on_bus = name
        self.path = path

    def call(self, interface: str, method: str, signature: str = "", *arguments: object) -> Any:
        """Call a method; return its only result, or all."""
        address = DBusAddress(self.path, self.name_on_bus, _BASE + interface)
        body = arguments if signature else ()
        message = new_method_call(address, method, signature or None, body)
        reply = self._bus.send_and_get_reply(message, timeout=PATIENCE)
        if reply.header.message_type is MessageType.error:
            raise RuntimeError(f"{interface}.{method}: {reply.body}")
        return reply.body[0] if len(reply.body) == 1 else reply.body

    def get(self, interface: str, name: str) -> Any:
        """Return a property."""
        address = DBusAddress(self.path, self.name_on_bus, "org.freedesktop.DBus.Properties")
        message = new_method_call(address, "Get", "ss", (_BASE + interface, name))
        return self._bus.send_and_get_reply(message, timeout=PATIENCE).body[0][1]

    @property
    def name(self) -> str:
        """What it is called."""
        return self.get("Accessible", "Name")

    @property
    def role(self) -> str:
        """What it is."""
        return self.call("Accessible", "GetRoleName")

    def children(self) -> list[Thing]:
        """Return what is in it."""
        found = self.call("Accessible", "GetChildren")
        return [Thing(self._bus, name, path) for name, path in found]

    def walk(self) -> Iterator[Thing]:
        """Yield it and all that is in it."""
        yield self
        for child in self.children():
            yield from child.walk()

    # Text.

    def text(self, start: int = 0, end: int = -1) -> str:
        """Return the text between two offsets."""
        return self.call("Text", "GetText", "ii", start, end)

    def string_at(self, offset: int, granularity: int) -> tuple[str, int, int]:
        """Return a unit of the text with its ends."""
        return tuple(self.call("Text", "GetStringAtOffset", "iu", offset, granularity))

    def extents(self, offset: int) -> tuple[int, int, int, int]:
        """Return where a character is on the screen."""
        return tuple(self.call("Text", "GetCharacterExtents", "iu", offset, 0))


class Listener:
    """A screen reader: knows the accessibility bus and hears its events."""

    def __init__(self, session: str) -> None:
        with open_dbus_connection(bus=session) as bus:
            address = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
            reply = bus.send_and_get_reply(new_method_call(address, "GetAddress"), timeout=PATIENCE)
        self.bus = open_dbus_connection(bus=reply.body[0])
        registry = DBusAddress("/org/a11y/atspi/registry", _REGISTRY, _REGISTRY)
        for event in ("object:", "window:", "focus:"):
            self._ask(new_method_call(registry, "RegisterEvent", "s", (event,)))
        self._rule = MatchRule(type="signal", interface="org.a11y.atspi.Event.Object")
        self._heard: deque[Any] = deque()
        self._filter = self.bus.filter(self._rule, queue=self._heard, bufsize=4_000)
        self._filter.__enter__()
        self._ask(message_bus.AddMatch(self._rule))

    def close(self) -> None:
        """Hear no more."""
        self.bus.close()

    def program(self, name: str) -> Thing:
        """Wait for a program and return it."""
        root = Thing(self.bus, _REGISTRY, _ROOT)
        return self.wait(lambda: next((p for p in root.children() if p.name == name), None))

    def find(self, within: Callable[[], Thing], role: str, name: str) -> Thing:
        """Wait for something of that role and name."""

        def look() -> Thing | None:
            return next((t for t in within().walk() if t.role == role and t.name == name), None)

        return self.wait(look)

    def wait(self, found: Callable[[], Any]) -> Any:
        """Wait until something is there."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                thing = found()
            except (RuntimeError, ValueError, TypeError):
                thing = None  # it went while it was asked
            if thing:
                return thing
            time.sleep(0.05)
        raise TimeoutError

    def hear(self, member: str, fits: Callable[[tuple[Any, ...]], bool]) -> tuple[Any, ...]:
        """Wait for an event whose body ``fits``; what came before it is forgotten."""
        until = time.monotonic() + PATIENCE
        while (left := until - time.monotonic()) > 0:
            while self._heard:
                message = self._heard.popleft()
                if message.header.fields.get(3) == member and fits(message.body):
                    return message.body
            try:
                self.bus.recv_messages(timeout=left)
            except TimeoutError:
                break
        raise TimeoutError(member)

    def forget(self) -> None:
        """Leave out what was heard so far."""
        self._heard.clear()

    def _ask(self, message: Any) -> None:
        self.bus.send_and_get_reply(message, timeout=PATIENCE)
