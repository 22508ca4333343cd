"""The headless door: every command of ``leadapp`` that needs no window.

One function a command; each opens a program through ``services``, prints plain
text or JSON, and leaves refusals to ``run``. May import: services and below.
"""
