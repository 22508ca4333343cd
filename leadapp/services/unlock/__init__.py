"""Who is here, unlocking and locking: from a folder and a password to a desk.

Opens exactly the rings this person may open on this device, makes those that are
missing, gives rings to colleagues who should have them, and puts what went wrong
since the last unlock into the journal. Slow parts run on the crypto lane.
"""

from leadapp.services.unlock.front import People, Person, people_here, person_called
from leadapp.services.unlock.opening import lock, unlock
from leadapp.services.unlock.ways_back import recover, release_with_code, release_with_page

__all__ = [
    "People",
    "Person",
    "lock",
    "people_here",
    "person_called",
    "recover",
    "release_with_code",
    "release_with_page",
    "unlock",
]
