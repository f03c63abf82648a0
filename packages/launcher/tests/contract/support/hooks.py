"""What Schemathesis does not know of this API, or of HTTP."""

import schemathesis

# Lines of JSON are sent as text.
schemathesis.serializer.alias("application/x-ndjson", "text/plain")


@schemathesis.hook
def filter_case(context, case):
    """Leaves out a header that nobody knows: HTTP wants it to be ignored, not refused."""
    return "x-schemathesis-unknown-property" not in (case.headers or {})
