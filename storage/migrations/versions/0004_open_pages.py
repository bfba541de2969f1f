"""open_pages"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("chat_thread", sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True))
    # When a page was open was not written down before: it was at the least when its browser or its person was last
    # heard of. Otherwise everybody would be named as one who never came by.
    op.execute(
        "UPDATE chat_thread SET opened_at = ("
        " SELECT coalesce(max(page_session.last_used_at), account.last_used_at)"
        " FROM account LEFT JOIN page_session ON page_session.account_id = account.id"
        " WHERE account.id = chat_thread.account_id GROUP BY account.id, account.last_used_at"
        ")"
    )


def downgrade() -> None:
    op.drop_column("chat_thread", "opened_at")
