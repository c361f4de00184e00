"""Addresses of the board."""

from django.urls import path

from pult.web.pages.task_board import view

urlpatterns = [
    path("tasks/board/", view.board, name="task_board"),
    path("tasks/board/moves/", view.moves, name="task_board_moves"),
]
