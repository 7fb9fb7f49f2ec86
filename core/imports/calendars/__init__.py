"""iCalendar: the events of a calendar as sessions."""
