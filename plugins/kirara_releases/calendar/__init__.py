"""When things come out: rules, dates, magazines and their releases. No Qt."""
