"""`pult user`: the first people of a fresh Pult, and who is there."""

import click

from pult.console.output import django, show


@click.group("user")
def command() -> None:
    """Invite or list people.

    Example: pult user invite anna@example.com --name "Анна Кравец" --role head
    """


@command.command("invite")
@click.argument("email")
@click.option("--name", required=True, help="Full name.")
@click.option("--role", "roles", multiple=True, required=True, help="A role; may be repeated.")
@click.option("--origin", default="http://localhost:8000", show_default=True)
def invite(email: str, name: str, roles: tuple[str, ...], origin: str) -> None:
    """Make a person known and print the one-time link that sets their password.

    Example: pult user invite vera@example.com --name "Вера Лисина" --role head
    """
    django()
    from django.urls import reverse

    from pult.kernel.roles import EVERY_ROLE
    from pult.people.actions import hire
    from pult.people.sign_in import invitation_to

    if unknown := set(roles) - EVERY_ROLE:
        raise click.BadParameter(
            f"no role {', '.join(sorted(unknown))}; there are: {', '.join(sorted(EVERY_ROLE))}"
        )
    user = hire(email=email, full_name=name, by=None, roles=roles)
    who, token = invitation_to(user)
    click.echo(origin + reverse("invitation", args=[who, token]))


@command.command("grant")
@click.argument("email")
@click.option("--role", required=True, help="A role, from today on.")
def grant(email: str, role: str) -> None:
    """Give a role to somebody who is here: for an agency with one director, whom nobody else can.

    Example: pult user grant anna@example.com --role am
    """
    django()
    from pult.people.actions import grant_role
    from pult.people.models import User

    user = User.objects.filter(email__iexact=email.strip()).first()
    if user is None:
        raise click.BadParameter(f"nobody has the address {email}")
    grant_role(user=user, role=role, by=None)


@command.command("list")
@click.option("--json", "as_json", is_flag=True)
def list_(as_json: bool) -> None:
    """Who works with this Pult.

    Example: pult user list --json
    """
    django()
    from pult.people.queries import people

    show({row.email: f"{row.name}: {', '.join(sorted(row.roles))}" for row in people()}, as_json)
