"""dates_of_units"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("unit", sa.Column("founded_on", sa.Date(), nullable=True))
    op.add_column("unit", sa.Column("term_ends_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("unit", "term_ends_on")
    op.drop_column("unit", "founded_on")
