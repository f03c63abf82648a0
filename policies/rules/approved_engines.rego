# METADATA
# title: Approved engines and versions
# description: >-
#   Old versions get no repairs any more, and every engine more is one more that
#   somebody has to know at night.
# custom:
#   what: >-
#     Parameters `engine` and `engineVersion`, `kubernetesVersion` and `runtime`. In a plan:
#     the engine and version of databases and caches, the version of clusters, the
#     runtime of functions.
#   remedy: >-
#     Choose one of the engines and versions that the platform team runs.
package waymark.rules.approved_engines

about := rego.metadata.chain()[1].annotations

import data.waymark.asked
import data.waymark.terraform
import data.waymark.words

approved(engine, version) if {
	some line in data.settings.engines[engine]
	words.of_line(version, line)
}

findings contains {"field": "parameters.engineVersion", "message": message} if {
	asked.stays
	engine := asked.parameter("engine")
	version := asked.parameter("engineVersion")
	not approved(engine, version)
	message := told(engine, version)
}

findings contains {"field": "parameters.engine", "message": concat(" ", [words.shown(engine), "is not an approved engine"])} if {
	asked.stays
	engine := asked.parameter("engine")
	not data.settings.engines[engine]
}

told(engine, version) := concat("", [
	words.shown(engine), " ", words.shown(version), " is not approved; approved are ",
	words.list(object.get(data.settings.engines, engine, [])),
])

findings contains {"field": "parameters.kubernetesVersion", "message": told("kubernetes", version)} if {
	asked.stays
	version := asked.parameter("kubernetesVersion")
	not approved("kubernetes", version)
}

findings contains {"field": "parameters.runtime", "message": told("lambda", runtime)} if {
	asked.stays
	runtime := asked.parameter("runtime")
	not approved("lambda", runtime)
}

approved_version(found) if approved(found.engine, terraform.value(found.resource, found.attribute))

# Engine and version by type; a version may stand alone where the engine is always the same.
versions contains {"resource": resource, "attribute": "engine_version", "engine": engine} if {
	some type in ["aws_db_instance", "aws_rds_cluster", "aws_elasticache_replication_group"]
	some resource in terraform.of_type(type)
	engine := terraform.value(resource, "engine")
}

versions contains {"resource": resource, "attribute": "version", "engine": "kubernetes"} if {
	some resource in terraform.of_type("aws_eks_cluster")
}

versions contains {"resource": resource, "attribute": "runtime", "engine": "lambda"} if {
	some resource in terraform.of_type("aws_lambda_function")
	not terraform.is(resource, "package_type", "Image")
}

findings contains {"field": terraform.at(found.resource, found.attribute), "message": message} if {
	some found in versions
	not approved_version(found)
	message := concat("", [
		words.shown(found.engine), ": ", found.attribute, " ", terraform.state(found.resource, found.attribute), "; approved are ",
		words.list(object.get(data.settings.engines, found.engine, [])),
	])
}

findings contains {"field": terraform.at(resource, "engine"), "message": concat(" ", ["engine", terraform.state(resource, "engine")])} if {
	some type in ["aws_db_instance", "aws_rds_cluster", "aws_elasticache_replication_group"]
	some resource in terraform.of_type(type)
	not terraform.value(resource, "engine")
	not copied(resource)
}

# A copy has the engine of what it is a copy of.
copied(resource) if terraform.value(resource, "replicate_source_db")

copied(resource) if terraform.value(resource, "global_replication_group_id")
