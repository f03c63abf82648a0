# METADATA
# title: Approved sizes
# description: >-
#   Sizes beyond what is usual are where bills come from, and are often chosen by
#   mistake.
# custom:
#   what: >-
#     Parameters `size`, `nodeSize`, `storageGb` and `memoryMb`. In a plan: classes of
#     instances, types of nodes, storage and memory.
#   remedy: >-
#     Choose a smaller size. Where the load was measured and asks for more, ask for an
#     exception and put the figures into the reason.
package waymark.rules.approved_sizes

about := rego.metadata.chain()[1].annotations

import data.waymark.asked
import data.waymark.terraform
import data.waymark.words

approved := asked.for_environment(data.settings.sizes)

covered(size) if {
	some pattern in approved.instances
	words.fits(size, pattern)
}

findings contains {"field": field, "message": message} if {
	asked.stays
	some name in ["size", "nodeSize"]
	size := asked.parameter(name)
	not covered(size)
	field := concat(".", ["parameters", name])
	message := concat(" ", ["Size", words.shown(size), "is not one of those for", input.environment])
}

limits := {"storageGb": approved.storageGb, "memoryMb": approved.memoryMb}

findings contains {"field": field, "message": message} if {
	asked.stays
	some name, limit in limits
	wanted := asked.parameter(name)
	not within(wanted, limit)
	field := concat(".", ["parameters", name])
	message := concat("", [words.shown(wanted), " is more than the ", words.shown(limit), " that ", input.environment, " may have"])
}

within(wanted, limit) if {
	is_number(wanted)
	wanted <= limit
}

classes := {
	"aws_db_instance": "instance_class",
	"aws_rds_cluster_instance": "instance_class",
	"aws_elasticache_replication_group": "node_type",
}

findings contains {"field": terraform.at(resource, attribute), "message": message} if {
	some type, attribute in classes
	some resource in terraform.of_type(type)
	not covered_value(resource, attribute)
	message := concat(" ", [attribute, terraform.state(resource, attribute)])
}

covered_value(resource, attribute) if covered(terraform.value(resource, attribute))

# Aurora grows its instances by itself, between bounds that stand on the cluster.
covered_value(resource, "instance_class") if terraform.value(resource, "instance_class") == "db.serverless"

findings contains {"field": terraform.at(resource, "instance_types"), "message": message} if {
	some resource in terraform.of_type("aws_eks_node_group")
	not covered_nodes(resource)
	message := concat(" ", ["instance_types", terraform.state(resource, "instance_types")])
}

covered_nodes(group) if {
	every type in terraform.value(group, "instance_types") {
		covered(type)
	}
}

amounts := {
	"aws_db_instance": {"allocated_storage": approved.storageGb, "max_allocated_storage": approved.storageGb},
	"aws_lambda_function": {"memory_size": approved.memoryMb},
}

findings contains {"field": terraform.at(resource, attribute), "message": message} if {
	some type, attributes in amounts
	some resource in terraform.of_type(type)
	some attribute, limit in attributes
	not modest(resource, attribute, limit)
	message := concat(" ", [attribute, terraform.state(resource, attribute)])
}

# What is not set is AWS' own least.
modest(resource, attribute, _) if {
	not terraform.not_known(resource, attribute)
	not terraform.value(resource, attribute)
}

modest(resource, attribute, limit) if within(terraform.value(resource, attribute), limit)
