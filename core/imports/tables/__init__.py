"""Tables of text or of a spreadsheet: agendas, people, vendors; columns known by their names in two languages."""
