"""The database's versions, made one from another by Alembic in one transaction; there is no way back but a backup."""
