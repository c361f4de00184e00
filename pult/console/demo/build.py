"""Loading the demo agency: only into an empty database or over an older demo of our own."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from django.db import connection

from pult.console.demo import cards, cast, former, touches
from pult.console.demo.files import Campaign, Transfer, spend_file
from pult.console.demo.handing import hand_over, suit_clients
from pult.console.demo.knowing import write_down
from pult.console.demo.life import Life
from pult.console.demo.moments import live_moments
from pult.console.demo.money_life import at
from pult.console.demo.story import DAYS, LineStory, write_stories
from pult.console.demo.world import World, enter_clients, open_agency
from pult.console.untouched import is_untouched
from pult.kernel.errors import Refusal
from pult.kernel.facts import record
from pult.kernel.models import Fact
from pult.people.models import User
from pult.regulation import editions
from pult.regulation.worker import nightly

SEED = 7
MARK = "demo_opened"
Progress = Callable[[int, int], None]


def is_demo() -> bool:
    """Marked as a demo's by its first fact, and nobody from elsewhere has come since."""
    if connection.introspection.table_names().count(Fact._meta.db_table) == 0:
        return False
    if not Fact.objects.filter(kind=MARK, root_id=0).exists():
        return False
    return not User.objects.exclude(email__endswith=f"@{cast.DOMAIN}").exists()


def refuse_real_data() -> None:
    """Raises Refusal unless the database is untouched or a demo; writes nothing."""
    if not is_untouched() and not is_demo():
        raise Refusal(
            "This database holds somebody's work; the demo does not touch it.",
            cure="Start the demo with PULT_HOME pointing at another folder.",
        )


def load(today: date, samples: Path, progress: Progress = lambda done, total: None) -> World:
    """Play the agency's life up to yesterday evening and lay sample files for visitors."""
    stories = write_stories(today, SEED)
    first = today - timedelta(days=DAYS)
    with at(first - timedelta(days=6), 11):
        record(MARK, root_id=0, refs={}, by=None)
        editions.sync()
        people, own = open_agency()
        touches.open_regulation(people, first - timedelta(days=6))
        world = enter_clients(people, own, stories, first)
    life = Life(world, stories, today, SEED)
    touches.let_newcomers_in(world, today)
    touches.trust(world, today)
    cards.fill_cards(world, today)
    touches.pause_lines(world, today)
    touches.sign_number(world, today)
    life.play(progress)
    nightly(polite=False)
    touches.talk_about_rows(world, today)
    touches.limit_clients(world, today)
    live_moments(world, today)
    former.move_in(world, today)
    hand_over(world, today)
    suit_clients(world, today)
    touches.map_topics(world, today)
    write_down(world, today)
    touches.lend_people(world, today)
    touches.live_the_day(world, today)
    lay_samples(samples, life, stories, today)
    return world


def lay_samples(folder: Path, life: Life, stories: list[LineStory], today: date) -> None:
    """Files a visitor can import: today's statement and the spend of today's night."""
    folder.mkdir(parents=True, exist_ok=True)
    transfers = [
        _payment(life, story, invoice, today)
        for story, bill, invoice in life.open_bills.values()
        if invoice.number and bill.paid is None
    ]
    stranger = stories[0]
    transfers.append(
        Transfer(today, life.payer(stranger.firm), 4_500_000, "Оплата за рекламу по договору")
    )
    (folder / "kl_to_1c_today.txt").write_bytes(life.bank.statement(transfers, today))
    campaigns = [
        Campaign(
            story.campaign, f"{story.firm.name} | Поиск", story.login, {today: story.spend[-1]}
        )
        for story in stories
        if story.tool == "context"
    ]
    campaigns.append(Campaign("70901", "Осенняя распродажа | Поиск", "demo-new", {today: 730_000}))
    (folder / "direct_today.tsv").write_bytes(spend_file("direct", campaigns, today, today))


def _payment(life: Life, story: LineStory, invoice, today: date) -> Transfer:
    purpose = f"Оплата по счету №{invoice.number} от {invoice.issued_on:%d.%m.%Y}."
    return Transfer(today, life.payer(story.firm), invoice.total, purpose)
