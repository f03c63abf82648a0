# METADATA
# title: Encryption at rest
# description: >-
#   A lost disk, a copied snapshot or a misplaced backup must be worthless to
#   whoever finds it.
# custom:
#   what: >-
#     Parameters `encryption` and `encrypted`. In a plan: databases, Aurora clusters,
#     caches, file systems and volumes have their switch on, each bucket has a
#     configuration of encryption, and a cluster encrypts its secrets.
#   remedy: >-
#     Switch encryption on. For restricted data, choose a key of your own, so that
#     the data is gone when the key is.
package waymark.rules.encryption_at_rest

about := rego.metadata.chain()[1].annotations

import data.waymark.asked
import data.waymark.terraform

findings contains {"field": "parameters.encryption", "message": "It would not be encrypted"} if {
	asked.stays
	asked.parameter("encryption") == "none"
}

findings contains {"field": "parameters.encrypted", "message": "It would not be encrypted"} if {
	asked.stays
	asked.parameter("encrypted") == false
}

findings contains {"field": "parameters.encryption", "message": message} if {
	asked.stays
	input.dataClass in data.settings.ownKey
	asked.parameter("encryption") == "managed-key"
	message := concat("", [input.dataClass, " data needs a key of one's own"])
}

switches := {
	"aws_db_instance": "storage_encrypted",
	"aws_rds_cluster": "storage_encrypted",
	"aws_elasticache_replication_group": "at_rest_encryption_enabled",
	"aws_efs_file_system": "encrypted",
	"aws_ebs_volume": "encrypted",
}

findings contains {"field": terraform.at(resource, attribute), "message": message} if {
	some type, attribute in switches
	some resource in terraform.of_type(type)
	not terraform.is(resource, attribute, true)
	message := concat(" ", [attribute, terraform.state(resource, attribute)])
}

findings contains {"field": resource.address, "message": "Nothing says how the bucket is encrypted"} if {
	some resource in terraform.of_type("aws_s3_bucket")
	not bucket_encrypted(resource)
}

bucket_encrypted(bucket) if {
	some companion in terraform.companions(bucket, "aws_s3_bucket_server_side_encryption_configuration", "bucket")
	some statement in companion.after.rule
	some default_ in statement.apply_server_side_encryption_by_default
	default_.sse_algorithm in {"aws:kms", "aws:kms:dsse", "AES256"}
}

findings contains {"field": terraform.at(resource, "encryption_config"), "message": "The cluster's secrets would not be encrypted by a key"} if {
	some resource in terraform.of_type("aws_eks_cluster")
	not secrets_encrypted(resource)
}

secrets_encrypted(cluster) if "secrets" in cluster.after.encryption_config[_].resources
