package waymark.settings_test

import data.waymark.examples
import data.waymark.settings

problems(wanted) := found if {
	found := settings.problems with data.settings as wanted
}

test_the_settings_of_this_repository if settings.problems == set()

test_the_examples if problems(examples.settings) == set()

test_what_is_missing if {
	every key in object.keys(examples.settings) {
		count(problems(object.remove(examples.settings, [key]))) > 0
	}
	count(problems({})) > 10
	count(problems("none")) > 0
}

test_what_has_another_form if {
	every key in object.keys(examples.settings) {
		count(problems(object.union(examples.settings, {key: 7}))) > 0
	}
	problems(object.union(examples.settings, {"residency": {"restricted": "eu-central-1"}})) == {"residency.restricted is not a list of texts"}
	problems(object.union(examples.settings, {"sizes": {"production": {"storageGb": "all"}}})) == {"sizes.production needs instances, storageGb and memoryMb"}
	problems(object.union(examples.settings, {"regions": [1]})) == {"regions is not a list of texts"}
}
