from django.urls import include, path

urlpatterns = [path("", include("pult.web.urls"))]
