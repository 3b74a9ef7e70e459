"""Documents of county and school, version by version."""
