"""The scripts that made the shipped models. Not needed to use them."""
