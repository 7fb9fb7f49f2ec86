"""Every sentence that a person sees, one Fluent file per language beside this loader."""

from core.texts.loader import LOCALES, locale_of_text, say

__all__ = ["LOCALES", "locale_of_text", "say"]
