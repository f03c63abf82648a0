package waymark.rules.data_residency_test

import data.waymark.examples
import data.waymark.rules.data_residency

found(question) := fields if {
	fields := examples.fields(data_residency.findings) with input as question
		with data.settings as examples.settings
}

of_class(class, region) := object.union(examples.asked({"region": region}), {"dataClass": class})

test_by_class if {
	found(of_class("restricted", "eu-central-1")) == set()
	found(of_class("restricted", "us-east-1")) == {"parameters.region"}
	found(of_class("internal", "us-east-1")) == set()
}

test_in_a_plan if {
	plan := examples.planned(examples.database_changes({"region": "us-east-1"}))
	found(object.union(plan, {"dataClass": "restricted"})) == {"aws_db_instance.main.region"}
	found(plan) == set()
}
