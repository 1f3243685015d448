"""Everything that works on characters: normalised form, alignment, fingerprints, units, search, attachment."""
