"""The French *standard covoiturage* for other operators: their names, their errors, under /covoiturage/v1.

Source: fabmob/standard-covoiturage, OpenAPI 0.0.1. docs/standard-covoiturage.md says what is served and how to connect.
"""
