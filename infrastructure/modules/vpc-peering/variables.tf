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

variable "peer_vpc_id" {
  description = "Id of the other network."
  type        = string

  validation {
    condition     = can(regex("^vpc-[0-9a-f]{8,17}$", var.peer_vpc_id))
    error_message = "The id of a VPC looks like vpc-0123456789abcdef0."
  }
}

variable "peer_cidr" {
  description = "Addresses of the other network."
  type        = string

  validation {
    condition     = can(cidrhost(var.peer_cidr, 0))
    error_message = "Give a range such as 10.30.0.0/16."
  }
}

variable "peer_account" {
  description = "Account of the other network; without it, it is the same."
  type        = string
  default     = null
}

variable "peer_region" {
  description = "Region of the other network; without it, it is the same."
  type        = string
  default     = null
}
