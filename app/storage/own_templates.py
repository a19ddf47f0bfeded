"""A group's own templates of returns, as the text of their files."""

from app.storage.register import Register


def texts(register: Register) -> dict[str, str]:
    """Return the text of every template of the group's own, by its id."""
    rows = register.rows("SELECT template, definition FROM own_template ORDER BY template")
    return {row["template"]: row["definition"] for row in rows}


def text_of(register: Register, template_id: str) -> str | None:
    """Return the text of one template, or None."""
    found = register.value(
        "SELECT definition FROM own_template WHERE template = :template", {"template": template_id}
    )
    return None if found is None else str(found)


def keep(register: Register, template_id: str, text: str) -> int:
    """Keep a template under its id, in place of what stood there, inside a transaction."""
    values = {"template": template_id, "definition": text, "changed_at": register.stamp()}
    row_id = register.value(
        "SELECT id FROM own_template WHERE template = :template", {"template": template_id}
    )
    if row_id is None:
        row_id = register.new_id()
        register.insert("own_template", {"id": row_id, **values})
    else:
        register.update("own_template", int(row_id), values)
    return int(row_id)


def remove(register: Register, template_id: str) -> int:
    """Take a template away, inside a transaction; return how many there were."""
    return register.execute(
        "DELETE FROM own_template WHERE template = :template", {"template": template_id}
    )


def id_of_row(register: Register, row_id: int) -> str | None:
    """Return the id of the template in a row, or None."""
    found = register.value("SELECT template FROM own_template WHERE id = :id", {"id": row_id})
    return None if found is None else str(found)


def was_issued(register: Register, template_id: str, version: int) -> bool:
    """Say whether a return was issued on this version of a template."""
    return bool(
        register.value(
            "SELECT 1 FROM issued_return WHERE template = :template AND template_version = :version",
            {"template": template_id, "version": version},
        )
    )
