"""How is a person shown to who need not know the whole? (domain 6.2 "masked identity": 王**, no number or address)."""

_KEPT = frozenset("·• -'.")


def masked_name(name: str) -> str:
    """The first character of a name, stars for the rest; dots and spaces stay. A single character becomes a star."""
    if len(name) < 2:
        return "*" * len(name)
    return name[0] + "".join(c if c in _KEPT else "*" for c in name[1:])


def masked_number(number: str) -> str:
    """An identity or phone number: the first three and the last two characters; short ones show nothing."""
    if len(number) < 8:
        return "*" * len(number)
    return number[:3] + "*" * (len(number) - 5) + number[-2:]


def masked_mail(address: str) -> str:
    """An e-mail address: the first character and the host."""
    name, _at, host = address.rpartition("@")
    return f"{name[:1]}***@{host}"
