# METADATA
# title: Terraform
# description: |-
#   Reads `terraform show -json` of a plan or of a state. A value that is not
#   known before it is applied is never taken for a good one: rules say of it
#   that it is not known.
package waymark.terraform

# Everything that is there once the plan is applied.
resources contains {
	"address": change.address,
	"type": change.type,
	"name": change.name,
	"module": place.module,
	"index": place.index,
	"after": change.change.after,
	"unknown": object.get(change.change, "after_unknown", {}),
} if {
	data.waymark.asked.stays
	some change in input.plan.resource_changes
	managed(change)
	is_object(change.change.after)
	place := place_of(change)
}

# What is there now, when a state is judged instead of a plan.
resources contains {
	"address": resource.address,
	"type": resource.type,
	"name": resource.name,
	"module": place.module,
	"index": place.index,
	"after": resource.values,
	"unknown": {},
} if {
	data.waymark.asked.stays
	not input.plan.resource_changes
	walk(input.plan.values.root_module, [_, resource])
	managed(resource)
	is_object(resource.values)
	place := place_of(resource)
}

managed(resource) if object.get(resource, "mode", "managed") == "managed"

# In which module, and which of several: `module.a.aws_s3_bucket.main[0]`.
place_of(resource) := {"module": module, "index": parts[last]} if {
	local_name := concat(".", [resource.type, resource.name])
	parts := split(resource.address, local_name)
	last := count(parts) - 1
	module := trim_suffix(concat(local_name, array.slice(parts, 0, last)), ".")
}

# Put together once for all rules that ask.
by_type := {type: found |
	some type in {resource.type | some resource in resources}
	found := {resource | some resource in resources; resource.type == type}
}

of_type(type) := object.get(by_type, type, set())

# The field of a finding: where in the plan.
at(resource, attribute) := concat(".", [resource.address, attribute])

not_known(resource, attribute) if resource.unknown[attribute] == true

# An attribute's value; undefined when it is not set or not known.
value(resource, attribute) := found if {
	not not_known(resource, attribute)
	found := resource.after[attribute]
	found != null
}

# Whether an attribute has a value that is known. To be asked by `not`: a call
# inside of another expression would be taken out of the `not`, and one without
# an answer would then end the rule instead of holding against the resource.
is(resource, attribute, expected) if value(resource, attribute) == expected

# How an attribute is, in words.
state(resource, attribute) := "is not known before it is applied" if not_known(resource, attribute)

else := text if {
	text := concat(" ", ["is", data.waymark.words.shown(value(resource, attribute))])
}

else := "is not set"

# Resources of one type that say something about another, such as a bucket's policy.
companions(owner, type, attribute) := {companion |
	some companion in of_type(type)
	belongs(companion, owner, attribute)
}

belongs(companion, owner, attribute) if {
	named := value(companion, attribute)
	named == owner.after[attribute]
}

# The name is given by AWS: then the configuration says whom the companion refers to.
belongs(companion, owner, attribute) if {
	companion.module == owner.module
	companion.index == owner.index
	some reference in references(companion, attribute)
	reference == concat(".", [owner.type, owner.name])
}

# Where the plan comes without its configuration: the only one there is. What is
# not known can only be something that the plan makes.
belongs(companion, owner, attribute) if {
	not input.plan.configuration
	not_known(companion, attribute)
	companion.module == owner.module
	companion.index == owner.index
	alike := {resource | some resource in of_type(owner.type); resource.module == owner.module}
	count(alike) == 1
}

references(resource, attribute) := {reference |
	some configured in module_configuration(resource.module).resources
	configured.type == resource.type
	configured.name == resource.name
	some reference in configured.expressions[attribute].references
}

module_configuration(module) := found if {
	names := [match[1] | some match in regex.find_all_string_submatch_n(`module\.([^.\[]+)`, module, -1)]
	steps := [step | some name in names; some step in ["module_calls", name, "module"]]
	some path, found
	walk(input.plan.configuration.root_module, [path, found])
	path == steps
}

# A policy document as text, read.
document(text) := json.unmarshal(text) if json.is_valid(text)

# One or many, as AWS writes it, as a list.
many(one) := one if is_array(one)

else := [one]

# Regions by which resources, variables and providers say where they are.
regions contains {"field": at(resource, "region"), "region": region} if {
	some resource in resources
	startswith(resource.type, "aws_")
	region := value(resource, "region")
}

regions contains {"field": at(resource, "region"), "region": "not known before it is applied"} if {
	some resource in resources
	startswith(resource.type, "aws_")
	not_known(resource, "region")
	not provider_region
}

regions contains {"field": at(resource, "availability_zone"), "region": region} if {
	some resource in resources
	region := regex.find_all_string_submatch_n(`^([a-z]+(-[a-z]+)+-[0-9]+)[a-z]$`, value(resource, "availability_zone"), 1)[0][1]
}

regions contains {"field": field, "region": region} if {
	some name, region in provider_regions
	field := concat("", ["provider.", name, ".region"])
}

provider_region if count(provider_regions) > 0

provider_regions[key] := region if {
	some key, provider in input.plan.configuration.provider_config
	provider.name == "aws"
	region := provider_value(provider.expressions.region)
}

provider_value(expression) := region if {
	region := expression.constant_value
}

else := region if {
	region := input.plan.variables[trim_prefix(expression.references[0], "var.")].value
}

else := "not known before it is applied"
