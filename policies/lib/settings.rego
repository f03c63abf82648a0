# METADATA
# title: Settings
# description: |-
#   Says what is wrong with the settings. A list that is missing would be a rule
#   that holds against nothing.
package waymark.settings

settings := data.settings if is_object(data.settings)

else := {}

lists := ["productionEnvironments", "regions", "ownKey", "reviewedTypes"]

problems contains concat(" ", [key, "is not a list of texts"]) if {
	some key in lists
	not texts(object.get(settings, key, null))
}

problems contains concat("", [parent, ".", key, " is not a list of texts"]) if {
	some parent, keys in {
		"tags": ["required"],
		"network": ["privateCidrs", "officeCidrs", "peerAccounts", "functionsInside"],
	}
	some key in keys
	not texts(object.get(section(parent), key, null))
}

problems contains concat("", [parent, ".", key, " is not a list of texts"]) if {
	some parent in ["residency", "engines"]
	some key, value in section(parent)
	not texts(value)
}

problems contains concat(" ", [key, "is not an object"]) if {
	some key in ["rules", "residency", "sizes", "engines", "tags", "backups", "network"]
	not is_object(object.get(settings, key, null))
}

problems contains "backups.keptDays is not a number" if not is_number(object.get(section("backups"), "keptDays", null))

problems contains "sizes.default is missing" if not section("sizes")["default"]

problems contains concat("", ["sizes.", key, " needs instances, storageGb and memoryMb"]) if {
	some key, sizes in section("sizes")
	not whole(sizes)
}

whole(sizes) if {
	texts(sizes.instances)
	is_number(sizes.storageGb)
	is_number(sizes.memoryMb)
}

texts(value) if {
	is_array(value)
	every text in value {
		is_string(text)
	}
}

section(key) := object.get(settings, key, {}) if is_object(object.get(settings, key, {}))

else := {}
