package waymark.rules.restricted_data_test

import data.waymark.examples
import data.waymark.rules.restricted_data

found(question) := fields if {
	fields := examples.fields(restricted_data.findings) with input as question
		with data.settings as examples.settings
}

test_by_class if {
	found(examples.request) == set()
	found(object.union(examples.request, {"dataClass": "restricted"})) == {"dataClass"}
	found(object.union(examples.request, {"dataClass": "restricted", "kind": "destroy"})) == set()
}
