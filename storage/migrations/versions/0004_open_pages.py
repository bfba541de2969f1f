"""open_pages"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("chat_thread", sa.Column("open_until", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("chat_thread", "open_until")
