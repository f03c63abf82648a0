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

variable "purpose" {
  description = "What it is for; shown beside each rule."
  type        = string

  validation {
    condition     = length(var.purpose) >= 5
    error_message = "Say what it is for."
  }
}

variable "port" {
  description = "The port that is opened."
  type        = number
  default     = 443

  validation {
    condition     = var.port >= 1 && var.port <= 65535
    error_message = "A port is 1 to 65535."
  }
}

variable "allowed_cidrs" {
  description = "Addresses that may reach it."
  type        = list(string)

  validation {
    condition     = length(var.allowed_cidrs) > 0 && alltrue([for cidr in var.allowed_cidrs : can(cidrhost(cidr, 0))])
    error_message = "Give at least one address range such as 10.20.0.0/16."
  }
}
