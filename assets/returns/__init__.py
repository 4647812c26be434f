"""From the annual returns (CIN census XML, SSDA903 CSV and XML) to the same frames as the feed."""
