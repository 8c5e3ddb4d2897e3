"""Officers review, take over and teach: reviews and causes, kept answers, ratings.

Each function below is one part of it, called from `upgrade`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TIME = sa.DateTime(timezone=True)
KINDS = "'legal_aid', 'handoff', 'review'"
CAUSES = "'asked', 'unclear', 'low_confidence', 'rated_down', 'crisis', 'silent'"


def upgrade() -> None:
    change_tickets()
    create_answers()
    create_ratings()
    change_messages()
    create_read_marks()
    create_statistics()


def change_tickets() -> None:
    """Who called for a person is told by the topic that such tickets have had until now."""
    with op.batch_alter_table("tickets") as tickets:
        tickets.drop_constraint("ck_tickets_kind", type_="check")
        tickets.add_column(sa.Column("cause", sa.String(16), nullable=True))
        tickets.create_check_constraint("ck_tickets_kind", f"kind IN ({KINDS})")
        tickets.create_check_constraint("ck_tickets_cause", f"cause IN ({CAUSES})")
        tickets.create_index("ix_tickets_employer_key_id", ["employer_key", "id"])
    rows = sa.table("tickets", *(sa.column(name) for name in ("kind", "topic", "cause")))
    cause = sa.case({"crisis": "crisis", "unanswered": "silent"}, value=rows.c.topic, else_="asked")
    op.execute(rows.update().where(rows.c.kind == "handoff").values(cause=cause))


def create_answers() -> None:
    op.create_table(
        "answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(64), nullable=False),
        sa.Column("region", sa.String(6), nullable=False),
        sa.Column("total", sa.Text(), nullable=True),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("offered_at", TIME, nullable=True),
        sa.Column("settled_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_answers"),
        sa.UniqueConstraint("message_id", name="uq_answers_message_id"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_answers_conversation_id"
        ),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_answers_message_id"),
    )
    op.create_index("ix_answers_conversation_id", "answers", ["conversation_id"])
    op.create_table(
        "rule_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.String(160), nullable=False),
        sa.Column("content", sa.String(64), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rule_versions"),
        sa.UniqueConstraint("rule_id", "content", name="uq_rule_versions_rule_id_content"),
    )
    op.create_table(
        "answer_rules",
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("answer_id", "version_id", name="pk_answer_rules"),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name="fk_answer_rules_answer_id"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["rule_versions.id"], name="fk_answer_rules_version_id"
        ),
    )
    op.create_index("ix_answer_rules_version_id", "answer_rules", ["version_id"])


def create_ratings() -> None:
    op.create_table(
        "ratings",
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(8), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("changed_at", TIME, nullable=False),
        sa.CheckConstraint("verdict IN ('useful', 'unsolved')", name="ck_ratings_verdict"),
        sa.PrimaryKeyConstraint("answer_id", name="pk_ratings"),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name="fk_ratings_answer_id"),
    )
    op.create_index("ix_ratings_created_at", "ratings", ["created_at"])


def change_messages() -> None:
    """What a bot still said after a person had taken the chat is kept from the worker."""
    op.add_column(
        "messages",
        sa.Column("staff_only", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def create_read_marks() -> None:
    op.create_table(
        "read_marks",
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("side", sa.String(8), nullable=False),
        sa.Column("delivered", sa.Integer(), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.CheckConstraint("side IN ('worker', 'staff')", name="ck_read_marks_side"),
        sa.PrimaryKeyConstraint("conversation_id", "side", name="pk_read_marks"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_read_marks_conversation_id"
        ),
    )


def create_statistics() -> None:
    """Published weeks, their classes, the alerts and the reports made of them."""
    op.create_table(
        "weeks",
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("reported_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("monday", name="pk_weeks"),
    )
    op.create_table(
        "weekly_counts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("region", sa.String(6), nullable=False),
        sa.Column("park", sa.String(64), nullable=True),
        sa.Column("employer_key", sa.String(64), nullable=True),
        sa.Column("employer", sa.Text(), nullable=True),
        sa.Column("topic", sa.String(64), nullable=True),
        sa.Column("is_answered", sa.Boolean(), nullable=True),
        sa.Column("workers", sa.Integer(), nullable=False),
        sa.CheckConstraint("workers >= 5", name="ck_weekly_counts_workers"),
        sa.PrimaryKeyConstraint("id", name="pk_weekly_counts"),
        sa.ForeignKeyConstraint(["monday"], ["weeks.monday"], name="fk_weekly_counts_monday"),
    )
    op.create_index("ix_weekly_counts_monday_region", "weekly_counts", ["monday", "region"])
    op.create_index("ix_weekly_counts_employer_key", "weekly_counts", ["employer_key"])
    op.create_table(
        "alerts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("region", sa.String(6), nullable=False),
        sa.Column("subject", sa.String(16), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("why", sa.String(8), nullable=False),
        sa.Column("workers", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.CheckConstraint("subject IN ('employer', 'park', 'topic')", name="ck_alerts_subject"),
        sa.CheckConstraint("why IN ('many', 'rise')", name="ck_alerts_why"),
        sa.PrimaryKeyConstraint("id", name="pk_alerts"),
        sa.ForeignKeyConstraint(["monday"], ["weeks.monday"], name="fk_alerts_monday"),
    )
    op.create_index(
        "ix_alerts_cell", "alerts", ["monday", "region", "subject", "name"], unique=True
    )
    op.create_table(
        "kept_reports",
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("region", sa.String(6), nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("workbook", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("monday", "region", name="pk_kept_reports"),
        sa.ForeignKeyConstraint(["monday"], ["weeks.monday"], name="fk_kept_reports_monday"),
    )
