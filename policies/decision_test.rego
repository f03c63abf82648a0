package waymark.decision_test

import data.waymark.decision
import data.waymark.examples

decided(question, settings) := results if {
	results := decision.answer.results with input as question
		with data.settings as settings
		with data.revision as {"digest": "sha256:1"}
}

with_mode(rule, mode) := object.union(examples.settings, {"rules": {rule: {"mode": mode}}})

forbidden := examples.asked({"region": "mars-1"})

with_exception(until) := object.union(forbidden, {"exceptions": [{"rule": "approved-regions", "until": until, "number": "12"}]})

effects(question, settings) := {result.effect | some result in decided(question, settings)}

test_nothing_against_what_is_right if {
	decided(examples.request, examples.settings) == []
	decided(examples.planned(examples.bucket_changes), examples.settings) == []
	decided(examples.planned_in("production", examples.bucket_changes), object.union(
		examples.settings,
		{"rules": {"production-approval": {"mode": "warn"}}},
	))[0].rule == "production-approval"
}

test_a_result_says_rule_field_reason_and_remedy if {
	[result] := decided(forbidden, examples.settings)
	result.rule == "approved-regions"
	result.effect == "deny"
	result.field == "parameters.region"
	contains(result.message, "mars-1")
	count(result.reason) > 20
	count(result.remedy) > 20
	not result.approvers
}

test_revision_is_that_of_the_files if {
	answer := decision.answer with input as examples.request with data.settings as examples.settings with data.revision as {"digest": "sha256:1"}
	answer.revision == "sha256:1"
}

test_no_answer_without_a_revision if {
	not decision.answer with input as examples.request with data.settings as examples.settings with data.revision as {}
}

test_modes if {
	effects(forbidden, with_mode("approved-regions", "warn")) == {"warn"}
	effects(forbidden, with_mode("approved-regions", "approval")) == {"approval"}
	decided(forbidden, with_mode("approved-regions", "approval"))[0].approvers == ["ownerLead"]
}

test_mode_by_environment if {
	by_environment := {"staging": "warn", "default": "deny"}
	effects(forbidden, with_mode("approved-regions", by_environment)) == {"warn"}
	elsewhere := object.union(forbidden, {"environment": "development"})
	effects(elsewhere, with_mode("approved-regions", by_environment)) == {"deny"}
}

test_settings_that_are_wrong_deny if {
	effects(forbidden, with_mode("approved-regions", "alow")) == {"deny"}
	effects(forbidden, with_mode("approved-regions", {"staging": "off", "default": "warn"})) == {"deny"}
	effects(forbidden, object.union(examples.settings, {"rules": {}})) == {"deny"}
}

test_approvers_are_those_of_the_settings if {
	settings := object.union(examples.settings, {"rules": {"restricted-data": {"mode": "approval", "approvers": ["platformTeam"]}}})
	[result] := decided(object.union(examples.request, {"dataClass": "restricted"}), settings)
	result.rule == "restricted-data"
	result.approvers == ["platformTeam"]
}

test_an_exception_holds_to_its_end if {
	every until in ["2026-11-23", "2027-01-01", "2026-11-23T10:00:01Z", "2026-11-23T10:00:01.000Z"] {
		[result] := decided(with_exception(until), examples.settings)
		result.effect == "warn"
		contains(result.message, concat("", ["Exception 12 lets it be until ", until]))
		result.exception == {"number": "12", "until": until}
	}
}

test_an_exception_that_ended_or_cannot_be_read_does_not_hold if {
	every until in ["2026-11-22", "2026-11-23T10:00:00Z", "2026-11-23T09:59:59.999Z", "tomorrow", "2027", "2027-01-01T00:00:00+02:00", 9999] {
		effects(with_exception(until), examples.settings) == {"deny"}
	}
}

test_an_exception_is_for_one_rule if {
	question := object.union(forbidden, {"exceptions": [{"rule": "data-class", "until": "2027-01-01", "number": "12"}]})
	effects(question, examples.settings) == {"deny"}
}

test_an_unreadable_question_is_denied_whatever_is_said_of_it if {
	question := object.union(examples.request, {
		"stage": "later",
		"exceptions": [{"rule": "understood", "until": "2027-01-01", "number": "12"}],
	})
	effects(question, with_mode("understood", "warn")) == {"deny"}
	count(decided({}, examples.settings)) > 0
	effects({}, examples.settings) == {"deny"}
}

test_every_rule_says_what_it_is_about if {
	every _, rule in data.waymark.rules {
		described(rule)
	}
}

described(rule) if {
	rule.about.title
	rule.about.description
	rule.about.custom.remedy
}

# A package of tests, which lies beside the rules.
described(rule) if not rule.findings

test_every_rule_that_judged_is_named if {
	answer := decision.answer with input as examples.request with data.settings as examples.settings with data.revision as {"digest": "sha256:1"}
	names := {rule.rule | some rule in answer.rules}
	{"encryption-at-rest", "understood", "keeps-data"} - names == set()
	every rule in answer.rules {
		count(rule.title) > 5
	}
}
