# METADATA
# title: Words
# description: Text that is the same from every evaluator of Rego.
package waymark.words

# A value as a reader would write it. Texts that hold quotes or angle brackets
# become other JSON in WebAssembly than in OPA, and sprintf writes numbers in
# another way: so only simple values are written out.
shown(value) := value if is_string(value)

else := json.marshal(value) if not composed(value)

else := "a list" if is_array(value)

else := "an object"

composed(value) if is_array(value)

composed(value) if is_object(value)

# "a, b and c"
list(items) := "nothing" if count(items) == 0

else := shown(items[0]) if count(items) == 1

else := text if {
	last := count(items) - 1
	words := [shown(item) | some item in items]
	text := concat(" and ", [concat(", ", array.slice(words, 0, last)), words[last]])
}

# Whether a value is what a pattern says; an asterisk at its end stands for any rest.
fits(value, pattern) if value == pattern

fits(value, pattern) if {
	is_string(value)
	endswith(pattern, "*")
	startswith(value, trim_suffix(pattern, "*"))
}

# Whether a version is one of a line: 16.3 is of 16, and 160 is not.
of_line(version, line) if version == line

of_line(version, line) if {
	is_string(version)
	startswith(version, concat("", [line, "."]))
}
