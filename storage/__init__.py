"""Tables, mapping, unit of work, repositories, files and the hop to them."""
