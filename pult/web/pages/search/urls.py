"""The address of ⌘K."""

from django.urls import path

from pult.web.pages.search import view

urlpatterns = [path("search/", view.search, name="search")]
