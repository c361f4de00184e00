"""Each live clause of the shipped pack, played by real actions until the ledger says so."""
