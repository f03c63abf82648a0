"""Every flag, with what holds while nobody says otherwise.

A kill switch is on by default: a lost file must not turn anything off.
"""

from service.flagging import Flag

# Whether the model is asked. Off, callers get 503 and come back later.
ACCEPT_PREDICTIONS = Flag("accept-predictions", default=True)
