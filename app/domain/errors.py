"""What the world did: errors with a sentence that says what happened and what to do."""


class AppError(Exception):
    """The environment's fault, told plainly; ``str(error)`` is the sentence for the user."""

    code = "app"

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class RegisterMissing(AppError):  # noqa: N818 - a state of the world, said as a person would
    """There is no register at that place."""

    code = "register_missing"


class RegisterExists(AppError):  # noqa: N818
    """A new register would have written over a file that is there."""

    code = "register_exists"


class RegisterLocked(AppError):  # noqa: N818
    """Another program or person has the register open."""

    code = "register_locked"


class NotARegister(AppError):  # noqa: N818
    """The file is not one of ours."""

    code = "not_a_register"


class NewerRegister(AppError):  # noqa: N818
    """The file was made by a newer program."""

    code = "newer_register"


class WrongPassword(AppError):  # noqa: N818
    """The password does not open the file, or the file is damaged: the two look the same."""

    code = "wrong_password"


class PasswordNeeded(AppError):  # noqa: N818
    """The register has a password and none was given."""

    code = "password_needed"


class DamagedRegister(AppError):  # noqa: N818
    """Part of the file cannot be read."""

    code = "damaged_register"


class DiskFull(AppError):  # noqa: N818
    """There is no room to save."""

    code = "disk_full"


class ReadOnly(AppError):  # noqa: N818
    """The file, folder or stick may not be written."""

    code = "read_only"


class RegisterGone(AppError):  # noqa: N818
    """The file was moved, deleted or pulled out while it was open."""

    code = "register_gone"


class DiskTrouble(AppError):  # noqa: N818
    """The disk or stick did not answer as it should."""

    code = "disk_trouble"


class FileUnreadable(AppError):  # noqa: N818
    """A file to import cannot be read."""

    code = "file_unreadable"


class QuestionOpen(AppError):  # noqa: N818
    """Something has to be answered before an import can go on."""

    code = "question_open"


class NotFound(AppError):  # noqa: N818
    """A named thing is not in the register or the program."""

    code = "not_found"


class Cancelled(AppError):  # noqa: N818
    """The user stopped a long piece of work."""

    code = "cancelled"


class TemplateFaulty(AppError):  # noqa: N818
    """A return's template cannot be used; the text names file and key."""

    code = "template_faulty"


class Refused(AppError):  # noqa: N818
    """A rule of the command or the register says no."""

    code = "refused"
