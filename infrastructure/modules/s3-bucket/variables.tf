variable "name" {
  description = "What it is called; lower case letters, digits and dashes."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,38}[a-z0-9]$", var.name))
    error_message = "The name must be 2 to 40 lower case letters, digits and dashes."
  }
}

variable "environment" {
  description = "Such as development, staging or production."
  type        = string
}

variable "tags" {
  description = "What the platform writes on everything that it makes."
  type        = map(string)
}

variable "bucket_suffix" {
  description = "Makes the name one of a kind in the world, such as the short name of the organisation."
  type        = string
  default     = "waymark"
}

variable "encryption" {
  description = "Whose key encrypts: own-key, managed-key, or none, which policy denies."
  type        = string
  default     = "own-key"

  validation {
    condition     = contains(["own-key", "managed-key", "none"], var.encryption)
    error_message = "The encryption must be own-key, managed-key or none."
  }
}

variable "versioning" {
  description = "Whether earlier versions are kept."
  type        = bool
  default     = true
}

variable "keep_versions_days" {
  description = "How long earlier versions are kept."
  type        = number
  default     = 90

  validation {
    condition     = var.keep_versions_days >= 1
    error_message = "Earlier versions are kept for at least a day."
  }
}

variable "public_access" {
  description = "Whether everybody may read; policy denies it without an exception."
  type        = bool
  default     = false
}
