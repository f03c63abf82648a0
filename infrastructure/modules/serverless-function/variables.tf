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

variable "runtime" {
  description = "Language and version, as Lambda calls it."
  type        = string
  default     = "nodejs22.x"
}

variable "handler" {
  description = "What is called in the code."
  type        = string
  default     = "index.handler"
}

variable "code_bucket" {
  description = "Bucket that holds the archive with the code."
  type        = string
}

variable "code_key" {
  description = "Key of the archive."
  type        = string
}

variable "memory_mb" {
  description = "Memory in MB; the share of a processor grows with it."
  type        = number
  default     = 256

  validation {
    condition     = var.memory_mb >= 128 && var.memory_mb <= 10240
    error_message = "Memory is 128 to 10240 MB."
  }
}

variable "timeout_seconds" {
  description = "How long a call may take."
  type        = number
  default     = 30

  validation {
    condition     = var.timeout_seconds >= 1 && var.timeout_seconds <= 900
    error_message = "A call may take 1 to 900 seconds."
  }
}

variable "concurrency" {
  description = "How many calls may run at once."
  type        = number
  default     = 10

  validation {
    condition     = var.concurrency >= 1
    error_message = "At least one call must be able to run."
  }
}
