"""leadapp: offline records for county LEAD, CIT and naloxone programs."""

__version__ = "0.1.0"
