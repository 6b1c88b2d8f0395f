"""A bus that feeds a boat, twice a morning: 300 m from the one to the other."""

STOPS = "A 0 0, B 3 0, C 6 0, D 6.3 0, E 9 0"
LINES = """
    Bus1
    A     B     C
    8:00  8:10  8:20
    9:00  9:10  9:20

    Boat2
    D     E
    8:30  8:50
    9:30  9:50
    """
