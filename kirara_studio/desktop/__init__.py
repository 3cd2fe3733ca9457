"""What surrounds the window: tray, notifications, start at login, single instance."""
