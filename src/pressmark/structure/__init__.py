"""From flat text to the structure of a page: units, features, a model that weighs the row of them, and TEI."""
