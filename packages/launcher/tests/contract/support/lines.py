"""Schemathesis knows text, and not that lines of JSON are sent as text."""

import schemathesis

schemathesis.serializer.alias("application/x-ndjson", "text/plain")
