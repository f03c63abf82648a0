environment = "staging"
issuer      = "https://login.staging.example.com"
keys_url    = "https://login.staging.example.com/.well-known/jwks.json"
