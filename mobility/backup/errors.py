"""What can go wrong with a backup. Told on a terminal alone; nothing of it is ever asked for over HTTP.

BackupError
├── UnsoundBackup   the file is none of Hent's, damaged, or of a newer version; nothing was touched
├── OtherSecret     personal data in it are sealed with a secret that is not at hand; nothing was touched
└── FolderInUse     something stands where it would be put; nothing was touched
"""


class BackupError(Exception):
    """`str()` is one English sentence."""


class UnsoundBackup(BackupError):
    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason}; nothing has changed")


class OtherSecret(BackupError):
    def __init__(self) -> None:
        super().__init__(
            "its personal data are sealed with a secret of the environment: set HENT_SECRET_KEY to the very one that "
            "the service had; nothing has changed"
        )


class FolderInUse(BackupError):
    """what: stands there already."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}; --force puts the backup in its place; nothing has changed")
