"""The demo agency: invented people and clients who lived the last ten weeks for real."""
