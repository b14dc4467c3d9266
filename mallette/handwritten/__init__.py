"""YAML files that people write: read with their lines, compared with a JSON Schema, their defects told in French."""
