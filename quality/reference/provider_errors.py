"""The error that every reader of provider lists raises."""


class ProviderListError(ValueError):
    """A list of providers that cannot be used: where, what was expected, and what to do."""
