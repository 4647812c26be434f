"""Bank holidays in England, from a package that ships GOV.UK's list: nothing is fetched at run time."""

from datetime import date

from govuk_bank_holidays.bank_holidays import BankHolidays


def bank_holidays() -> list[date]:
    """Every bank holiday of England and Wales that the package knows, in order."""
    known = BankHolidays(use_cached_holidays=True)
    return sorted(holiday["date"] for holiday in known.get_holidays(division=BankHolidays.ENGLAND_AND_WALES))
