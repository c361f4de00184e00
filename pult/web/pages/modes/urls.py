from django.urls import path

from pult.web.pages.regulation import view

urlpatterns = [
    path("regulation/modes/", view.regulation, name="modes"),
    path("regulation/waivers/", view.regulation, name="waivers"),
]
