"""sign_ins"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Without a batch: that would copy a table and drop it, and much refers to people.
    op.add_column("person", sa.Column("passphrase_hash", sa.String(200), nullable=True))
    op.add_column("page_session", sa.Column("device", sa.String(60), nullable=False, server_default=""))
    op.add_column("page_session", sa.Column("shared", sa.Boolean(), nullable=False, server_default=sa.false()))
    used = sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=False, server_default="1970-01-01 00:00:00")
    op.add_column("page_session", used)
    op.execute("UPDATE page_session SET last_used_at = created_at")
    # Not only chats guess any more.
    op.execute("ALTER TABLE guesses RENAME COLUMN chat TO key")


def downgrade() -> None:
    op.execute("ALTER TABLE guesses RENAME COLUMN key TO chat")
    op.drop_column("page_session", "last_used_at")
    op.drop_column("page_session", "shared")
    op.drop_column("page_session", "device")
    op.drop_column("person", "passphrase_hash")
