from functools import partial

import shiboken6
from PySide6.QtCore import QObject

from learnpath.gui.infra.receivers import is_alive


class Receiver(QObject):
    def take(self, *_: object) -> None:
        """Receive something."""


def test_who_is_alive_is_called(qapp: object) -> None:
    receiver = Receiver()
    assert is_alive(receiver.take)
    assert is_alive(partial(receiver.take, 1))
    assert is_alive(partial(print, receiver))
    assert is_alive([].append)
    assert is_alive(lambda: receiver)


def test_whatever_holds_the_dead_is_not_called(qapp: object) -> None:
    receiver = Receiver()
    callbacks = [
        receiver.take,
        partial(receiver.take, 1),
        partial(partial(receiver.take, 1), 2),
        partial(print, receiver),
        partial(print, sep=receiver),  # pyright: ignore[reportArgumentType, reportCallIssue]
        lambda: receiver,
    ]
    shiboken6.delete(receiver)
    assert [is_alive(callback) for callback in callbacks] == [False] * len(callbacks)


def test_a_name_that_is_bound_later_is_no_receiver(qapp: object) -> None:
    def callback() -> object:
        return later

    assert is_alive(callback)
    later = QObject()
    assert is_alive(callback)
