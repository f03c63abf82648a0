"""Every flag, with what holds while nobody says otherwise.

A kill switch is on by default: a lost file must not turn anything off.
"""

from service.flagging import Flag

# Whether entries may be created. Off, callers get 503 and come back later.
ACCEPT_ENTRIES = Flag("accept-entries", default=True)
