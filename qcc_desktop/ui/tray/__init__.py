"""The tray icon: presenter, drawing, menu."""
