# METADATA
# title: Network isolation
# description: >-
#   A resource that only its own services can reach stays out of reach when
#   something else is broken into.
# custom:
#   what: >-
#     Parameters `allowedCidrs`, `peerCidr` and `peerAccount`. In a plan: nothing is
#     let in from outside of private networks or at every port, databases and caches
#     have subnets, networks are joined with approved accounts, and functions that
#     work with sensitive data are inside the network.
#   remedy: >-
#     Allow the addresses, or better the security groups, of the services that need
#     it; put it into a subnet of the team's network; join networks only with accounts
#     that the platform team has approved.
package waymark.rules.network_isolation

about := rego.metadata.chain()[1].annotations

import data.waymark.asked
import data.waymark.network
import data.waymark.terraform
import data.waymark.words

findings contains {"field": field, "message": message} if {
	asked.stays
	some name in ["allowedCidrs", "peerCidr"]
	some cidr in terraform.many(asked.parameter(name))
	not network.private(cidr)
	field := concat(".", ["parameters", name])
	message := concat(" ", [words.shown(cidr), "is not an address of a private network"])
}

findings contains {"field": "parameters.peerAccount", "message": message} if {
	asked.stays
	account := asked.parameter("peerAccount")
	not account in data.settings.network.peerAccounts
	message := concat(" ", ["Account", words.shown(account), "is not one that networks may be joined with"])
}

findings contains {"field": terraform.at(resource, "peer_owner_id"), "message": message} if {
	some resource in terraform.of_type("aws_vpc_peering_connection")
	not own_or_approved(resource)
	message := concat(" ", ["peer_owner_id", terraform.state(resource, "peer_owner_id")])
}

# Without an account it is one's own.
own_or_approved(peering) if {
	not terraform.not_known(peering, "peer_owner_id")
	not terraform.value(peering, "peer_owner_id")
}

own_or_approved(peering) if terraform.value(peering, "peer_owner_id") in data.settings.network.peerAccounts

# A protocol that is not said or not known may be every one.
every_port(rule, attribute) := object.get(rule, attribute, "-1") in {"-1", "all"}

# Whatever opens a door from outside: what it is called, and the addresses it lets in.
doors contains {"field": terraform.at(resource, "ingress"), "cidr": cidr, "all": every_port(rule, "protocol")} if {
	some resource in terraform.of_type("aws_security_group")
	some rule in resource.after.ingress
	some attribute in ["cidr_blocks", "ipv6_cidr_blocks"]
	some cidr in rule[attribute]
}

doors contains {"field": terraform.at(resource, attribute), "cidr": cidr, "all": every_port(resource.after, "protocol")} if {
	some resource in terraform.of_type("aws_security_group_rule")
	not terraform.is(resource, "type", "egress")
	some attribute in ["cidr_blocks", "ipv6_cidr_blocks"]
	some cidr in resource.after[attribute]
}

doors contains {"field": terraform.at(resource, attribute), "cidr": cidr, "all": every_port(resource.after, "ip_protocol")} if {
	some resource in terraform.of_type("aws_vpc_security_group_ingress_rule")
	some attribute in ["cidr_ipv4", "cidr_ipv6"]
	cidr := terraform.value(resource, attribute)
}

findings contains {"field": door.field, "message": message} if {
	some door in doors
	not network.private(door.cidr)
	message := concat(" ", [words.shown(door.cidr), "is let in, and is not a private network"])
}

findings contains {"field": door.field, "message": message} if {
	some door in doors
	door.all
	message := concat(" ", [words.shown(door.cidr), "is let in at every port"])
}

findings contains {"field": terraform.at(resource, attribute), "message": concat(" ", [attribute, "is not known before it is applied"])} if {
	some type, attributes in {
		"aws_security_group": ["ingress"],
		"aws_security_group_rule": ["cidr_blocks", "ipv6_cidr_blocks"],
		"aws_vpc_security_group_ingress_rule": ["cidr_ipv4", "cidr_ipv6"],
	}
	some resource in terraform.of_type(type)
	some attribute in attributes
	unknown_door(resource, attribute)
}

unknown_door(resource, attribute) if terraform.not_known(resource, attribute)

unknown_door(resource, attribute) if {
	some block in resource.unknown[attribute]
	block == true
}

unknown_door(resource, "ingress") if {
	some rule in resource.unknown.ingress
	some attribute in ["cidr_blocks", "ipv6_cidr_blocks"]
	walk(rule[attribute], [_, true])
}

# Without a subnet group it lands in the account's default network.
findings contains {"field": terraform.at(resource, attribute), "message": concat(" ", [attribute, terraform.state(resource, attribute)])} if {
	some type, attribute in {
		"aws_db_instance": "db_subnet_group_name",
		"aws_rds_cluster": "db_subnet_group_name",
		"aws_elasticache_replication_group": "subnet_group_name",
	}
	some resource in terraform.of_type(type)
	not terraform.value(resource, attribute)
	not replica(resource)
}

# A replica is where its source is.
replica(resource) if terraform.value(resource, "replicate_source_db")

replica(resource) if terraform.value(resource, "global_replication_group_id")

findings contains {"field": terraform.at(resource, "vpc_config"), "message": message} if {
	input.dataClass in data.settings.network.functionsInside
	some resource in terraform.of_type("aws_lambda_function")
	not inside(resource)
	message := concat("", ["A function that works with ", input.dataClass, " data would run outside the network"])
}

inside(function) if count(function.after.vpc_config[_].subnet_ids) > 0

# Subnets that are made with it are not known yet, and are subnets all the same.
inside(function) if {
	some block in function.unknown.vpc_config
	block.subnet_ids == true
}
