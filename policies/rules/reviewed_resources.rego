# METADATA
# title: Only what was reviewed
# description: >-
#   These rules judge the types of resources that they know. Another type could do
#   what they forbid, and nobody would see it.
# custom:
#   what: >-
#     In a plan: whether every type of resource is in `reviewedTypes`.
#   remedy: >-
#     Use the modules of this repository, or let the platform team look. It adds a
#     type to reviewedTypes in the settings once its rules know it.
package waymark.rules.reviewed_resources

about := rego.metadata.chain()[1].annotations

import data.waymark.terraform
import data.waymark.words

findings contains {"field": resource.address, "message": concat(" ", ["No rule knows", resource.type])} if {
	some resource in terraform.resources
	not reviewed(resource.type)
}

reviewed(type) if {
	some pattern in data.settings.reviewedTypes
	words.fits(type, pattern)
}
