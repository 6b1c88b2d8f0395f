"""What can be wrong with a value that the domain is asked for: each fault has a code, by which it is told in other
languages, and its English sentence, with the names of the values that stand in it. What can be wrong with a request
before that is in api/parse/value_faults.py. Each is named by the fault: what there is none of, or what is wrong."""

from __future__ import annotations

from enum import Enum, unique


class CodedFault(Enum):
    """Of the domain's faults and a request's alike."""

    @property
    def code(self) -> str:
        return self.name.lower()

    def told(self, **values: object) -> str:
        """In English."""
        text: str = self.value
        return text.format(**values)


@unique
class ValueFault(CodedFault):
    BEFORE_NOW = "lies before now"
    CLOCK_OUT_OF_PLACE = "goes with a trip that is moved, or with what may be cancelled"
    DAY_NOT_RUN = "the trip does not run on that day"
    EMPTY_OR_LONG = "has between 1 and {most} characters"
    FAR_AHEAD = "lies more than {days} days ahead"
    HEAPED_ACCENTS = "has more accents than letters bear"
    HIDDEN_CHARACTERS = "holds characters that nobody sees"
    IN_THE_PAST = "lies in the past"
    LONG_DETOUR = "and dropOff are farther out of the way than the driver and others accept"
    LONG_MESSAGE = "is more than {days} days after the beginning"
    LONG_TEXT = "has more than {most} characters"
    LONG_WAIT = "is longer than the driver waits"
    MANY_MESSAGES = "{most} messages are in force: one of them is to be taken back first"
    MANY_VEHICLES = "is so late that more than {most} vehicles would be shown"
    MIXED_DIGITS = "mixes digits of several scripts"
    MIXED_SCRIPTS = "mixes letters of several scripts"
    NOT_AFTER_BEGINNING = "is not after the beginning"
    NOT_ONE_SUBJECT = "one of trip, line and stop is needed"
    NOT_WEEKLY = "is of one day only"
    NO_CLOCK = "is no time of day, as in 09:30"
    NO_DAY_OF_OFFER = "is none on which this offer runs"
    NO_DAY_OF_TRIP = "is required with a trip"
    NO_EMAIL = "is no e-mail address"
    NO_EMAIL_DOMAIN = "has a domain that there cannot be"
    NO_MEETING_POINT = "has no meeting point near"
    NO_NICKNAME = "has letters or digits, and {most} characters at most"
    NO_PHONE = "is no telephone number"
    NO_ROAD = "cannot be reached by car from fromPlace"
    NO_TEXT = "is needed where no other kind fits"
    NO_WORD_OR_LONG = "has at least one word, and at most {most} characters"
    OTHERS_WAIT = "is longer than people who have a seat already would wait"
    OUTSIDE_TERRITORY = "and fromPlace, and all between them, lie outside the territory"
    SAME_MEETING_POINT = "is the same meeting point as fromPlace"
    SAME_MEETING_POINT_OR_NO_ROAD = "is the same meeting point as fromPlace, or cannot be reached by car from it"
    SAME_STOP = "is the same stop"
    STOP_OUT_OF_PLACE = "goes with a trip or a stop that is moved"
    YOUR_OWN = "is your own"
