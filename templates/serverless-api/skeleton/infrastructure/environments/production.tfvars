environment = "production"
issuer      = "https://login.production.example.com"
keys_url    = "https://login.production.example.com/.well-known/jwks.json"
