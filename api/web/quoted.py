"""What somebody typed, where a sentence, a heading or a title repeats it: no longer than a name can be. A field that is
to be mended holds the whole."""

LONGEST = 80


def quoted(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
