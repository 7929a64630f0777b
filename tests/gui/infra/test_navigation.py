from learnpath.gui.infra.navigation import Navigator, Place


def make() -> tuple[Navigator, list[Place]]:
    navigator = Navigator()
    navigator.set_homes({"credential": "credentials"})
    shown: list[Place] = []
    navigator.place_changed.connect(shown.append)
    return navigator, shown


def test_back_and_forward_walk_the_places(qapp: object) -> None:
    navigator, shown = make()
    assert navigator.place is None
    assert not navigator.can_go_back
    assert not navigator.can_go_forward
    navigator.back()
    navigator.to_screen("overview")
    navigator.to_screen("credentials")
    assert navigator.to_record("credential", 7)
    navigator.back()
    navigator.back()
    assert navigator.place == Place("overview")
    assert navigator.can_go_forward
    navigator.forward()
    assert shown[-1] == Place("credentials")
    navigator.to_screen("paths")
    assert not navigator.can_go_forward
    navigator.forward()
    navigator.back()
    assert navigator.place == Place("credentials")


def test_the_same_place_is_shown_again_but_remembered_once(qapp: object) -> None:
    navigator, shown = make()
    navigator.to_screen("overview")
    navigator.to_screen("overview")
    assert shown == [Place("overview")] * 2
    assert not navigator.can_go_back


def test_an_unknown_kind_leads_nowhere(qapp: object) -> None:
    navigator, shown = make()
    assert not navigator.to_record("issuer", 3)
    assert shown == []


def test_selecting_rows_replaces_the_present_place(qapp: object) -> None:
    navigator, shown = make()
    navigator.to_screen("overview")
    navigator.to_screen("credentials")
    navigator.note(Place("credentials", 4))
    navigator.note(Place("paths", 1))
    assert navigator.place == Place("credentials", 4)
    navigator.back()
    navigator.forward()
    assert shown[-1] == Place("credentials", 4)


def test_the_history_is_bounded(qapp: object) -> None:
    navigator, _ = make()
    for number in range(500):
        navigator.to_screen("credentials", number)
    steps = 0
    while navigator.can_go_back:
        navigator.back()
        steps += 1
    assert steps == 99
