package waymark.rules.encryption_at_rest_test

import data.waymark.examples
import data.waymark.rules.encryption_at_rest

found(question) := fields if {
	fields := examples.fields(encryption_at_rest.findings) with input as question
		with data.settings as examples.settings
}

test_asked if {
	found(examples.asked({"encryption": "managed-key", "encrypted": true})) == set()
	found(examples.asked({"encryption": "none"})) == {"parameters.encryption"}
	found(examples.asked({"encrypted": false})) == {"parameters.encrypted"}
}

test_restricted_data_has_a_key_of_its_own if {
	found(object.union(examples.asked({"encryption": "managed-key"}), {"dataClass": "restricted"})) == {"parameters.encryption"}
	found(object.union(examples.asked({"encryption": "own-key"}), {"dataClass": "restricted"})) == set()
}

switches := {
	"aws_db_instance": "storage_encrypted",
	"aws_rds_cluster": "storage_encrypted",
	"aws_elasticache_replication_group": "at_rest_encryption_enabled",
	"aws_efs_file_system": "encrypted",
	"aws_ebs_volume": "encrypted",
}

test_switches if {
	every type, attribute in switches {
		field := concat(".", [type, "main", attribute])
		found(examples.planned([examples.made(type, {attribute: true})])) == set()
		found(examples.planned([examples.made(type, {attribute: false})])) == {field}
		found(examples.planned([examples.made(type, {})])) == {field}
		found(examples.planned([examples.made_with(type, {}, {attribute: true})])) == {field}
	}
}

test_buckets if {
	found(examples.planned(examples.bucket_changes)) == set()
	bare := examples.without(examples.bucket_changes, "aws_s3_bucket_server_side_encryption_configuration")
	found(examples.planned(bare)) == {"aws_s3_bucket.main"}
}

# The bucket's name is made by AWS: the configuration says what belongs to it.
linked(reference) := object.union(
	examples.planned([
		examples.made_with("aws_s3_bucket", {}, {"bucket": true}),
		examples.made_with(
			"aws_s3_bucket_server_side_encryption_configuration",
			{"rule": [{"apply_server_side_encryption_by_default": [{"sse_algorithm": "aws:kms"}]}]},
			{"bucket": true},
		),
	]),
	{"plan": {"configuration": {"root_module": {"resources": [{
		"type": "aws_s3_bucket_server_side_encryption_configuration",
		"name": "main",
		"expressions": {"bucket": {"references": [concat(".", [reference, "id"]), reference]}},
	}]}}}},
)

test_buckets_whose_names_are_not_known if {
	found(linked("aws_s3_bucket.main")) == set()
	found(linked("aws_s3_bucket.other")) == {"aws_s3_bucket.main"}
}

test_buckets_in_modules if {
	root := linked("aws_s3_bucket.main")
	changes := [moved |
		some change in root.plan.resource_changes
		moved := object.union(change, {"address": concat("", ["module.files[\"a\"].module.inner.", change.address])})
	]
	configuration := {"module_calls": {"files": {"module": {"module_calls": {"inner": {"module": root.plan.configuration.root_module}}}}}}
	inside := object.union(examples.planned(changes), {"plan": {"configuration": {"root_module": configuration}}})
	found(inside) == set()
	elsewhere := object.union(examples.planned(changes), {"plan": {"configuration": root.plan.configuration}})
	found(elsewhere) == {"module.files[\"a\"].module.inner.aws_s3_bucket.main"}
}

# One bucket and one configuration of encryption can only belong together; two buckets may not.
test_buckets_without_the_configuration_of_the_plan if {
	changes := linked("aws_s3_bucket.main").plan.resource_changes
	found(examples.planned(changes)) == set()
	second := object.union(changes[0], {"address": "aws_s3_bucket.other", "name": "other"})
	found(examples.planned(array.concat(changes, [second]))) == {"aws_s3_bucket.main", "aws_s3_bucket.other"}
	other := object.union(changes[1], {"address": concat("", ["module.a.", changes[1].address])})
	found(examples.planned([changes[0], other])) == {"aws_s3_bucket.main"}
}

test_clusters if {
	good := {"encryption_config": [{"resources": ["secrets"]}]}
	found(examples.planned([examples.made("aws_eks_cluster", good)])) == set()
	found(examples.planned([examples.made("aws_eks_cluster", {"encryption_config": []})])) == {"aws_eks_cluster.main.encryption_config"}
}

test_a_state_is_judged_as_a_plan_is if {
	inner := {"resources": [{
		"address": "module.a.aws_efs_file_system.main", "mode": "managed",
		"type": "aws_efs_file_system", "name": "main", "values": {"encrypted": false},
	}]}
	question := object.union(examples.request, {"stage": "resource", "plan": {"values": {"root_module": {"child_modules": [inner]}}}})
	found(question) == {"module.a.aws_efs_file_system.main.encrypted"}
}

test_what_is_removed_need_not_comply if {
	change := examples.made("aws_efs_file_system", {"encrypted": false})
	gone := object.union(change, {"change": {"actions": ["delete"], "after": null}})
	found(examples.planned([gone])) == set()
	found(object.union(examples.planned([change]), {"kind": "destroy"})) == set()
}
