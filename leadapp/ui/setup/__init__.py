"""The first run: four steps from an empty folder to the unlock screen, by keys alone."""
