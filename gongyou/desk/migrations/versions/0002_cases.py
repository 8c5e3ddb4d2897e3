"""The whole life of a case: routing, priorities, sheets, attachments, notices, roles."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TIME = sa.DateTime(timezone=True)
STATUSES = "'opened', 'offered', 'accepted', 'answered', 'waiting', 'closed', 'withdrawn'"
RENAMED = {"open": "opened", "taken": "accepted"}


def upgrade() -> None:
    change_people()
    change_conversations()
    change_tickets()
    create_profiles()
    create_offers()
    create_sheets()
    create_attachments()
    create_notices()
    index_trail()


def change_people() -> None:
    with op.batch_alter_table("people") as people:
        people.drop_constraint("ck_people_role", type_="check")
        people.alter_column("role", type_=sa.String(16), existing_nullable=False)
        people.add_column(sa.Column("email", sa.Text(), nullable=True))
        people.add_column(
            sa.Column("regions", sa.JSON(), nullable=False, server_default='["000000"]')
        )
        people.add_column(sa.Column("employer", sa.Text(), nullable=True))
        people.add_column(
            sa.Column("on_duty", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        people.add_column(sa.Column("totp_secret", sa.Text(), nullable=True))
        people.add_column(sa.Column("totp_step", sa.Integer(), nullable=True))
        people.add_column(sa.Column("created_at", TIME, nullable=True))
        people.create_check_constraint(
            "ck_people_role", "role IN ('lawyer', 'officer', 'editor', 'auditor', 'admin')"
        )
    op.add_column("sign_ins", sa.Column("agent", sa.String(64), nullable=False, server_default=""))
    op.add_column(
        "sign_ins",
        sa.Column("needs_code", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    # Until now every officer had every call for a person: they stay on duty.
    op.execute("UPDATE people SET on_duty = true WHERE role = 'officer'")


def change_conversations() -> None:
    op.add_column("conversations", sa.Column("erased_at", TIME, nullable=True))


def change_tickets() -> None:
    empty = _encrypted_empty()
    op.drop_index("ix_tickets_person_id", "tickets")
    op.drop_index("ix_tickets_kind_status_created_at", "tickets")
    with op.batch_alter_table("tickets") as tickets:
        tickets.drop_constraint("ck_tickets_status", type_="check")
        tickets.alter_column("status", type_=sa.String(16), existing_nullable=False)
        tickets.alter_column("taken_at", new_column_name="accepted_at")
        tickets.add_column(sa.Column("sources", sa.Text(), nullable=True))
        tickets.add_column(sa.Column("conclusion", sa.Text(), nullable=True))
        tickets.add_column(sa.Column("employer", sa.Text(), nullable=True))
        tickets.add_column(sa.Column("employer_key", sa.String(64), nullable=True))
        tickets.add_column(
            sa.Column("employer_agreed", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        tickets.add_column(sa.Column("priority", sa.Integer(), nullable=False, server_default="3"))
        tickets.add_column(sa.Column("reasons", sa.JSON(), nullable=False, server_default="[]"))
        tickets.add_column(sa.Column("asked_at", TIME, nullable=True))
        tickets.add_column(sa.Column("due_at", TIME, nullable=True))
        tickets.add_column(sa.Column("warned_at", TIME, nullable=True))
        tickets.add_column(sa.Column("fell_at", TIME, nullable=True))
        tickets.add_column(sa.Column("deadline_on", sa.Date(), nullable=True))
        tickets.add_column(sa.Column("outcome", sa.String(32), nullable=True))
        tickets.add_column(sa.Column("closing_note", sa.Text(), nullable=True))
        tickets.add_column(sa.Column("transfer_note", sa.Text(), nullable=True))
    rows = sa.table(
        "tickets",
        *(sa.column(name) for name in ("status", "sources", "employer", "priority", "topic")),
    )
    for old, new in RENAMED.items():
        op.execute(rows.update().where(rows.c.status == old).values(status=new))
    op.execute(rows.update().values(sources=empty["json"], employer=empty["text"]))
    op.execute(rows.update().where(rows.c.topic == "crisis").values(priority=0))
    with op.batch_alter_table("tickets") as batch:
        batch.alter_column("sources", existing_type=sa.Text(), nullable=False)
        batch.alter_column("employer", existing_type=sa.Text(), nullable=False)
        batch.create_check_constraint("ck_tickets_status", f"status IN ({STATUSES})")
    op.create_index(
        "ix_tickets_kind_status_priority_id", "tickets", ["kind", "status", "priority", "id"]
    )
    op.create_index(
        "ix_tickets_person_id_status_priority_id",
        "tickets",
        ["person_id", "status", "priority", "id"],
    )
    op.create_index("ix_tickets_status_due_at", "tickets", ["status", "due_at"])


def _encrypted_empty() -> dict[str, str]:
    """An empty object and an empty text under the desk's own key."""
    from gongyou.desk.vault import vault_for

    vault = vault_for(op.get_bind().dialect)
    return {"json": vault.encrypt("{}"), "text": vault.encrypt("")}


def create_profiles() -> None:
    op.create_table(
        "lawyer_profiles",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("specialities", sa.JSON(), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.Column("load_limit", sa.Integer(), nullable=False),
        sa.Column("away_from", sa.Date(), nullable=True),
        sa.Column("away_until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("person_id", name="pk_lawyer_profiles"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_lawyer_profiles_person_id"),
    )
    op.create_table(
        "conflicts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conflicts"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_conflicts_person_id"),
    )
    op.create_index("ix_conflicts_person_id", "conflicts", ["person_id"])
    op.create_table(
        "invitations",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(8), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("used_at", TIME, nullable=True),
        sa.CheckConstraint("purpose IN ('join', 'reset')", name="ck_invitations_purpose"),
        sa.PrimaryKeyConstraint("hash", name="pk_invitations"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_invitations_person_id"),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name="fk_invitations_created_by"),
    )
    op.create_index("ix_invitations_person_id", "invitations", ["person_id"])


def create_offers() -> None:
    op.create_table(
        "offers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("offered_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("warned_at", TIME, nullable=True),
        sa.Column("settled_at", TIME, nullable=True),
        sa.Column("answer", sa.String(16), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("is_past", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "answer IN ('pending', 'accepted', 'declined', 'expired', 'cancelled', 'transferred')",
            name="ck_offers_answer",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_offers"),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name="fk_offers_ticket_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_offers_person_id"),
    )
    op.create_index("ix_offers_ticket_id", "offers", ["ticket_id"])
    op.create_index("ix_offers_person_id_answer", "offers", ["person_id", "answer"])
    op.create_index("ix_offers_person_id_offered_at", "offers", ["person_id", "offered_at"])
    op.create_index("ix_offers_answer_expires_at", "offers", ["answer", "expires_at"])
    pending = sa.text("answer = 'pending'")
    op.create_index(
        "uq_offers_pending",
        "offers",
        ["ticket_id"],
        unique=True,
        sqlite_where=pending,
        postgresql_where=pending,
    )


def create_sheets() -> None:
    op.create_table(
        "sheet_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(32), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("conclusion", sa.Text(), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sheet_versions"),
        sa.UniqueConstraint("ticket_id", "number", name="uq_sheet_versions_ticket_id_number"),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name="fk_sheet_versions_ticket_id"),
    )


def create_attachments() -> None:
    op.create_table(
        "attachments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media", sa.String(32), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("client_key", sa.String(64), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("removed_at", TIME, nullable=True),
        sa.CheckConstraint(
            "media IN ('image/jpeg', 'image/png', 'application/pdf')", name="ck_attachments_media"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_attachments"),
        sa.UniqueConstraint("ticket_id", "client_key", name="uq_attachments_ticket_id_client_key"),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name="fk_attachments_ticket_id"),
    )
    op.create_table(
        "attachment_contents",
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("attachment_id", name="pk_attachment_contents"),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name="fk_attachment_contents_attachment_id"
        ),
    )


def create_notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dedupe_key", sa.String(128), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", TIME, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("sent_at", TIME, nullable=True),
        sa.Column("error", sa.String(200), nullable=True),
        sa.CheckConstraint("channel IN ('email', 'robot')", name="ck_notices_channel"),
        sa.CheckConstraint(
            "state IN ('pending', 'sending', 'sent', 'failed', 'doubtful')",
            name="ck_notices_state",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.UniqueConstraint("dedupe_key", name="uq_notices_dedupe_key"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_notices_person_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notices_state_next_at", "notices", ["state", "next_at"])


def index_trail() -> None:
    for column in ("subject", "actor"):
        op.create_index(f"ix_audit_events_{column}_id", "audit_events", [column, "id"])
