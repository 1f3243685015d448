"""Conversion between bytes, plain data and records: JSON text, shape, readers, migrations, JSON Schema."""
