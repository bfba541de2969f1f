"""several_processes"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "leader",
        sa.Column("of", sa.String(length=20), nullable=False),
        sa.Column("holder", sa.String(length=40), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("of", name=op.f("pk_leader")),
    )
    op.create_table(
        "messenger_pause",
        sa.Column("stream", sa.String(length=40), nullable=False),
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("stream", "platform", name=op.f("pk_messenger_pause")),
    )
    op.create_index("ix_delivery_waiting", "delivery", ["state", "lane", "not_before", "id"])


def downgrade() -> None:
    op.drop_index("ix_delivery_waiting", "delivery")
    op.drop_table("messenger_pause")
    op.drop_table("leader")
