"""Places both sides can reach; the only package that can open a socket.

``target`` says what each of them does: list, get, put, delete, and little else. It knows no
bundle, no key and no ring, and keeps no state. ``folder`` is a USB stick, a share or a
folder that something else keeps in step; ``sftp`` a folder on a server; ``s3`` a prefix in a
bucket. ``trial`` tries one out. May import ``core``.
"""
