# METADATA
# title: Networks
# description: Which addresses are one's own.
package waymark.network

# Only what can be read as addresses is taken for private: what cannot is the outside.
private(cidr) if {
	is_string(cidr)
	some own in data.settings.network.privateCidrs
	net.cidr_contains(own, cidr)
}

office(cidr) if {
	is_string(cidr)
	some own in data.settings.network.officeCidrs
	net.cidr_contains(own, cidr)
}
