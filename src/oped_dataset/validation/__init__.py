"""The rules between records, their codes, and the reports of what breaks them."""
