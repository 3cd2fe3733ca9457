"""The panel's widgets."""
