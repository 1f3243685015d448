"""The records of an annotated op-ed: what one object may be, and the questions an article answers."""
