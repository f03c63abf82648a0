package waymark.rules.backups_test

import data.waymark.examples
import data.waymark.rules.backups

found(question) := fields if {
	fields := examples.fields(backups.findings) with input as question
		with data.settings as examples.settings
}

test_asked if {
	found(examples.asked_in("production", {"backups": true, "backupDays": 7, "versioning": true})) == set()
	found(examples.asked_in("production", {"backups": false})) == {"parameters.backups"}
	found(examples.asked_in("production", {"backupDays": 6})) == {"parameters.backupDays"}
	found(examples.asked_in("production", {"backupDays": "many"})) == {"parameters.backupDays"}
	found(examples.asked_in("production", {"versioning": false})) == {"parameters.versioning"}
	found(examples.asked({"backups": false, "backupDays": 0})) == set()
}

test_planned if {
	found(examples.planned_in("production", examples.database_changes({}))) == set()
	short := examples.database_changes({"backup_retention_period": 1})
	found(examples.planned_in("production", short)) == {"aws_db_instance.main.backup_retention_period"}
	found(examples.planned(short)) == set()
	found(examples.planned_in("production", examples.bucket_changes)) == set()
	forgetful := examples.without(examples.bucket_changes, "aws_s3_bucket_versioning")
	found(examples.planned_in("production", forgetful)) == {"aws_s3_bucket.main"}
	file_system := examples.made("aws_efs_file_system", {})
	found(examples.planned_in("production", [file_system])) == {"aws_efs_file_system.main"}
}
