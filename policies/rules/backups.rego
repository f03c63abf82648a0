# METADATA
# title: Backups in production
# description: >-
#   People delete the wrong row and software has errors. What production knows has
#   to be there again the same day.
# custom:
#   what: >-
#     In production, parameters `backups`, `backupDays` and `versioning`. In a plan:
#     how long databases and caches keep backups, versions in buckets, backups of file
#     systems.
#   remedy: >-
#     Switch backups on and keep them at least as long as the settings say: seven
#     days where nobody changed it.
package waymark.rules.backups

about := rego.metadata.chain()[1].annotations

import data.waymark.asked
import data.waymark.terraform
import data.waymark.words

needed if {
	asked.stays
	asked.production
}

findings contains {"field": "parameters.backups", "message": "Production would have no backups"} if {
	needed
	asked.parameter("backups") == false
}

findings contains {"field": "parameters.backupDays", "message": short(days)} if {
	needed
	days := asked.parameter("backupDays")
	not long_enough(days)
}

findings contains {"field": "parameters.versioning", "message": "Production would keep no earlier versions"} if {
	needed
	asked.parameter("versioning") == false
}

short(days) := concat("", [
	words.shown(days), " is less than the ",
	words.shown(data.settings.backups.keptDays), " days that production needs",
])

long_enough(days) if {
	is_number(days)
	days >= data.settings.backups.keptDays
}

kept_long_enough(resource, attribute) if long_enough(terraform.value(resource, attribute))

kept := {
	"aws_db_instance": "backup_retention_period",
	"aws_rds_cluster": "backup_retention_period",
	"aws_elasticache_replication_group": "snapshot_retention_limit",
}

findings contains {"field": terraform.at(resource, attribute), "message": message} if {
	needed
	some type, attribute in kept
	some resource in terraform.of_type(type)
	not kept_long_enough(resource, attribute)
	message := concat(" ", [attribute, terraform.state(resource, attribute)])
}

findings contains {"field": resource.address, "message": "The bucket would keep no earlier versions"} if {
	needed
	some resource in terraform.of_type("aws_s3_bucket")
	not versioned(resource)
}

versioned(bucket) if {
	some companion in terraform.companions(bucket, "aws_s3_bucket_versioning", "bucket")
	companion.after.versioning_configuration[_].status == "Enabled"
}

findings contains {"field": resource.address, "message": "The file system would have no backups"} if {
	needed
	some resource in terraform.of_type("aws_efs_file_system")
	not backed_up(resource)
}

backed_up(file_system) if {
	some companion in terraform.companions(file_system, "aws_efs_backup_policy", "file_system_id")
	companion.after.backup_policy[_].status == "ENABLED"
}
