"""Every connection between packages on one screen; there are no other hidden ones.

Called once when the applications are ready. Providers hand data up to a package that may not
import its owner; handlers react to facts inside the action's transaction or after its commit.
"""


def wire() -> None:
    """Connect everything. Calling it twice changes nothing."""
    from pult.kernel.facts import on_record, on_record_many
    from pult.regulation import worker
    from pult.regulation.ledger import judge, postpone_judgement
    from pult.ui.frame import set_frame_provider
    from pult.web.frame import frame

    set_frame_provider(frame)
    on_record(judge)
    on_record_many(postpone_judgement)
    worker.register()
