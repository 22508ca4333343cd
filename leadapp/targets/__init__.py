"""Places both sides can reach; the only package that can open a socket.

A target has four functions: ``list_sizes``, ``get``, ``put`` and ``delete``. It knows no
bundle, no key and no ring, and keeps no state. ``folder`` is a USB stick, a share or a
folder that something else keeps in step. May import ``core``.
"""
