package waymark.rules.production_approval_test

import data.waymark.examples
import data.waymark.rules.production_approval

found(question) := fields if {
	fields := examples.fields(production_approval.findings) with input as question
		with data.settings as examples.settings
}

test_by_environment if {
	found(examples.request) == set()
	found(examples.asked_in("production", {})) == {"environment"}
}

test_whatever_is_done if {
	every kind in ["create", "update", "destroy"] {
		found(object.union(examples.asked_in("production", {}), {"kind": kind})) == {"environment"}
	}
}

test_nothing_is_asked_about_what_exists if {
	found(object.union(examples.asked_in("production", {}), {"stage": "resource"})) == set()
}
