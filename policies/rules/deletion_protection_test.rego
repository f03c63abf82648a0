package waymark.rules.deletion_protection_test

import data.waymark.examples
import data.waymark.rules.deletion_protection

found(question) := fields if {
	fields := examples.fields(deletion_protection.findings) with input as question
		with data.settings as examples.settings
}

test_asked if {
	found(examples.asked_in("production", {"deletionProtection": true})) == set()
	found(examples.asked_in("production", {"deletionProtection": false})) == {"parameters.deletionProtection"}
	found(examples.asked({"deletionProtection": false})) == set()
}

test_planned if {
	found(examples.planned_in("production", examples.database_changes({}))) == set()
	found(examples.planned_in("production", examples.database_changes({"deletion_protection": false}))) == {"aws_db_instance.main.deletion_protection"}
	found(examples.planned_in("production", examples.database_changes({"skip_final_snapshot": true}))) == {"aws_db_instance.main.skip_final_snapshot"}
	found(examples.planned_in("production", examples.bucket_changes)) == set()
	burning := examples.made("aws_s3_bucket", {"force_destroy": true})
	found(examples.planned_in("production", [burning])) == {"aws_s3_bucket.main.force_destroy"}
	found(examples.planned([burning])) == set()
}
