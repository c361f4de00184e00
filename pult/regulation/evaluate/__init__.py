"""The regulation as one pure function: `evaluate(cards, facts, parameters, calendars, now)`."""
