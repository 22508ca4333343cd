"""Review: what people wrote side by side on two computers, for a person to choose between."""
