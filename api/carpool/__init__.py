"""Shared rides over HTTP, and what their pages and the counter share with it: offers, bookings, accounts, letters."""
