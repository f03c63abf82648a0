package waymark.rules.keeps_data_test

import data.waymark.examples
import data.waymark.rules.keeps_data

found(question) := fields if {
	fields := examples.fields(keeps_data.findings) with input as question
		with data.settings as examples.settings
}

change(actions) := object.union(
	examples.planned([object.union(examples.made("aws_db_instance", examples.database), {"change": {"actions": actions}})]),
	{"kind": "update"},
)

test_an_update_that_deletes if {
	found(change(["update"])) == set()
	found(change(["no-op"])) == set()
	found(change(["delete", "create"])) == {"aws_db_instance.main"}
	found(change(["create", "delete"])) == {"aws_db_instance.main"}
	found(change(["delete"])) == {"aws_db_instance.main"}
}

test_an_end_that_deletes if {
	found(object.union(change(["delete"]), {"kind": "destroy"})) == set()
}
