"""The example: orders become revenue. Replace it with your own."""
