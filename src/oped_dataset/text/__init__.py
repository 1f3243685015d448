"""Everything that touches characters: normal form, alignment, fingerprints, units, search, attachment."""
