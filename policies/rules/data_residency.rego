# METADATA
# title: Residency by data class
# description: >-
#   Law and contracts say where personal and confidential data may be kept.
# custom:
#   what: >-
#     The same regions, against those that the data class may be in.
#   remedy: >-
#     Choose a region that is approved for this class of data, or keep such data out
#     of it and say another class.
package waymark.rules.data_residency

about := rego.metadata.chain()[1].annotations

import data.waymark.asked
import data.waymark.words

findings contains {"field": found.field, "message": message} if {
	asked.stays
	approved := data.settings.residency[input.dataClass]
	some found in asked.regions
	not found.region in approved
	message := concat("", [input.dataClass, " data may not be in ", words.shown(found.region), "; it may be in ", words.list(approved)])
}
