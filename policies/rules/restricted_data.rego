# METADATA
# title: Restricted data asks the platform team
# description: >-
#   The platform team looks at every place where restricted data is kept, because it
#   has to show the list to auditors.
# custom:
#   what: >-
#     The data class.
#   remedy: >-
#     Nothing is to be done. A person of the platform team looks at the plan and
#     decides. It goes without, when no restricted data is in it.
package waymark.rules.restricted_data

about := rego.metadata.chain()[1].annotations

findings contains {"field": "dataClass", "message": "Restricted data would be kept in it"} if {
	data.waymark.asked.changes
	data.waymark.asked.stays
	input.dataClass == "restricted"
}
