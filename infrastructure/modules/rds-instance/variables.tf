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
  description = "postgres or mysql."
  type        = string
  default     = "postgres"

  validation {
    condition     = contains(["postgres", "mysql"], var.engine)
    error_message = "The engine must be postgres or mysql."
  }
}

variable "engine_version" {
  description = "The line of versions, such as 17; AWS takes the newest of it."
  type        = string
  default     = "17"
}

variable "size" {
  description = "Class of the instance."
  type        = string
  default     = "db.t4g.medium"
}

variable "storage_gb" {
  description = "Storage, in GB."
  type        = number
  default     = 20

  validation {
    condition     = var.storage_gb >= 20
    error_message = "The storage must be at least 20 GB."
  }
}

variable "high_availability" {
  description = "Whether a second server stands by in another zone."
  type        = bool
  default     = false
}

variable "backup_days" {
  description = "How long backups are kept, in days."
  type        = number
  default     = 7

  validation {
    condition     = var.backup_days >= 0 && var.backup_days <= 35
    error_message = "Backups are kept for 0 to 35 days."
  }
}

variable "deletion_protection" {
  description = "Whether AWS refuses to delete it."
  type        = bool
  default     = true
}

variable "public_access" {
  description = "Whether it has an address in the internet; policy denies it without an exception."
  type        = bool
  default     = false
}
