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

variable "backups" {
  description = "Whether AWS Backup keeps copies."
  type        = bool
  default     = true
}

variable "user_id" {
  description = "Number of the user and group that own the files."
  type        = number
  default     = 1000

  validation {
    condition     = var.user_id > 0
    error_message = "Files do not belong to root."
  }
}
