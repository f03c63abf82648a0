package waymark.rules.encryption_in_transit_test

import data.waymark.examples
import data.waymark.rules.encryption_in_transit

found(question) := fields if {
	fields := examples.fields(encryption_in_transit.findings) with input as question
		with data.settings as examples.settings
}

test_asked if {
	found(examples.asked({"tls": true})) == set()
	found(examples.asked({"tls": false})) == {"parameters.tls"}
	found(examples.asked({"encryptedInTransit": false})) == {"parameters.encryptedInTransit"}
}

test_caches if {
	type := "aws_elasticache_replication_group"
	field := concat(".", [type, "main.transit_encryption_enabled"])
	found(examples.planned([examples.made(type, {"transit_encryption_enabled": true})])) == set()
	found(examples.planned([examples.made(type, {"transit_encryption_enabled": false})])) == {field}
	found(examples.planned([examples.made_with(type, {}, {"transit_encryption_enabled": true})])) == {field}
}

test_databases if {
	found(examples.planned(examples.database_changes({}))) == set()
	field := "aws_db_instance.main.parameter_group_name"
	found(examples.planned(examples.database_changes({"parameter_group_name": "default.postgres17"}))) == {field}
	found(examples.planned(examples.without(examples.database_changes({}), "aws_db_parameter_group"))) == {field}
	found(examples.planned(examples.database_changes({"engine": "aurora-postgresql", "parameter_group_name": "x"}))) == set()
}

test_buckets if {
	found(examples.planned(examples.bucket_changes)) == set()
	bare := examples.without(examples.bucket_changes, "aws_s3_bucket_policy")
	found(examples.planned(bare)) == {"aws_s3_bucket.main"}
	allowing := replace(examples.bucket_policy, "Deny", "Allow")
	found(examples.planned(array.concat(bare, [examples.made("aws_s3_bucket_policy", {"bucket": "orders", "policy": allowing})]))) == {"aws_s3_bucket.main"}
	unreadable := examples.made("aws_s3_bucket_policy", {"bucket": "orders", "policy": "{"})
	found(examples.planned(array.concat(bare, [unreadable]))) == {"aws_s3_bucket.main"}
	unknown := examples.made_with("aws_s3_bucket_policy", {"bucket": "orders"}, {"policy": true})
	found(examples.planned(array.concat(bare, [unknown]))) == {"aws_s3_bucket.main"}
}

test_file_systems if {
	file_system := examples.made("aws_efs_file_system", {"id": "fs-1"})
	policy := examples.made("aws_efs_file_system_policy", {"file_system_id": "fs-1", "policy": examples.file_system_policy})
	question := object.union(
		examples.planned([file_system, policy]),
		{"plan": {"configuration": {"root_module": {"resources": [{
			"type": "aws_efs_file_system_policy",
			"name": "main",
			"expressions": {"file_system_id": {"references": ["aws_efs_file_system.main.id", "aws_efs_file_system.main"]}},
		}]}}}},
	)
	found(question) == set()
	found(examples.planned([file_system])) == {"aws_efs_file_system.main"}
}
