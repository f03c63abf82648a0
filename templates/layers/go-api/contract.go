// Package service holds the contract of this service.
package service

import _ "embed"

// Document is the API document. Routes and checks come from it, the tests hold
// answers against it, and it is served at /openapi.yaml.
//
//go:embed openapi.yaml
var Document []byte
