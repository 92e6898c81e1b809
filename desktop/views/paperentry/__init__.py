"""Types a session that was kept on paper in afterwards."""
