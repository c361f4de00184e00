from django.urls import path

from pult.web.pages.before_break import view

urlpatterns = [
    path("before-the-break/", view.show, name="before_break"),
    path("before-the-break/duty/", view.duty, name="duty"),
]
