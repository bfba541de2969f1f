"""problems_by_helper"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_problem_helper_person_id"), "problem_helper", ["person_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_problem_helper_person_id"), "problem_helper")
