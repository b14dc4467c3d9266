"""Widgets of the kit: each written once, alive in the book, in Voilà and in JupyterLab."""

from mallette.widgets.explorer import PrevalenceExplorer as PrevalenceExplorer
from mallette.widgets.hourly import HourlyPay as HourlyPay
from mallette.widgets.quiz import Quiz as Quiz
from mallette.widgets.tool import Tool as Tool

KIT_WIDGETS = (PrevalenceExplorer, HourlyPay, Quiz, Tool)
