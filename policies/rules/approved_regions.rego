# METADATA
# title: Approved regions
# description: >-
#   Contracts, support and the network are there for some regions only.
# custom:
#   what: >-
#     Parameter `region`. In a plan: the regions of resources, of availability zones
#     and of the AWS provider.
#   remedy: >-
#     Choose one of the regions that the platform team runs.
package waymark.rules.approved_regions

about := rego.metadata.chain()[1].annotations

import data.waymark.asked
import data.waymark.words

findings contains {"field": found.field, "message": message} if {
	asked.stays
	some found in asked.regions
	not found.region in data.settings.regions
	message := concat("", ["Region ", words.shown(found.region), " is not approved; approved are ", words.list(data.settings.regions)])
}

# A plan for AWS that does not say where.
findings contains {"field": "plan", "message": "No region is said anywhere"} if {
	some resource in data.waymark.terraform.resources
	startswith(resource.type, "aws_")
	count(asked.regions) == 0
}
