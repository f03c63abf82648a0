package waymark.rules.approved_engines_test

import data.waymark.examples
import data.waymark.rules.approved_engines

found(question) := fields if {
	fields := examples.fields(approved_engines.findings) with input as question
		with data.settings as examples.settings
}

test_asked if {
	found(examples.asked({"engine": "postgres", "engineVersion": "17"})) == set()
	found(examples.asked({"engine": "postgres", "engineVersion": "17.2"})) == set()
	found(examples.asked({"engine": "postgres", "engineVersion": "170"})) == {"parameters.engineVersion"}
	found(examples.asked({"engine": "postgres", "engineVersion": "12"})) == {"parameters.engineVersion"}
	found(examples.asked({"engine": "oracle-ee", "engineVersion": "19"})) == {"parameters.engine", "parameters.engineVersion"}
	found(examples.asked({"kubernetesVersion": "1.29"})) == {"parameters.kubernetesVersion"}
	found(examples.asked({"runtime": "nodejs16.x"})) == {"parameters.runtime"}
}

test_planned if {
	found(examples.planned(examples.database_changes({}))) == set()
	found(examples.planned(examples.database_changes({"engine_version": "12.4"}))) == {"aws_db_instance.main.engine_version"}
	found(examples.planned(examples.database_changes({"engine": null}))) == {"aws_db_instance.main.engine"}
	found(examples.planned(examples.database_changes({"engine": null, "replicate_source_db": "other"}))) == set()
	unknown := examples.made_with("aws_db_instance", {"engine": "postgres"}, {"engine_version": true})
	found(examples.planned([unknown])) == {"aws_db_instance.main.engine_version"}
	found(examples.planned([examples.made("aws_eks_cluster", {"version": "1.34"})])) == set()
	found(examples.planned([examples.made("aws_eks_cluster", {})])) == {"aws_eks_cluster.main.version"}
	found(examples.planned([examples.made("aws_lambda_function", {"runtime": "nodejs16.x"})])) == {"aws_lambda_function.main.runtime"}
	found(examples.planned([examples.made("aws_lambda_function", {"package_type": "Image"})])) == set()
}
