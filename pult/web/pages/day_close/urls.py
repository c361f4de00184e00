"""Addresses of one's working day: word of coming late, closing the day, and the head's view."""

from django.urls import path

from pult.web.pages.day_close import view

urlpatterns = [
    path("day/working/", view.working_day, name="working_day"),
    path("day/working/close/", view.close, name="day_close"),
    path("day/working/comments/read/", view.comments_read, name="day_comments_read"),
    path("day/working/notice/", view.notice, name="day_notice"),
    path("day/working/notice/<int:notice_id>/back/", view.notice_back, name="day_notice_back"),
    path("day/working/lateness/", view.lateness, name="day_lateness"),
    path("day/working/lateness/<int:fact_id>/back/", view.lateness_back, name="day_lateness_back"),
    path("day/working/decisions/", view.decision, name="day_decision"),
    path("day/working/decisions/<int:fact_id>/back/", view.decision_back, name="day_decision_back"),
    path("day/working/people/", view.people, name="day_people"),
]
