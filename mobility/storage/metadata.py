"""Where every package hangs its tables, and the rules that all of them keep.

Times are epoch seconds (BigInteger), days and times of day ISO texts, flags and states short texts: SQLite and
PostgreSQL then hold and give back the same values.
"""

from sqlalchemy import MetaData

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
METADATA = MetaData(naming_convention=NAMING)
