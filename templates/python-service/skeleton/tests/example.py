"""What the tests that hold for every service use of this one."""

from typing import Any

from service.flagging import Flag
from service.flags import ACCEPT_ENTRIES

# A path that answers 200 to whoever may read.
READ = "/v1/entries"

# A request that has a body, and the status of its answer.
WRITE = "/v1/entries"
BODY: dict[str, Any] = {"key": "mine", "text": "text"}
WRITTEN = 201
# The field of the answer that says who asked, if there is one.
ASKED_BY: str | None = "createdBy"
# The flag that turns it off, if there is one.
GUARDED_BY: Flag | None = ACCEPT_ENTRIES

# A body that does not fit, and what is said of it.
WRONG: dict[str, Any] = {"key": "a", "text": ""}
COMPLAINT = {"pointer": "body/text", "detail": "String should have at least 1 character"}
