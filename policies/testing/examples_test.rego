# METADATA
# title: Examples for tests
# description: Questions that no rule objects to, to be spoilt by tests one at a time.
package waymark.examples

# Apart from settings/data.yaml, so that editing it breaks no test.
settings := {
	"productionEnvironments": ["production"],
	"rules": {rule: {"mode": "deny"} | some rule in rules},
	"regions": ["eu-central-1", "us-east-1"],
	"residency": {"restricted": ["eu-central-1"]},
	"ownKey": ["restricted"],
	"sizes": {
		"default": {"instances": ["db.t4g.*", "cache.t4g.*", "t3.*"], "storageGb": 100, "memoryMb": 1024},
		"production": {"instances": ["db.t4g.*", "db.m7g.*", "cache.t4g.*", "t3.*"], "storageGb": 1000, "memoryMb": 4096},
	},
	"engines": {
		"postgres": ["16", "17"],
		"mysql": ["8.4"],
		"aurora-postgresql": ["16"],
		"redis": ["7"],
		"kubernetes": ["1.34"],
		"lambda": ["nodejs22.x"],
	},
	"tags": {"required": ["team", "environment"]},
	"backups": {"keptDays": 7},
	"network": {
		"privateCidrs": ["10.0.0.0/8", "fd00::/8"],
		"officeCidrs": ["203.0.113.0/24"],
		"peerAccounts": ["111122223333"],
		"functionsInside": ["restricted"],
	},
	"reviewedTypes": ["aws_s3_bucket*", "aws_db_*", "terraform_data"],
}

rules := [
	"approved-engines", "approved-regions", "approved-sizes", "backups", "data-class", "data-residency",
	"deletion-protection", "encryption-at-rest", "encryption-in-transit", "mandatory-tags",
	"network-isolation", "no-public-access",
]

tags := {"team": "ledger", "environment": "staging"}

request := {
	"stage": "request",
	"now": "2026-11-23T10:00:00.000Z",
	"kind": "create",
	"offering": {"name": "thing", "version": "1.0.0", "engine": "terraform", "resourceType": "database"},
	"name": "orders",
	"environment": "staging",
	"owner": "group:default/ledger",
	"requestedBy": "user:default/amara",
	"dataClass": "internal",
	"parameters": {},
	"tags": tags,
	"exceptions": [],
}

asked(parameters) := object.union(request, {"parameters": parameters})

asked_in(environment, parameters) := object.union(asked(parameters), {"environment": environment})

planned(changes) := object.union(request, {"stage": "plan", "plan": {"resource_changes": changes}})

planned_in(environment, changes) := object.union(planned(changes), {"environment": environment})

# A resource that a plan makes, called main.
made(type, after) := made_with(type, after, {})

made_with(type, after, unknown) := {
	"address": concat(".", [type, "main"]),
	"mode": "managed",
	"type": type,
	"name": "main",
	"change": {"actions": ["create"], "before": null, "after": after, "after_unknown": unknown},
}

fields(findings) := {finding.field | some finding in findings}

database := {
	"storage_encrypted": true,
	"publicly_accessible": false,
	"db_subnet_group_name": "ledger",
	"engine": "postgres",
	"engine_version": "17.2",
	"instance_class": "db.t4g.medium",
	"allocated_storage": 20,
	"parameter_group_name": "orders",
	"backup_retention_period": 7,
	"deletion_protection": true,
	"skip_final_snapshot": false,
	"region": "eu-central-1",
	"tags": tags,
}

database_changes(after) := [
	made("aws_db_instance", object.union(database, after)),
	made("aws_db_parameter_group", {
		"name": "orders", "tags": tags, "region": "eu-central-1",
		"parameter": [{"name": "rds.force_ssl", "value": "1"}],
	}),
]

bucket_policy := json.marshal({"Version": "2012-10-17", "Statement": [{
	"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
	"Condition": {"Bool": {"aws:SecureTransport": "false"}},
}]})

bucket_changes := [
	made("aws_s3_bucket", {"bucket": "orders", "force_destroy": false, "region": "eu-central-1", "tags": tags}),
	made("aws_s3_bucket_server_side_encryption_configuration", {
		"bucket": "orders",
		"rule": [{"apply_server_side_encryption_by_default": [{"sse_algorithm": "aws:kms"}]}],
	}),
	made("aws_s3_bucket_public_access_block", {
		"bucket": "orders", "block_public_acls": true, "block_public_policy": true,
		"ignore_public_acls": true, "restrict_public_buckets": true,
	}),
	made("aws_s3_bucket_policy", {"bucket": "orders", "policy": bucket_policy}),
	made("aws_s3_bucket_versioning", {"bucket": "orders", "versioning_configuration": [{"status": "Enabled"}]}),
]

# The bucket's changes without those of one type.
without(changes, type) := [change | some change in changes; change.type != type]

file_system_policy := json.marshal({"Statement": {
	"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "*", "Resource": "*",
	"Condition": {"Bool": {"aws:SecureTransport": "false"}},
}})
