environment = "production"
issuer      = "https://login.production.example.com"
keys_url    = "https://login.production.example.com/.well-known/jwks.json"

# The team's address for tickets. Without one, or without the secret PAGE_URL for
# pages, production is refused: docs/on-call.md.
# ticket_email = "…"
