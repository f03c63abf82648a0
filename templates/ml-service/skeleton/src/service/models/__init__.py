"""Models, their cards, and where they are kept."""
