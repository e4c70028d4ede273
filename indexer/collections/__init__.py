"""What a publication is."""
