from django.urls import path

from pult.web.pages.payment_by_hand import view

urlpatterns = [path("money/payments/new/", view.new, name="payment_by_hand")]
