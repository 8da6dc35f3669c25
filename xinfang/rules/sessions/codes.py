"""The closed lists of joint sessions."""

from enum import StrEnum


class GuestKind(StrEnum):
    """Who is asked to a session: somebody of the house, a petitioner of the matter, anybody else."""

    STAFF = "staff"
    PARTY = "party"
    OTHER = "other"


class Answer(StrEnum):
    """What somebody answered to an invitation. Not coming has no reason and no consequence."""

    WAITING = "waiting"
    COMING = "coming"
    NOT_COMING = "not_coming"
    OTHER_TIME = "other_time"


class Attendance(StrEnum):
    """Who was there (出席、请假、缺席、列席), written down by a person."""

    CAME = "came"
    EXCUSED = "excused"
    ABSENT = "absent"
    SAT_IN = "sat_in"


class Why(StrEnum):
    """Why a room or a person is not free."""

    BOOKED = "booked"
    ON_DUTY = "on_duty"
    RECEIVES = "receives"
