"""The rules between records, their problem codes, and reports."""
