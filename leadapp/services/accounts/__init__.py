"""People of the program: adding, disabling, passwords, releasing a lock, giving rings.

Everything asks first whether the person at the desk may. An account is three things
that change together: a statement in the roster, a slot in the keyring, a name in
``shared``. Slow parts run on the crypto lane, asking and writing on the writer lane.
"""

from leadapp.services.accounts.listing import Account, accounts, requests
from leadapp.services.accounts.locks import code_to_read_out, release
from leadapp.services.accounts.passwords import (
    Reset,
    change_password,
    drop_second_factor,
    has_second_factor,
    new_second_factor,
    reset_password,
    use_second_factor,
)
from leadapp.services.accounts.people import NewUser, add_user, change_roles, disable_user
from leadapp.services.accounts.rings import (
    grant_law,
    grant_ring,
    new_recovery_page,
    trust_keyring,
    withdraw_ring,
)

__all__ = [
    "Account",
    "NewUser",
    "Reset",
    "accounts",
    "add_user",
    "change_password",
    "change_roles",
    "code_to_read_out",
    "disable_user",
    "drop_second_factor",
    "grant_law",
    "grant_ring",
    "has_second_factor",
    "new_recovery_page",
    "new_second_factor",
    "release",
    "requests",
    "reset_password",
    "trust_keyring",
    "use_second_factor",
    "withdraw_ring",
]
