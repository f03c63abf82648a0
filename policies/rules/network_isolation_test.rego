package waymark.rules.network_isolation_test

import data.waymark.examples
import data.waymark.rules.network_isolation

found(question) := fields if {
	fields := examples.fields(network_isolation.findings) with input as question
		with data.settings as examples.settings
}

test_asked if {
	found(examples.asked({"allowedCidrs": ["10.1.0.0/16"], "peerCidr": "10.2.0.0/16", "peerAccount": "111122223333"})) == set()
	found(examples.asked({"allowedCidrs": ["10.1.0.0/16", "0.0.0.0/0"]})) == {"parameters.allowedCidrs"}
	found(examples.asked({"allowedCidrs": ["anywhere"]})) == {"parameters.allowedCidrs"}
	found(examples.asked({"peerCidr": "8.8.8.0/24"})) == {"parameters.peerCidr"}
	found(examples.asked({"peerAccount": "999999999999"})) == {"parameters.peerAccount"}
}

inline(rule) := examples.planned([examples.made("aws_security_group", {"ingress": [rule]})])

test_security_groups if {
	field := {"aws_security_group.main.ingress"}
	found(inline({"protocol": "tcp", "cidr_blocks": ["10.0.0.0/16"]})) == set()
	found(inline({"protocol": "tcp", "security_groups": ["sg-1"]})) == set()
	found(inline({"protocol": "tcp", "cidr_blocks": ["0.0.0.0/0"]})) == field
	found(inline({"protocol": "tcp", "ipv6_cidr_blocks": ["::/0"]})) == field
	found(inline({"protocol": "tcp", "ipv6_cidr_blocks": ["fd00:1::/32"]})) == set()
	found(inline({"protocol": "-1", "cidr_blocks": ["10.0.0.0/16"]})) == field
	found(examples.planned([examples.made_with("aws_security_group", {}, {"ingress": true})])) == field
	found(examples.planned([examples.made_with("aws_security_group", {"ingress": [{}]}, {"ingress": [{"cidr_blocks": [true]}]})])) == field
}

test_rules_of_their_own if {
	old := "aws_security_group_rule"
	found(examples.planned([examples.made(old, {"type": "ingress", "protocol": "tcp", "cidr_blocks": ["1.2.3.4/32"]})])) == {"aws_security_group_rule.main.cidr_blocks"}
	found(examples.planned([examples.made(old, {"type": "egress", "protocol": "-1", "cidr_blocks": ["0.0.0.0/0"]})])) == set()
	new := "aws_vpc_security_group_ingress_rule"
	found(examples.planned([examples.made(new, {"ip_protocol": "tcp", "cidr_ipv4": "10.0.0.0/8"})])) == set()
	found(examples.planned([examples.made(new, {"ip_protocol": "tcp", "cidr_ipv4": "0.0.0.0/0"})])) == {"aws_vpc_security_group_ingress_rule.main.cidr_ipv4"}
	found(examples.planned([examples.made_with(new, {"ip_protocol": "tcp"}, {"cidr_ipv6": true})])) == {"aws_vpc_security_group_ingress_rule.main.cidr_ipv6"}
}

test_peerings if {
	type := "aws_vpc_peering_connection"
	field := {"aws_vpc_peering_connection.main.peer_owner_id"}
	found(examples.planned([examples.made(type, {})])) == set()
	found(examples.planned([examples.made(type, {"peer_owner_id": "111122223333"})])) == set()
	found(examples.planned([examples.made(type, {"peer_owner_id": "1"})])) == field
	found(examples.planned([examples.made_with(type, {}, {"peer_owner_id": true})])) == field
}

test_subnets if {
	field := {"aws_db_instance.main.db_subnet_group_name"}
	found(examples.planned(examples.database_changes({}))) == set()
	found(examples.planned(examples.database_changes({"db_subnet_group_name": null}))) == field
	found(examples.planned(examples.database_changes({"db_subnet_group_name": null, "replicate_source_db": "other"}))) == set()
}

function(after, unknown) := object.union(
	examples.planned([examples.made_with("aws_lambda_function", after, unknown)]),
	{"dataClass": "restricted"},
)

test_functions if {
	field := {"aws_lambda_function.main.vpc_config"}
	found(function({"vpc_config": [{"subnet_ids": ["subnet-1"]}]}, {})) == set()
	found(function({"vpc_config": [{}]}, {"vpc_config": [{"subnet_ids": true}]})) == set()
	found(function({"vpc_config": []}, {})) == field
	found(examples.planned([examples.made("aws_lambda_function", {"vpc_config": []})])) == set()
}
