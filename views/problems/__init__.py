"""Problems as people see them: cards, lists, the steps of assigning, measures, and what is told about them."""
