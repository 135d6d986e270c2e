"""Learning the engines' weights from gold. Needs SciPy (the extra `train`), which the program itself does not."""
