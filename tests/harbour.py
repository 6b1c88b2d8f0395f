"""Two quays of a town, 18 min on foot apart, and the town over the water: the last boat leaves the farther one."""

STOPS = "Q 0 0, P 1.1 0, L 12 0"
LINES = """
    Boat1
    Q     L
    18:00 18:15
    19:30 19:45

    Boat2
    P     L
    20:15 20:22
    """

WITH_AN_ISLAND = f"G 0 -3, {STOPS}"
WALKED_BETWEEN = """
    Boat0
    G     Q
    18:00 18:10
    19:00 19:10

    Boat1
    Q     L
    18:30 18:45

    Boat2
    P     L
    20:15 20:22
    21:15 21:22
    """
"""From an island to the town over the water: after 18:30 no boat leaves Q for it; from P, where the other quay is, two
do."""
