"""Remembers: the vault, tables, repositories, migrations and the audit trail."""
