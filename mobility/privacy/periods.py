"""How long what is kept, in seconds: the one place. Retention jobs delete by these numbers, notices are worded with
them, so that what is said is what is done."""

from __future__ import annotations

from mobility.clock import DAY_S

HOUR_S, MINUTE_S = 3600, 60
SIGN_IN_S = 15 * MINUTE_S
SESSION_S = 30 * DAY_S
OFFER_S = 2 * DAY_S
"""An offer goes so long after its last drive, or after it was withdrawn."""
ACCOUNT_S = 730 * DAY_S
MESSAGE_S = 90 * DAY_S
REMARK_S = 90 * DAY_S
"""Of what somebody says is wrong, with its answer; afterwards only counts of months are left."""
BOOKING_S = 365 * DAY_S
"""Of a ride that two agreed on; afterwards only counts of months are left."""
WANTED_S = 2 * DAY_S
"""Of a ride that somebody looked for, after its last day."""
LETTER_S = 7 * DAY_S
"""Of a letter that nobody tried to send; one that cannot be delivered is given up within a day."""
OPERATOR_S = 365 * DAY_S
"""Of a line of the operators' audit log, of a job's file, and of an operator's name after the access has ended."""
OPERATOR_SESSION_S = 4 * HOUR_S
"""Of an operator who signed in on the page."""
STATISTICS_S = 730 * DAY_S
DELAYS_MONTHS = 13
"""Of counts of how late vehicles were, in which nobody stands."""
LEAST_ASKERS = 6
"""No number below this one is stored or published: the rule of the Registre de preuve de covoiturage."""
TRACES_S = 2 * DAY_S
"""Of ids of erased offers, which every process has heard of by then, and of counts of how often somebody asked."""

SPOKEN = {
    "sign_in_minutes": SIGN_IN_S // MINUTE_S,
    "session_days": SESSION_S // DAY_S,
    "offer_hours": OFFER_S // HOUR_S,
    "account_months": ACCOUNT_S // DAY_S * 12 // 365,
    "message_days": MESSAGE_S // DAY_S,
    "remark_days": REMARK_S // DAY_S,
    "booking_months": BOOKING_S // DAY_S * 12 // 365,
    "operator_months": OPERATOR_S // DAY_S * 12 // 365,
    "operator_session_hours": OPERATOR_SESSION_S // HOUR_S,
    "statistics_months": STATISTICS_S // DAY_S * 12 // 365,
    "delays_months": DELAYS_MONTHS,
    "least_askers": LEAST_ASKERS,
    "traces_days": TRACES_S // DAY_S,
}
"""The numbers as sentences name them: `{offer_hours}`."""
