"""What is done with personal data, over HTTP: each route declares it, each answer says it. The register itself stands
in mobility/privacy/register.py."""
