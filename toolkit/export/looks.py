"""How cells look: few colours, quiet ones, the same in every workbook."""

from __future__ import annotations

from typing import Any

__all__ = ["FONTS", "LOOKS", "TINTS"]

FONTS = {"zh": {"font_name": "Microsoft YaHei", "font_size": 10}, "en": {"font_name": "Calibri", "font_size": 11}}
LOOKS: dict[str, dict[str, Any]] = {
    "header": {"bold": True, "bg_color": "#2F4B66", "font_color": "#FFFFFF", "text_wrap": True, "border": 1,
               "border_color": "#FFFFFF", "valign": "vcenter"},
    "must": {"bold": True, "bg_color": "#A8452B", "font_color": "#FFFFFF", "text_wrap": True, "border": 1,
             "border_color": "#FFFFFF", "valign": "vcenter"},
    "title": {"bold": True, "font_size": 13, "font_color": "#2F4B66", "valign": "vcenter"},
    "heading": {"bold": True, "font_size": 11, "font_color": "#2F4B66", "valign": "vcenter"},
    "note": {"font_color": "#5F6B76", "valign": "vcenter"},
    "plain": {"valign": "vcenter"},
    "cell": {"border": 1, "border_color": "#DDE2E7", "valign": "vcenter"},
    "free": {"valign": "vcenter"},
}  # fmt: skip
"""What a cell is for."""
TINTS: dict[str, dict[str, Any]] = {
    "act": {"bg_color": "#F8DCD6"},
    "must": {"bg_color": "#EFB8AE", "bold": True},
    "rest": {"bg_color": "#FBEBC8"},
    "wait": {"bg_color": "#DCE9F5"},
    "keep": {"bg_color": "#E2F0E0"},
    "input": {"bg_color": "#FFFBE6"},
}
"""Backgrounds by meaning, used for single cells of a table."""
