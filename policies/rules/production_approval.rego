# METADATA
# title: Production asks for people
# description: >-
#   A change to production is seen by somebody besides the one who wants it.
# custom:
#   what: >-
#     The environment.
#   remedy: >-
#     Nothing is to be done. The lead of the group that owns it looks at the plan and
#     decides.
package waymark.rules.production_approval

about := rego.metadata.chain()[1].annotations

verbs := {"create": "made", "update": "changed", "destroy": "removed"}

findings contains {"field": "environment", "message": message} if {
	data.waymark.asked.changes
	data.waymark.asked.production
	message := concat("", ["Something in ", input.environment, " is ", verbs[input.kind]])
}
