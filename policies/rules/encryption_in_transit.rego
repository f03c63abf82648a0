# METADATA
# title: Encryption in transit
# description: >-
#   Whoever can listen on the way must not learn what is sent, nor change it.
# custom:
#   what: >-
#     Parameters `tls` and `encryptedInTransit`. In a plan: caches encrypt, the
#     parameter group of a database refuses what is not encrypted, and so does the
#     policy of each bucket and file system.
#   remedy: >-
#     Accept encrypted connections only: parameter rds.force_ssl or
#     require_secure_transport for databases, transit encryption for caches, and a
#     policy that denies aws:SecureTransport false for buckets and file systems.
package waymark.rules.encryption_in_transit

about := rego.metadata.chain()[1].annotations

import data.waymark.asked
import data.waymark.terraform

findings contains {"field": field, "message": "Connections would not be encrypted"} if {
	asked.stays
	some name in ["tls", "encryptedInTransit"]
	asked.parameter(name) == false
	field := concat(".", ["parameters", name])
}

findings contains {"field": terraform.at(resource, "transit_encryption_enabled"), "message": message} if {
	some resource in terraform.of_type("aws_elasticache_replication_group")
	not terraform.is(resource, "transit_encryption_enabled", true)
	message := concat(" ", ["transit_encryption_enabled", terraform.state(resource, "transit_encryption_enabled")])
}

# Where a database's parameters stand, and what its resource calls them.
databases := {
	"aws_db_instance": {"groups": "aws_db_parameter_group", "attribute": "parameter_group_name"},
	"aws_rds_cluster": {"groups": "aws_rds_cluster_parameter_group", "attribute": "db_cluster_parameter_group_name"},
}

findings contains {"field": terraform.at(resource, database.attribute), "message": "Connections without encryption would be accepted"} if {
	some type, database in databases
	some resource in terraform.of_type(type)
	not of_aurora(resource)
	not encrypted_connections(resource, database)
}

# Its cluster says it for all of its instances.
of_aurora(instance) if {
	instance.type == "aws_db_instance"
	startswith(terraform.value(instance, "engine"), "aurora")
}

encrypted_connections(resource, database) if {
	some group in terraform.of_type(database.groups)
	named(resource, database, group)
	some parameter in group.after.parameter
	enforces(parameter)
}

named(resource, database, group) if terraform.value(resource, database.attribute) == group.after.name

named(resource, database, group) if {
	resource.module == group.module
	some reference in terraform.references(resource, database.attribute)
	reference == concat(".", [group.type, group.name])
}

enforces(parameter) if {
	parameter.name == "rds.force_ssl"
	parameter.value == "1"
}

enforces(parameter) if {
	parameter.name == "require_secure_transport"
	parameter.value in {"1", "ON"}
}

guarded := {
	"aws_s3_bucket": {"policies": "aws_s3_bucket_policy", "attribute": "bucket"},
	"aws_efs_file_system": {"policies": "aws_efs_file_system_policy", "attribute": "file_system_id"},
}

findings contains {"field": resource.address, "message": "Nothing refuses connections without encryption"} if {
	some type, guard in guarded
	some resource in terraform.of_type(type)
	not refuses_plain(resource, guard)
}

refuses_plain(resource, guard) if {
	some companion in terraform.companions(resource, guard.policies, guard.attribute)
	some statement in terraform.many(terraform.document(terraform.value(companion, "policy")).Statement)
	statement.Effect == "Deny"
	everyone(statement.Principal)
	every_action(statement)
	statement.Condition.Bool["aws:SecureTransport"] in {"false", false}
	not statement.NotAction
	not statement.NotResource
}

everyone(principal) if principal == "*"

everyone(principal) if "*" in terraform.many(principal.AWS)

every_action(statement) if {
	some action in terraform.many(statement.Action)
	action in {"*", "s3:*", "elasticfilesystem:*"}
}
