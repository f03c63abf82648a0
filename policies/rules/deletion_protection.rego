# METADATA
# title: Deletion protection in production
# description: >-
#   One wrong plan must not be able to remove what production lives on.
# custom:
#   what: >-
#     In production, parameter `deletionProtection`. In a plan: deletion protection of
#     databases and clusters, the final snapshot, and that no bucket is emptied by its
#     deletion.
#   remedy: >-
#     Switch deletion protection on, and let a last snapshot be taken. To remove it
#     one day, an update switches it off first, and is approved for itself.
package waymark.rules.deletion_protection

about := rego.metadata.chain()[1].annotations

import data.waymark.asked
import data.waymark.terraform

needed if {
	asked.stays
	asked.production
}

findings contains {"field": "parameters.deletionProtection", "message": "Production could be deleted by one wrong plan"} if {
	needed
	asked.parameter("deletionProtection") == false
}

findings contains {"field": terraform.at(resource, "deletion_protection"), "message": message} if {
	needed
	some type in ["aws_db_instance", "aws_rds_cluster", "aws_eks_cluster"]
	some resource in terraform.of_type(type)
	not terraform.is(resource, "deletion_protection", true)
	message := concat(" ", ["deletion_protection", terraform.state(resource, "deletion_protection")])
}

# Those that take no snapshot unless they are told to, and the word for it.
findings contains {"field": terraform.at(resource, "skip_final_snapshot"), "message": "Nothing would be kept when it is deleted"} if {
	needed
	some type in ["aws_db_instance", "aws_rds_cluster"]
	some resource in terraform.of_type(type)
	not off(resource, "skip_final_snapshot")
}

findings contains {"field": terraform.at(resource, "force_destroy"), "message": "The bucket could be deleted with all that is in it"} if {
	needed
	some resource in terraform.of_type("aws_s3_bucket")
	not off(resource, "force_destroy")
}

off(resource, attribute) if {
	not terraform.not_known(resource, attribute)
	not terraform.value(resource, attribute)
}
