# METADATA
# title: No public access
# description: >-
#   What the whole internet can reach is found within minutes, and one weak
#   password or one wrong grant is then enough.
# custom:
#   what: >-
#     Parameters `publicAccess`, `publiclyAccessible` and `publicEndpoint`. In a plan:
#     no public database, a block of public access for each bucket, no policy that
#     allows everybody, a private API for clusters, no function that anybody calls.
#   remedy: >-
#     Leave public access off, and reach the resource from inside the network, by a
#     private endpoint or through a gateway that knows who is calling. Where something
#     has to be public, ask for an exception with an end.
package waymark.rules.no_public_access

about := rego.metadata.chain()[1].annotations

import data.waymark.asked
import data.waymark.network
import data.waymark.terraform

findings contains {"field": field, "message": "It could be reached from the whole internet"} if {
	asked.stays
	some name in ["publicAccess", "publiclyAccessible", "publicEndpoint"]
	asked.parameter(name) == true
	field := concat(".", ["parameters", name])
}

# Off when nothing is said.
findings contains {"field": terraform.at(resource, "publicly_accessible"), "message": message} if {
	some type in ["aws_db_instance", "aws_rds_cluster_instance"]
	some resource in terraform.of_type(type)
	on_or_unknown(resource, "publicly_accessible")
	message := concat(" ", ["publicly_accessible", terraform.state(resource, "publicly_accessible")])
}

on_or_unknown(resource, attribute) if terraform.not_known(resource, attribute)

on_or_unknown(resource, attribute) if {
	setting := terraform.value(resource, attribute)
	setting != false
}

blocks := ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"]

findings contains {"field": resource.address, "message": "Nothing keeps the bucket from being opened to everybody"} if {
	some resource in terraform.of_type("aws_s3_bucket")
	not blocked(resource)
}

blocked(bucket) if {
	some companion in terraform.companions(bucket, "aws_s3_bucket_public_access_block", "bucket")
	every block in blocks {
		terraform.value(companion, block) == true
	}
}

findings contains {"field": terraform.at(resource, "acl"), "message": message} if {
	some type in ["aws_s3_bucket_acl", "aws_s3_bucket"]
	some resource in terraform.of_type(type)
	acl := terraform.value(resource, "acl")
	acl in {"public-read", "public-read-write", "authenticated-read", "website"}
	message := concat(" ", ["acl is", acl])
}

findings contains {"field": terraform.at(resource, "policy"), "message": "The policy allows everybody"} if {
	some type in ["aws_s3_bucket_policy", "aws_efs_file_system_policy", "aws_kms_key"]
	some resource in terraform.of_type(type)
	some statement in terraform.many(terraform.document(terraform.value(resource, "policy")).Statement)
	statement.Effect == "Allow"
	not statement.Condition
	everybody(statement)
}

everybody(statement) if statement.Principal == "*"

everybody(statement) if "*" in terraform.many(statement.Principal.AWS)

everybody(statement) if statement.NotPrincipal

findings contains {"field": terraform.at(resource, "vpc_config"), "message": "The cluster's API could be reached from the whole internet"} if {
	some resource in terraform.of_type("aws_eks_cluster")
	not private_api(resource)
}

private_api(cluster) if {
	some settings in cluster.after.vpc_config
	settings.endpoint_public_access == false
}

private_api(cluster) if {
	some settings in cluster.after.vpc_config
	count(settings.public_access_cidrs) > 0
	every cidr in settings.public_access_cidrs {
		network.office(cidr)
	}
}

findings contains {"field": terraform.at(resource, "authorization_type"), "message": "Anybody could call the function"} if {
	some resource in terraform.of_type("aws_lambda_function_url")
	not terraform.is(resource, "authorization_type", "AWS_IAM")
}

findings contains {"field": terraform.at(resource, "principal"), "message": message} if {
	some resource in terraform.of_type("aws_lambda_permission")
	not narrow(resource)
	message := concat(" ", ["principal", terraform.state(resource, "principal")])
}

narrow(permission) if {
	principal := terraform.value(permission, "principal")
	principal != "*"
}
