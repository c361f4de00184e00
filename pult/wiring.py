"""Every connection between packages on one screen; there are no other hidden ones.

Called once when the applications are ready. Providers hand data up to a package that may not
import its owner; handlers react to facts inside the action's transaction or after its commit.
"""

from importlib import import_module

DOMAINS = ("people", "clients", "work", "money", "comms", "knowledge", "regulation")


def wire() -> None:
    """Connect everything. Calling it twice changes nothing."""
    for domain in DOMAINS:  # every fact kind is known before the first fact
        import_module(f"pult.{domain}.facts")
    import_module("pult.integrations.migration.facts")
    _regulation()
    _clients()
    _work()
    _day()
    _money()
    _comms()
    _texts()
    import_module("pult.integrations.intake.jobs")
    _migration()
    _pages()


def _regulation() -> None:
    from django.conf import settings

    from pult.clients import ledger_names as clients
    from pult.kernel import clock
    from pult.kernel.facts import on_record, on_record_many
    from pult.kernel.outbox import after_commit
    from pult.money import ledger_names as money
    from pult.people import daily
    from pult.people.notices import (
        mail_answer,
        mail_escalation,
        mail_invitation,
        mail_opened,
        mail_power,
    )
    from pult.people.queries import at_work_for
    from pult.regulation import worker
    from pult.regulation.ledger import judge, postpone_judgement
    from pult.regulation.providers import provide
    from pult.work import ledger_names as work

    on_record(judge)
    on_record_many(postpone_judgement)
    provide(
        teams=clients.teams,
        holders=clients.holders,
        is_there=clients.is_there,
        stand_ins=lambda users, minute: at_work_for(users, clock.from_minute(minute)),
        names=lambda subjects: {
            **clients.names(subjects),
            **work.names(subjects),
            **money.names(subjects),
        },
    )
    if settings.MAIL_NOTICES:
        after_commit("escalation.sent", mail_escalation)
        after_commit("obligation.disputed", mail_answer)
        after_commit("role_granted", mail_power)
        after_commit("deputy_named", mail_power)
        after_commit("doors_opened", mail_opened)
    after_commit("invitation_sent", mail_invitation)
    worker.register()
    daily.register()


def _clients() -> None:
    from pult.clients import daily
    from pult.clients.scoring import rescore_brought, rescore_touched
    from pult.kernel.facts import on_record, on_record_many

    on_record(rescore_touched)
    on_record_many(rescore_brought)
    daily.register()


def _work() -> None:
    from pult.clients.providers import connect_handovers
    from pult.kernel.jobs import every
    from pult.kernel.outbox import after_commit
    from pult.work.departing import free_work_of
    from pult.work.handing import handed_items, move_work
    from pult.work.recurring import SET_RECURRING
    from pult.work.vacancies import FREED

    connect_handovers(items=handed_items, move=move_work)
    after_commit("doors_closed", free_work_of, "work.free_work_of")
    after_commit("person_left", free_work_of, "work.free_work_of")
    every("06:30", SET_RECURRING)
    every("06:45", FREED)


def _day() -> None:
    from pult.clients.left import rows_left
    from pult.people.left import connect_left
    from pult.work.left import tasks_left

    connect_left("rows", rows_left)
    connect_left("tasks", tasks_left)


def _money() -> None:
    from pult.clients.providers import connect_handovers, connect_money
    from pult.kernel.jobs import every
    from pult.money.actions.asking import REFORECAST
    from pult.money.actions.claiming import release_spend
    from pult.money.actions.feeds import WATCH
    from pult.money.actions.matching import MATCH_REST
    from pult.money.queries.covered import bills, covered
    from pult.money.queries.debts import debts
    from pult.money.queries.standing import clients_in_state, money_states

    connect_money(money_states, clients_in_state, debts, release_spend)
    connect_handovers(covered=covered, bills=bills)
    every("05:30", REFORECAST)
    every("11:30", WATCH)
    every(minutes=10, name=MATCH_REST)


def _comms() -> None:
    from pult.clients.providers import connect_contacts
    from pult.comms.queries import last_contact

    connect_contacts(last_contact)


def _texts() -> None:
    from pult.clients.personal_texts import TEXTS as CLIENTS
    from pult.clients.texts import connect_texts
    from pult.comms.forgetting import TEXTS as COMMS
    from pult.money.forgetting import TEXTS as MONEY
    from pult.work.forgetting import TEXTS as WORK

    connect_texts((*CLIENTS, *WORK, *MONEY, *COMMS))


def _migration() -> None:
    from pult.clients.texts import connect_texts
    from pult.integrations.migration.forgetting import TEXTS, forget_person
    from pult.kernel.outbox import after_commit

    import_module("pult.integrations.migration.jobs")
    connect_texts(TEXTS)
    name = "migration.forget_person"
    after_commit("contact.erased", lambda fact: forget_person(fact.refs["contact"]), name)


def _pages() -> None:
    from pult.kernel.jobs import every
    from pult.ui.frame import set_frame_provider
    from pult.web.frame import frame
    from pult.web.pages.tasks.alerts import LOOK

    set_frame_provider(frame)
    every(minutes=10, name=LOOK)
