package waymark.rules.approved_regions_test

import data.waymark.examples
import data.waymark.rules.approved_regions

found(question) := fields if {
	fields := examples.fields(approved_regions.findings) with input as question
		with data.settings as examples.settings
}

test_asked if {
	found(examples.asked({"region": "eu-central-1"})) == set()
	found(examples.asked({"region": "eu-north-1"})) == {"parameters.region"}
	found(examples.asked({"region": 7})) == {"parameters.region"}
}

test_resources_say_where_they_are if {
	found(examples.planned(examples.database_changes({}))) == set()
	found(examples.planned(examples.database_changes({"region": "eu-north-1"}))) == {"aws_db_instance.main.region"}
	found(examples.planned(examples.database_changes({"availability_zone": "eu-north-1b"}))) == {"aws_db_instance.main.availability_zone"}
	found(examples.planned([examples.made_with("aws_s3_bucket", {}, {"region": true})])) == {"aws_s3_bucket.main.region"}
}

provider(expression, variables) := object.union(
	examples.planned([examples.made("aws_s3_bucket", {})]),
	{"plan": {
		"variables": variables,
		"configuration": {"provider_config": {"aws": {"name": "aws", "expressions": {"region": expression}}}},
	}},
)

test_providers_say_where_their_resources_are if {
	found(provider({"constant_value": "us-east-1"}, {})) == set()
	found(provider({"constant_value": "eu-north-1"}, {})) == {"provider.aws.region"}
	found(provider({"references": ["var.region"]}, {"region": {"value": "us-east-1"}})) == set()
	found(provider({"references": ["var.region"]}, {"region": {"value": "eu-north-1"}})) == {"provider.aws.region"}
	found(provider({"references": ["local.region"]}, {})) == {"provider.aws.region"}
}

test_nothing_says_where if {
	found(examples.planned([examples.made("aws_s3_bucket", {})])) == {"plan"}
	found(examples.planned([examples.made("terraform_data", {})])) == set()
}
