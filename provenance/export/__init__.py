"""What leaves the tool for other tools: one short file per format."""
