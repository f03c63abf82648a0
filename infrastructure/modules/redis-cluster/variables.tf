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

variable "engine" {
  description = "redis or valkey."
  type        = string
  default     = "valkey"

  validation {
    condition     = contains(["redis", "valkey"], var.engine)
    error_message = "The engine must be redis or valkey."
  }
}

variable "engine_version" {
  description = "The line of versions, such as 8.0."
  type        = string
  default     = "8.0"
}

variable "size" {
  description = "Class of the nodes."
  type        = string
  default     = "cache.t4g.small"
}

variable "replicas" {
  description = "How many nodes stand by; with one or more, a node that fails is replaced."
  type        = number
  default     = 1

  validation {
    condition     = var.replicas >= 0 && var.replicas <= 5
    error_message = "There are 0 to 5 replicas."
  }
}

variable "eviction" {
  description = "What is thrown away when memory is full, as Redis calls it."
  type        = string
  default     = "allkeys-lru"
}

variable "backup_days" {
  description = "How long snapshots are kept, in days."
  type        = number
  default     = 7
}
