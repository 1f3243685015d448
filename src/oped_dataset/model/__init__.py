"""The records of an annotated op-ed: their fields, the checks of single objects, and the queries of an article."""
