"""What the parts of a handover are called."""

from django.utils.translation import pgettext_lazy

from pult.clients.models import HandoverPaper

FIELDS = {
    "seller": pgettext_lazy("handover field", "Sales manager"),
    "company": pgettext_lazy("handover field", "Company"),
    "day": pgettext_lazy("handover field", "Day of the handover"),
    "folder": pgettext_lazy("handover field", "Address of the client's folder"),
    "sold": pgettext_lazy("handover field", "What was sold, with budgets"),
    "proposal": pgettext_lazy("handover field", "Link to the final proposal"),
    "card": pgettext_lazy("handover field", "Client's card"),
    "contacts": pgettext_lazy("handover field", "People we talk to on the project"),
    "goals": pgettext_lazy("handover field", "Goals and tasks of the client"),
    "wishes": pgettext_lazy("handover field", "Wishes and peculiarities"),
}
PARTS = {
    "paid": pgettext_lazy("handover part", "Full payment on the agency's account"),
    "signed": pgettext_lazy("handover part", "Signed contract, appendices, agreements, invoice"),
    "agreed": pgettext_lazy("handover part", "Agreed proposal, media plan, strategy"),
    "brief": pgettext_lazy("handover part", "Brief filled in"),
    "papers": pgettext_lazy("handover part", "All papers of the project"),
    "receiver": pgettext_lazy("handover part", "Account manager who takes it"),
    "requisites": pgettext_lazy("handover part", "Requisites with tax number and account"),
    "points": pgettext_lazy("handover part", "Remarks"),
}
ITEMS = {
    "product": pgettext_lazy("handover item", "Product, service or brand promoted"),
    "tools": pgettext_lazy("handover item", "Tools by platform"),
    "budgets": pgettext_lazy("handover item", "Budget of each tool"),
    "periods": pgettext_lazy("handover item", "Periods and payment terms of each tool"),
    "payment": pgettext_lazy("handover item", "Peculiarities of payment"),
    "traits": pgettext_lazy("handover item", "Personal and professional traits"),
    "documents": pgettext_lazy("handover item", "How documents go"),
    "reporting": pgettext_lazy("handover item", "How we report"),
    "grievances": pgettext_lazy("handover item", "Grievances and claims"),
    "goals": pgettext_lazy("handover item", "Goals and wishes"),
    "tasks": pgettext_lazy("handover item", "Open tasks"),
    "access": pgettext_lazy("handover item", "Access to projects and tasks"),
    "promises": pgettext_lazy("handover item", "Promises given"),
}
AIMS = {
    "meet": pgettext_lazy("aim of the first call", "We have met"),
    "rapport": pgettext_lazy("aim of the first call", "We won the client over"),
    "brief": pgettext_lazy("aim of the first call", "The brief is gone through"),
    "client": pgettext_lazy("aim of the first call", "We know who the client is"),
    "product": pgettext_lazy("aim of the first call", "We know what the client sells"),
    "goals": pgettext_lazy("aim of the first call", "We know the goals for the site"),
}
CALL_FIELDS = {
    "channel": pgettext_lazy("first call field", "How we talked"),
    "aims": pgettext_lazy("first call field", "Aims reached"),
    "about_client": pgettext_lazy("first call field", "Who the client is"),
    "about_product": pgettext_lazy("first call field", "What the client sells"),
    "goal": pgettext_lazy("first call field", "What the client wants"),
    "days": pgettext_lazy("first call field", "Days to the goal"),
    "cost": pgettext_lazy("first call field", "Cost a month, as expected"),
    "look": pgettext_lazy("first call field", "How the result should look"),
}
CONTACT_FIELDS = {
    "name": pgettext_lazy("contact field", "name"),
    "email": pgettext_lazy("contact field", "e-mail"),
    "phone": pgettext_lazy("contact field", "phone"),
    "birthday": pgettext_lazy("contact field", "birthday"),
    "position": pgettext_lazy("contact field", "post"),
}
GAPS = {
    "term": pgettext_lazy("gap of expectations", "The goal is expected sooner than the plan says"),
    "cost": pgettext_lazy("gap of expectations", "It is expected to cost less than agreed"),
}


def contact_word(field: str) -> str:
    """What 2.15 asks for of a contact."""
    return str(CONTACT_FIELDS[field])


def word_of(about: str) -> str:
    """What a field, a paper, a part or an item is called."""
    if about in HandoverPaper.Kind.values:
        return str(HandoverPaper.Kind(about).label)
    for words in (FIELDS, ITEMS, PARTS):
        if about in words:
            return str(words[about])
    return about


def lacking_word(part: str, about: str) -> str:
    """The same for what a part lacks: the brief's proposal is a link, that of the papers a file."""
    return str(FIELDS[about]) if part == "brief" else word_of(about)


def item_word(code: str) -> str:
    """What an item between managers is called: its goals are not those of the brief."""
    return str(ITEMS.get(code, code))
