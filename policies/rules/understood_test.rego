package waymark.rules.understood_test

import data.waymark.examples
import data.waymark.rules.understood

found(question) := fields if {
	fields := examples.fields(understood.findings) with input as question
		with data.settings as examples.settings
}

spoilt(change) := object.union(examples.request, change)

test_what_can_be_read if {
	found(examples.request) == set()
	found(examples.planned(examples.bucket_changes)) == set()
	found(object.remove(examples.request, ["dataClass", "component"])) == set()
}

test_what_is_missing if {
	every field in ["now", "stage", "kind", "environment", "name", "owner", "parameters", "tags", "offering", "exceptions"] {
		field in found(object.remove(examples.request, [field]))
	}
}

test_what_has_another_form if {
	found(spoilt({"stage": "apply"})) == {"stage"}
	found(spoilt({"kind": "adopt"})) == {"kind"}
	found(spoilt({"dataClass": "secret"})) == {"dataClass"}
	found(spoilt({"now": "2026-11-23"})) == {"now"}
	found(spoilt({"now": "2026-11-23T10:00:00+01:00"})) == {"now"}
	found(spoilt({"parameters": "size=1"})) == {"parameters"}
	found(spoilt({"exceptions": {"rule": "all"}})) == {"exceptions"}
}

test_a_plan_that_is_not_there if {
	"plan" in found(spoilt({"stage": "plan"}))
	other := {"stage": "plan", "offering": {"engine": "postgres"}}
	found(spoilt(other)) == set()
}

test_a_state_that_is_not_there if {
	found(spoilt({"stage": "resource"})) == {"plan"}
	found(spoilt({"stage": "resource", "plan": {"values": {"root_module": {}}}})) == set()
	found(spoilt({"stage": "resource", "offering": {"engine": "postgres"}})) == set()
}

test_a_plan_that_is_not_whole if {
	found(spoilt({"plan": {"errored": true, "resource_changes": []}})) == {"plan"}
	found(spoilt({"plan": {"complete": false, "resource_changes": []}})) == {"plan"}
}

test_a_change_that_cannot_be_read if {
	found(examples.planned([{"address": "x"}])) == {"plan"}
	[change] := [c | some c in examples.bucket_changes; c.type == "aws_s3_bucket"]
	found(examples.planned([object.union(change, {"change": {"after": "redacted"}})])) == {"plan"}
	gone := {"actions": ["delete"], "after": null}
	found(examples.planned([object.union(change, {"change": gone})])) == set()
}
