# METADATA
# title: The decision
# description: |-
#   Asks every rule, and gives what they found with the effect that the settings
#   want. The input is PolicyInput, the answer PolicyAnswer, both in
#   plugins/infrastructure-node.
package waymark.decision

# METADATA
# entrypoint: true
answer := {
	"revision": data.revision.digest,
	"results": [result | some result in results],
	"rules": [rule | some rule in judged],
}

# Who spoke, and who had nothing to say: what was not judged is not the same as what complies.
judged contains {"rule": replace(key, "_", "-"), "title": about.title} if {
	some key
	about := data.waymark.rules[key].about
}

results contains result if {
	some key
	some finding in data.waymark.rules[key].findings
	about := data.waymark.rules[key].about
	rule := replace(key, "_", "-")
	effect := effect_of(rule, about)
	result := object.union(
		{
			"rule": rule,
			"effect": effect,
			"field": finding.field,
			"message": message(finding, rule, effect),
			"reason": about.description,
			"remedy": object.get(finding, "remedy", about.custom.remedy),
		},
		object.union(people(rule, effect), granted(about, rule, effect)),
	)
}

people(rule, "approval") := {"approvers": object.get(data.settings.rules[rule], "approvers", ["ownerLead"])}

people(_, effect) := {} if effect != "approval"

# The exception that lets a finding be; it stays a finding.
granted(about, rule, "warn") := {"exception": {"number": exception.number, "until": exception.until}} if {
	not always_holds(about)
	exception := exceptions(rule)[0]
} else := {}

granted(_, _, effect) := {} if effect != "warn"

modes := {"deny", "approval", "warn"}

# What a rule does that the settings do not know, or know by a word that is none of the three.
default mode(_) := "deny"

mode(rule) := word if {
	word := data.settings.rules[rule].mode
	word in modes
}

mode(rule) := word if {
	by_environment := data.settings.rules[rule].mode
	is_object(by_environment)
	word := data.waymark.asked.for_environment(by_environment)
	word in modes
}

always_holds(about) if about.custom.always == true

effect_of(rule, about) := "deny" if always_holds(about)

else := "warn" if count(exceptions(rule)) > 0

else := mode(rule)

exceptions(rule) := [exception |
	some exception in input.exceptions
	exception.rule == rule
	is_string(exception.number)
	holds_until(exception.until)
]

# To the end of its day, when it is a day.
holds_until(day) if {
	regex.match(`^\d{4}-\d{2}-\d{2}$`, day)
	substring(input.now, 0, 10) <= day
}

holds_until(moment) if {
	regex.match(`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$`, moment)
	substring(input.now, 0, 19) < substring(moment, 0, 19)
}

message(finding, rule, effect) := concat("", [
	finding.message,
	". Exception ",
	exception.number,
	" lets it be until ",
	exception.until,
]) if {
	effect == "warn"
	exception := exceptions(rule)[0]
}

else := finding.message
