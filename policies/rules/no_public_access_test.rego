package waymark.rules.no_public_access_test

import data.waymark.examples
import data.waymark.rules.no_public_access

found(question) := fields if {
	fields := examples.fields(no_public_access.findings) with input as question
		with data.settings as examples.settings
}

test_asked if {
	found(examples.asked({"publicAccess": false})) == set()
	every name in ["publicAccess", "publiclyAccessible", "publicEndpoint"] {
		found(examples.asked({name: true})) == {concat(".", ["parameters", name])}
	}
}

test_databases if {
	field := "aws_db_instance.main.publicly_accessible"
	found(examples.planned(examples.database_changes({}))) == set()
	found(examples.planned(examples.database_changes({"publicly_accessible": true}))) == {field}
	found(examples.planned(examples.database_changes({"publicly_accessible": null}))) == set()
	found(examples.planned([examples.made_with("aws_db_instance", {}, {"publicly_accessible": true})])) == {field}
}

test_buckets if {
	found(examples.planned(examples.bucket_changes)) == set()
	bare := examples.without(examples.bucket_changes, "aws_s3_bucket_public_access_block")
	found(examples.planned(bare)) == {"aws_s3_bucket.main"}
	half := examples.made("aws_s3_bucket_public_access_block", {"bucket": "orders", "block_public_acls": true})
	found(examples.planned(array.concat(bare, [half]))) == {"aws_s3_bucket.main"}
	open := examples.made("aws_s3_bucket_acl", {"bucket": "orders", "acl": "public-read"})
	found(examples.planned(array.concat(examples.bucket_changes, [open]))) == {"aws_s3_bucket_acl.main.acl"}
}

policy(statement) := examples.planned([examples.made("aws_s3_bucket_policy", {"policy": json.marshal({"Statement": [statement]})})])

test_policies if {
	field := {"aws_s3_bucket_policy.main.policy"}
	found(policy({"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject"})) == field
	found(policy({"Effect": "Allow", "Principal": {"AWS": ["*"]}, "Action": "s3:GetObject"})) == field
	found(policy({"Effect": "Allow", "NotPrincipal": {"AWS": "x"}, "Action": "s3:GetObject"})) == field
	found(policy({"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::1:root"}, "Action": "s3:GetObject"})) == set()
	found(policy({"Effect": "Deny", "Principal": "*", "Action": "s3:*"})) == set()
}

cluster(settings) := examples.planned([examples.made("aws_eks_cluster", {"vpc_config": [settings]})])

test_clusters if {
	field := {"aws_eks_cluster.main.vpc_config"}
	found(cluster({"endpoint_public_access": false})) == set()
	found(cluster({"endpoint_public_access": true, "public_access_cidrs": ["203.0.113.7/32"]})) == set()
	found(cluster({"endpoint_public_access": true, "public_access_cidrs": ["0.0.0.0/0"]})) == field
	found(cluster({"endpoint_public_access": true, "public_access_cidrs": []})) == field
	found(cluster({"endpoint_public_access": true})) == field
	found(cluster({})) == field
}

test_functions if {
	url := "aws_lambda_function_url"
	found(examples.planned([examples.made(url, {"authorization_type": "AWS_IAM"})])) == set()
	found(examples.planned([examples.made(url, {"authorization_type": "NONE"})])) == {"aws_lambda_function_url.main.authorization_type"}
	permission := "aws_lambda_permission"
	found(examples.planned([examples.made(permission, {"principal": "events.amazonaws.com"})])) == set()
	found(examples.planned([examples.made(permission, {"principal": "*"})])) == {"aws_lambda_permission.main.principal"}
	found(examples.planned([examples.made_with(permission, {}, {"principal": true})])) == {"aws_lambda_permission.main.principal"}
}
