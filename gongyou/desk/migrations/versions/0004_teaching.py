"""Officers teach the bot: corrected sentences and the training runs.

Each function below is one part of it, called from `upgrade`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TIME = sa.DateTime(timezone=True)
ROLES = "'lawyer', 'officer', 'editor', 'auditor', 'admin', 'hotline'"
KINDS = "'legal_aid', 'handoff', 'review', 'aid'"
RUN_KINDS = "'train', 'rollback', 'release'"
RUN_STATES = "'asked', 'running', 'promoted', 'refused', 'broken'"
CORRECTION_STATES = "'proposed', 'approved', 'rejected', 'withdrawn'"


def upgrade() -> None:
    create_corrections()
    create_training()
    add_care()
    create_aid_papers()
    add_hotline()
    create_union_links()
    create_review_tools()


def add_care() -> None:
    """Cases of distress are the care people's; of those there are, as far as their topic tells."""
    with op.batch_alter_table("people") as people:
        people.add_column(
            sa.Column("duties", sa.JSON(), nullable=False, server_default=sa.text("'[]'"))
        )
    with op.batch_alter_table("tickets") as tickets:
        tickets.drop_constraint("ck_tickets_kind", type_="check")
        tickets.add_column(
            sa.Column("is_care", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        tickets.create_check_constraint("ck_tickets_kind", f"kind IN ({KINDS})")
    rows = sa.table("tickets", *(sa.column(name) for name in ("topic", "cause", "is_care")))
    theirs = sa.or_(rows.c.cause == "crisis", rows.c.topic.in_(("crisis", "psychological")))
    op.execute(rows.update().where(theirs).values(is_care=sa.true()))
    op.create_index(
        "ix_tickets_care",
        "tickets",
        ["conversation_id"],
        postgresql_where=sa.text("is_care IS true"),
        sqlite_where=sa.text("is_care IS 1"),
    )


def create_aid_papers() -> None:
    op.create_table(
        "aid_papers",
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at_hand", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("changed_by", sa.String(32), nullable=False),
        sa.Column("changed_at", TIME, nullable=False),
        sa.CheckConstraint(
            "state IN ('missing', 'given', 'not_needed')", name="ck_aid_papers_state"
        ),
        sa.PrimaryKeyConstraint("ticket_id", "place", name="pk_aid_papers"),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name="fk_aid_papers_ticket_id"),
    )


def create_corrections() -> None:
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("was_topic", sa.String(64), nullable=True),
        sa.Column("topic", sa.String(64), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_at", TIME, nullable=False),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("settled_at", TIME, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(f"state IN ({CORRECTION_STATES})", name="ck_corrections_state"),
        sa.PrimaryKeyConstraint("id", name="pk_corrections"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_corrections_conversation_id"
        ),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_corrections_message_id"),
        sa.ForeignKeyConstraint(["proposed_by"], ["people.id"], name="fk_corrections_proposed_by"),
        sa.ForeignKeyConstraint(["settled_by"], ["people.id"], name="fk_corrections_settled_by"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_corrections_conversation_id", "corrections", ["conversation_id"])
    op.create_index("ix_corrections_message_id", "corrections", ["message_id"])
    op.create_index("ix_corrections_state_id", "corrections", ["state", "id"])


def create_training() -> None:
    """The runs, and which corrections each learns."""
    op.create_table(
        "training_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("started_at", TIME, nullable=True),
        sa.Column("ended_at", TIME, nullable=True),
        sa.Column("model", sa.String(64), nullable=True),
        sa.Column("base", sa.String(16), nullable=True),
        sa.Column("figures", sa.JSON(), nullable=True),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.CheckConstraint(f"kind IN ({RUN_KINDS})", name="ck_training_runs_kind"),
        sa.CheckConstraint(f"state IN ({RUN_STATES})", name="ck_training_runs_state"),
        sa.PrimaryKeyConstraint("id", name="pk_training_runs"),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name="fk_training_runs_asked_by"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_training_runs_state_id", "training_runs", ["state", "id"])
    op.create_table(
        "training_examples",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("correction_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "correction_id", name="pk_training_examples"),
        sa.ForeignKeyConstraint(
            ["run_id"], ["training_runs.id"], name="fk_training_examples_run_id"
        ),
        sa.ForeignKeyConstraint(
            ["correction_id"], ["corrections.id"], name="fk_training_examples_correction_id"
        ),
    )
    op.create_index("ix_training_examples_correction_id", "training_examples", ["correction_id"])


def add_hotline() -> None:
    """The clerks of the union's hotline, and the conversations they enter for callers."""
    with op.batch_alter_table("people") as people:
        people.drop_constraint("ck_people_role", type_="check")
        people.create_check_constraint("ck_people_role", f"role IN ({ROLES})")
    with op.batch_alter_table("conversations") as conversations:
        conversations.add_column(
            sa.Column("origin", sa.String(8), nullable=False, server_default="web")
        )
        conversations.add_column(sa.Column("opened_at", TIME, nullable=True))
        conversations.create_check_constraint(
            "ck_conversations_origin", "origin IN ('web', 'hotline')"
        )
    op.create_table(
        "hotline_calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(6), nullable=False),
        sa.Column("start_key", sa.String(64), nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("ended_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_hotline_calls"),
        sa.UniqueConstraint("conversation_id", name="uq_hotline_calls_conversation_id"),
        sa.UniqueConstraint("person_id", "start_key", name="uq_hotline_calls_person_id_start_key"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_hotline_calls_conversation_id"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_hotline_calls_person_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_hotline_calls_person_id_started_at", "hotline_calls", ["person_id", "started_at"]
    )


def create_union_links() -> None:
    """The unions' own pages for jobs and for joining."""
    op.create_table(
        "union_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("region", sa.String(6), nullable=False),
        sa.Column("title", sa.String(40), nullable=False),
        sa.Column("url", sa.String(300), nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.CheckConstraint("kind IN ('jobs', 'join')", name="ck_union_links_kind"),
        sa.PrimaryKeyConstraint("id", name="pk_union_links"),
        sa.UniqueConstraint("kind", "region", name="uq_union_links_kind_region"),
        sa.ForeignKeyConstraint(["updated_by"], ["people.id"], name="fk_union_links_updated_by"),
        sqlite_autoincrement=True,
    )


def create_review_tools() -> None:
    """Flags, tags, notes, cases for later, ready answers; the queue by cause."""
    ticket = ("ticket_id", "tickets.id")
    person = ("person_id", "people.id")

    def foreign(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
        return sa.ForeignKeyConstraint([column], [to], name=f"fk_{table}_{column}")

    op.create_table(
        "case_flags",
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("ticket_id", name="pk_case_flags"),
        foreign("case_flags", *ticket),
        foreign("case_flags", *person),
    )
    op.create_table(
        "tags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(24), nullable=False),
        sa.Column("folded", sa.String(48), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tags"),
        sa.UniqueConstraint("folded", name="uq_tags_folded"),
        foreign("tags", *person),
    )
    op.create_table(
        "case_tags",
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("ticket_id", "tag_id", name="pk_case_tags"),
        foreign("case_tags", *ticket),
        foreign("case_tags", "tag_id", "tags.id"),
        foreign("case_tags", *person),
    )
    op.create_index("ix_case_tags_tag_id_ticket_id", "case_tags", ["tag_id", "ticket_id"])
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("client_key", sa.String(64), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
        sa.UniqueConstraint("ticket_id", "client_key", name="uq_notes_ticket_id_client_key"),
        foreign("notes", *ticket),
        foreign("notes", *person),
    )
    op.create_table(
        "saved_cases",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("person_id", "ticket_id", name="pk_saved_cases"),
        foreign("saved_cases", *person),
        foreign("saved_cases", *ticket),
    )
    op.create_index("ix_saved_cases_ticket_id", "saved_cases", ["ticket_id"])
    op.create_table(
        "canned_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("client_key", sa.String(64), nullable=False),
        sa.Column("changed_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_canned_answers"),
        sa.UniqueConstraint("client_key", name="uq_canned_answers_client_key"),
        foreign("canned_answers", *person),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_tickets_cause_status_priority_id", "tickets", ["cause", "status", "priority", "id"]
    )
