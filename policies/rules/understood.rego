# METADATA
# title: The question can be read
# description: >-
#   A rule that cannot read what it is asked about would find nothing against it.
#   What cannot be read is therefore refused.
# custom:
#   always: true
#   what: >-
#     Whether the question has all that rules read, whether Terraform's plan is whole,
#     and whether the settings are.
#   remedy: >-
#     This is no fault of the request. Tell the platform team, which looks at the
#     settings of policy and at whoever asked it.
package waymark.rules.understood

about := rego.metadata.chain()[1].annotations

findings contains {"field": field, "message": concat("", ["Policy was asked without ", field])} if {
	some field in ["now", "stage", "kind", "environment", "name", "owner", "parameters", "tags", "offering", "exceptions"]
	not input[field]
}

findings contains {"field": field, "message": concat("", [field, " is not what policy expects there"])} if {
	some field, expected in {
		"stage": {"request", "plan", "resource"},
		"kind": {"create", "update", "destroy"},
	}
	not input[field] in expected
}

findings contains {"field": "dataClass", "message": "dataClass is not what policy expects there"} if {
	input.dataClass
	not input.dataClass in {"public", "internal", "confidential", "restricted"}
}

findings contains {"field": field, "message": concat("", [field, " is not a text"])} if {
	some field in ["environment", "name", "owner"]
	not is_string(input[field])
}

findings contains {"field": field, "message": concat("", [field, " is not an object"])} if {
	some field in ["parameters", "tags", "offering"]
	not is_object(input[field])
}

findings contains {"field": "exceptions", "message": "exceptions is not a list"} if not is_array(input.exceptions)

findings contains {"field": "now", "message": "now is not a time in UTC"} if {
	not regex.match(`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$`, input.now)
}

has_changes if is_array(input.plan.resource_changes)

has_values if is_object(input.plan.values.root_module)

# Of what exists, its state is what they read.
findings contains {"field": "plan", "message": "There is no state to judge"} if {
	input.stage == "resource"
	input.offering.engine == "terraform"
	not has_values
}

# Terraform's plan is what its rules read.
findings contains {"field": "plan", "message": "There is no plan to judge"} if {
	input.stage == "plan"
	input.offering.engine == "terraform"
	not has_changes
}

findings contains {"field": "plan", "message": "Terraform could not plan all of it"} if input.plan.errored == true

findings contains {"field": "plan", "message": "Terraform put off a part of the plan"} if input.plan.complete == false

findings contains {"field": "plan", "message": "A change in the plan cannot be read"} if {
	some change in input.plan.resource_changes
	not readable(change)
}

readable(change) if {
	is_string(change.address)
	is_string(change.type)
	is_string(change.name)
	is_array(change.change.actions)
	outcome(change.change)
}

# What stays has values, and what goes has none.
outcome(change) if is_object(change.after)

outcome(change) if change.actions[_] in {"delete", "forget"}

outcome(change) if change.actions == ["read"]

# What policy is told to want has to be understood as well.
findings contains {"field": "settings", "message": problem} if some problem in data.waymark.settings.problems
