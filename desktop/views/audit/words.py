"""Knows how a line of the trail is said on screen: in the same words as in a report."""

from __future__ import annotations

from desktop.services.audit_words import act_words, detail_words, owner_words, subject_words

__all__ = ["act_words", "detail_words", "owner_words", "subject_words"]
