# METADATA
# title: The data class is said
# description: >-
#   What is allowed depends on the data that a resource will hold: where it may be,
#   by which key it is encrypted, who has to approve.
# custom:
#   what: >-
#     The data class of the request.
#   remedy: >-
#     Say what data it will hold: public, internal, confidential or restricted. The
#     most sensitive record decides.
package waymark.rules.data_class

about := rego.metadata.chain()[1].annotations

findings contains {"field": "dataClass", "message": "It is not said what class of data it will hold"} if {
	data.waymark.asked.stays
	not input.dataClass
}
