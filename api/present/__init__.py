"""From the domain to JSON: the only place, with api/parse, that knows the names of JSON members."""
