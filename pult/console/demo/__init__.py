"""The demo agency: invented people and clients who lived the last three months for real."""
