"""What the words of a record mean: its labels, its dates, its people, its printed sources, its rights."""
