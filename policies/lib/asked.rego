# METADATA
# title: What is asked for
# description: Reads a request as PolicyInput in plugins/infrastructure-node has it.
package waymark.asked

# What is to be removed need not comply any more.
stays if input.kind in {"create", "update"}

# Nobody has to be asked about what is there already.
changes if input.stage != "resource"

production if input.environment in data.settings.productionEnvironments

# The value of a parameter that is there and is not null.
parameter(name) := value if {
	value := input.parameters[name]
	value != null
}

# What holds in the environment asked for: its own words, or the default.
for_environment(choices) := choice if {
	choice := choices[input.environment]
}

else := choices.default

# Regions that are named anywhere, with the field that names them.
regions contains {"field": "parameters.region", "region": region} if {
	region := parameter("region")
}

regions contains found if {
	stays
	some found in data.waymark.terraform.regions
}
