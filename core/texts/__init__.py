"""Every sentence that a person sees, a folder of Fluent files per language, and which way it runs."""

from core.texts.direction import is_line_right_to_left, is_mostly_right_to_left, is_right_to_left
from core.texts.loader import LOCALES, locale_of_text, on_one_line, plain, plain_answer, say, typed

__all__ = [
    "LOCALES",
    "is_line_right_to_left",
    "is_mostly_right_to_left",
    "is_right_to_left",
    "locale_of_text",
    "on_one_line",
    "plain",
    "plain_answer",
    "say",
    "typed",
]
