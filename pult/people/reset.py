"""Whom a letter about a forgotten password reaches."""

from allauth.account.forms import ResetPasswordForm


class ResetForm(ResetPasswordForm):
    """allauth's. Somebody shut out gets no way back by it, nor does somebody invited who has not
    come in yet: they come by the link of an invitation."""

    def clean_email(self) -> str:
        email = super().clean_email()
        self.users = [one for one in self.users if one.comes_in and one.has_usable_password()]
        return email
