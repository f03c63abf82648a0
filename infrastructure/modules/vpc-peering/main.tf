locals {
  full_name = "${var.name}-${var.environment}"
}

data "aws_vpc" "this" {
  tags = { "waymark-network" = var.environment }
}

data "aws_route_tables" "private" {
  vpc_id = data.aws_vpc.this.id
  tags   = { "waymark-tier" = "private" }
}

resource "aws_vpc_peering_connection" "this" {
  vpc_id        = data.aws_vpc.this.id
  peer_vpc_id   = var.peer_vpc_id
  peer_owner_id = var.peer_account
  peer_region   = var.peer_region
  # The other side accepts where it is another account or region.
  auto_accept = var.peer_account == null && var.peer_region == null
  tags        = var.tags
}

resource "aws_route" "to_peer" {
  for_each = toset(data.aws_route_tables.private.ids)

  route_table_id            = each.value
  destination_cidr_block    = var.peer_cidr
  vpc_peering_connection_id = aws_vpc_peering_connection.this.id
}
