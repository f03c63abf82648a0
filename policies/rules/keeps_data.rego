# METADATA
# title: An update keeps the data
# description: >-
#   Some changes cannot be made in place: the plan then deletes what holds the data,
#   and makes it anew and empty.
# custom:
#   what: >-
#     In the plan of an update: whether something that holds data is deleted or
#     replaced.
#   remedy: >-
#     Look at the plan for what is deleted or replaced. When the data is needed, take
#     another way, such as a new resource beside the old one and a move of the data.
package waymark.rules.keeps_data

about := rego.metadata.chain()[1].annotations

holders := {
	"aws_db_instance",
	"aws_dynamodb_table",
	"aws_ebs_volume",
	"aws_efs_file_system",
	"aws_elasticache_replication_group",
	"aws_kms_key",
	"aws_rds_cluster",
	"aws_s3_bucket",
}

findings contains {"field": change.address, "message": concat(" ", [change.address, "would be deleted with its data"])} if {
	input.kind == "update"
	some change in input.plan.resource_changes
	change.type in holders
	"delete" in change.change.actions
}
