package waymark.rules.data_class_test

import data.waymark.examples
import data.waymark.rules.data_class

found(question) := fields if {
	fields := examples.fields(data_class.findings) with input as question
		with data.settings as examples.settings
}

test_said if found(examples.request) == set()

test_not_said if found(object.remove(examples.request, ["dataClass"])) == {"dataClass"}

test_removal_says_nothing if {
	found(object.union(object.remove(examples.request, ["dataClass"]), {"kind": "destroy"})) == set()
}
