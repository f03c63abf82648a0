package waymark.rules.approved_sizes_test

import data.waymark.examples
import data.waymark.rules.approved_sizes

found(question) := fields if {
	fields := examples.fields(approved_sizes.findings) with input as question
		with data.settings as examples.settings
}

test_asked if {
	found(examples.asked({"size": "db.t4g.medium", "storageGb": 100})) == set()
	found(examples.asked({"size": "db.r7g.16xlarge"})) == {"parameters.size"}
	found(examples.asked({"size": 4})) == {"parameters.size"}
	found(examples.asked({"nodeSize": "m7i.48xlarge"})) == {"parameters.nodeSize"}
	found(examples.asked({"storageGb": 101})) == {"parameters.storageGb"}
	found(examples.asked({"storageGb": "much"})) == {"parameters.storageGb"}
	found(examples.asked({"memoryMb": 2048})) == {"parameters.memoryMb"}
}

test_production_may_have_more if {
	found(examples.asked({"size": "db.m7g.large"})) == {"parameters.size"}
	found(examples.asked_in("production", {"size": "db.m7g.large", "storageGb": 1000})) == set()
}

test_planned if {
	found(examples.planned(examples.database_changes({}))) == set()
	found(examples.planned(examples.database_changes({"instance_class": "db.r7g.large"}))) == {"aws_db_instance.main.instance_class"}
	found(examples.planned(examples.database_changes({"allocated_storage": 5000}))) == {"aws_db_instance.main.allocated_storage"}
	found(examples.planned(examples.database_changes({"max_allocated_storage": 5000}))) == {"aws_db_instance.main.max_allocated_storage"}
	found(examples.planned([examples.made("aws_rds_cluster_instance", {"instance_class": "db.serverless"})])) == set()
	found(examples.planned([examples.made_with("aws_lambda_function", {}, {"memory_size": true})])) == {"aws_lambda_function.main.memory_size"}
}

test_nodes if {
	type := "aws_eks_node_group"
	field := {"aws_eks_node_group.main.instance_types"}
	found(examples.planned([examples.made(type, {"instance_types": ["t3.large"]})])) == set()
	found(examples.planned([examples.made(type, {"instance_types": ["t3.large", "p5.48xlarge"]})])) == field
	found(examples.planned([examples.made(type, {})])) == field
}
