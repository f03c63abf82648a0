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

variable "kubernetes_version" {
  description = "Version of Kubernetes."
  type        = string
  default     = "1.34"
}

variable "node_size" {
  description = "Class of the nodes."
  type        = string
  default     = "m7g.large"
}

variable "node_architecture" {
  description = "arm64 or x86_64; has to fit the class."
  type        = string
  default     = "arm64"

  validation {
    condition     = contains(["arm64", "x86_64"], var.node_architecture)
    error_message = "The architecture must be arm64 or x86_64."
  }
}

variable "min_nodes" {
  description = "Least number of nodes."
  type        = number
  default     = 2

  validation {
    condition     = var.min_nodes >= 1
    error_message = "There is at least one node."
  }
}

variable "max_nodes" {
  description = "Greatest number of nodes."
  type        = number
  default     = 4

  validation {
    condition     = var.max_nodes <= 50
    error_message = "There are at most 50 nodes."
  }
}
