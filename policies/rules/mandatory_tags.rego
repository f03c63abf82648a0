# METADATA
# title: Mandatory tags
# description: >-
#   Without tags nobody knows whose a resource is, who pays for it, and whether it
#   is still needed.
# custom:
#   what: >-
#     The tags that the platform gives. In a plan: the tags of everything in AWS that
#     takes them.
#   remedy: >-
#     The platform puts the tags on. In a module, give `var.tags` to everything that
#     takes tags, best by `default_tags` of the provider.
package waymark.rules.mandatory_tags

about := rego.metadata.chain()[1].annotations

import data.waymark.asked
import data.waymark.terraform
import data.waymark.words

findings contains {"field": concat(".", ["tags", tag]), "message": concat(" ", ["Tag", tag, "is missing"])} if {
	asked.stays
	input.stage in {"plan", "resource"}
	some tag in data.settings.tags.required
	not said(input.tags, tag)
}

said(tags, tag) if {
	trim_space(tags[tag]) != ""
}

findings contains {"field": terraform.at(resource, "tags"), "message": message} if {
	some resource in terraform.resources
	taggable(resource)
	missing := [tag | some tag in data.settings.tags.required; not tagged(resource, tag)]
	count(missing) > 0
	message := concat(" ", ["Without", words.list(missing)])
}

taggable(resource) if {
	startswith(resource.type, "aws_")
	some attribute in ["tags", "tags_all"]
	has(resource, attribute)
}

has(resource, attribute) if attribute in object.keys(resource.after)

has(resource, attribute) if resource.unknown[attribute]

tagged(resource, tag) if {
	some attribute in ["tags", "tags_all"]
	said(resource.after[attribute], tag)
}
