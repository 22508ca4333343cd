"""The widget kit: small widgets, one noun a file, drawn from the tokens.

Each takes plain values in its constructor, emits one signal when a person changed it,
works by keys alone, and has a name for a screen reader. None knows a form, a record or
a service; what a widget needs to ask comes in as a callable.
"""
