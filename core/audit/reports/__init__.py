"""What people ask of the log as a whole: decisions, rejections, VIPs, conflicts."""
