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

test_nothing_is_asked_about_what_exists if {
	found(object.union(object.union(examples.request, {"dataClass": "restricted"}), {"stage": "resource"})) == set()
}
