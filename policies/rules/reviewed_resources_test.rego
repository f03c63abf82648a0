package waymark.rules.reviewed_resources_test

import data.waymark.examples
import data.waymark.rules.reviewed_resources

found(question) := fields if {
	fields := examples.fields(reviewed_resources.findings) with input as question
		with data.settings as examples.settings
}

test_by_type if {
	found(examples.planned(examples.bucket_changes)) == set()
	found(examples.planned([examples.made("terraform_data", {})])) == set()
	found(examples.planned([examples.made("aws_instance", {})])) == {"aws_instance.main"}
	found(examples.planned([examples.made("terraform_data_more", {})])) == {"terraform_data_more.main"}
}
