from django.urls import include, path

urlpatterns = [path("", include("pult.web.urls")), path("ui/", include("pult.ui.urls"))]
handler400 = "pult.web.refusals.unreadable"
