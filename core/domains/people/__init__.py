"""Who of the organisation has access, and with which role: switched off and on again, by an owner's decision."""
