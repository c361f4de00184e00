from django.urls import path

from pult.web.pages.my_day import view

urlpatterns = [path("", view.show, name="my_day")]
