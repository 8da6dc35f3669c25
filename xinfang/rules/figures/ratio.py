"""What does a fraction say with so many decimals? Half up on the exact ratio (domain 1.5, 9.5)."""

from decimal import ROUND_HALF_UP, Decimal, localcontext


def half_up(value: int, of: int, decimals: int) -> Decimal:
    """`value / of` with so many decimals, halves rounded away from zero; never through a float."""
    scaled = (abs(value) * 10**decimals * 2 + of) // (of * 2)
    with localcontext() as exact:
        exact.prec = max(28, len(str(scaled)) + decimals)
        return Decimal(scaled if value >= 0 else -scaled).scaleb(-decimals)


def percentage(numerator: int, denominator: int, decimals: int) -> Decimal | None:
    """A share in per cent, or None where there is nothing to take a share of."""
    if denominator == 0:
        return None
    return half_up(numerator * 100, denominator, decimals).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
