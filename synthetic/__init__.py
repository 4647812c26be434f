"""Made-up local authorities: daily feeds with known faults, and the annual returns that go with them."""
