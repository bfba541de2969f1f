"""pages_used_before"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # When a page was open was not written down before: it was at the least when its browser or its person was last
    # heard of. Otherwise everybody would be named as one who never came by.
    op.execute(
        "UPDATE chat_thread SET open_until = ("
        " SELECT coalesce(max(page_session.last_used_at), account.last_used_at)"
        " FROM account LEFT JOIN page_session ON page_session.account_id = account.id"
        " WHERE account.id = chat_thread.account_id GROUP BY account.id, account.last_used_at"
        ") WHERE open_until IS NULL"
    )


def downgrade() -> None:
    """What was known before cannot be told from what came since; the column goes with the step before."""
