package waymark.rules.mandatory_tags_test

import data.waymark.examples
import data.waymark.rules.mandatory_tags

found(question) := fields if {
	fields := examples.fields(mandatory_tags.findings) with input as question
		with data.settings as examples.settings
}

test_of_the_request if {
	bare := object.union(object.remove(examples.request, ["tags"]), {"tags": {"team": " "}})
	found(bare) == set()
	found(object.union(bare, {"stage": "plan"})) == {"tags.team", "tags.environment"}
	found(object.union(examples.request, {"stage": "resource"})) == set()
}

test_of_resources if {
	field := {"aws_s3_bucket.main.tags"}
	found(examples.planned(examples.bucket_changes)) == set()
	found(examples.planned([examples.made("aws_s3_bucket", {"tags": {"team": "ledger"}})])) == field
	found(examples.planned([examples.made("aws_s3_bucket", {"tags": null, "tags_all": examples.tags})])) == set()
	found(examples.planned([examples.made_with("aws_s3_bucket", {}, {"tags_all": true})])) == field
	found(examples.planned([examples.made("aws_s3_bucket_policy", {})])) == set()
}
