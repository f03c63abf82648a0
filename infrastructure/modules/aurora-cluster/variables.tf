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
  description = "aurora-postgresql or aurora-mysql."
  type        = string
  default     = "aurora-postgresql"

  validation {
    condition     = contains(["aurora-postgresql", "aurora-mysql"], var.engine)
    error_message = "The engine must be aurora-postgresql or aurora-mysql."
  }
}

variable "engine_version" {
  description = "The version, such as 17.5."
  type        = string
  default     = "17.5"
}

variable "min_capacity" {
  description = "Least capacity of each instance, in ACU of 2 GB."
  type        = number
  default     = 0.5
}

variable "max_capacity" {
  description = "Greatest capacity of each instance, in ACU of 2 GB."
  type        = number
  default     = 4

  validation {
    condition     = var.max_capacity >= 1 && var.max_capacity <= 128
    error_message = "The greatest capacity is 1 to 128 ACU."
  }
}

variable "readers" {
  description = "How many instances read only."
  type        = number
  default     = 1

  validation {
    condition     = var.readers >= 0 && var.readers <= 5
    error_message = "There are 0 to 5 readers."
  }
}

variable "backup_days" {
  description = "How long backups are kept, in days."
  type        = number
  default     = 7

  validation {
    condition     = var.backup_days >= 1 && var.backup_days <= 35
    error_message = "Backups are kept for 1 to 35 days."
  }
}

variable "deletion_protection" {
  description = "Whether AWS refuses to delete it."
  type        = bool
  default     = true
}
