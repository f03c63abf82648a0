"""The example: whether a parcel will arrive late."""
