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
