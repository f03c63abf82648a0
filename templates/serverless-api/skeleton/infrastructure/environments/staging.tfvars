environment = "staging"
issuer      = "https://login.staging.example.com"
keys_url    = "https://login.staging.example.com/.well-known/jwks.json"

# Who gets its tickets, where somebody should: docs/on-call.md.
# ticket_email = "…"
