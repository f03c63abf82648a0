"""What the tests that hold for every service use of this one."""

from typing import Any

from service.flagging import Flag
from service.flags import ACCEPT_PREDICTIONS

# A path that answers 200 to whoever may read.
READ = "/v1/models"

PARCEL: dict[str, Any] = {"distance": 20, "weight": 1.5, "stops": 10, "rain": 0}

# A request that has a body, and the status of its answer.
WRITE = "/v1/predictions"
BODY: dict[str, Any] = {"parcels": [PARCEL]}
WRITTEN = 200
# The field of the answer that says who asked, if there is one.
ASKED_BY: str | None = None
# The flag that turns it off, if there is one.
GUARDED_BY: Flag | None = ACCEPT_PREDICTIONS

# A body that does not fit, and what is said of it.
WRONG: dict[str, Any] = {"parcels": [{**PARCEL, "weight": -1}]}
COMPLAINT = {
    "pointer": "body/parcels/0/weight",
    "detail": "Input should be greater than or equal to 0",
}
