"""Alembic's entry: runs in the connection that `migrations.upgrade` hands over."""

from alembic import context

from gongyou.desk.tables import metadata

# The caller's transaction holds all steps, so a failed one leaves nothing behind.
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
