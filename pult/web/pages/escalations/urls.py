from django.urls import path

from pult.web.pages.escalations import view

urlpatterns = [path("escalations/", view.show, name="escalations")]
