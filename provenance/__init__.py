"""Who said it, in which language, via whom, and what changed on the way."""
