"""The people at whom the table of rights looks: a column for each."""

NUMBERS = {
    "guest": None,
    "own": "B003",
    "same unit": "B004",
    "other unit": "C003",
    "secretary": "B002",
    "other secretary": "C002",
    "point officer": "P001",
    "supervisor": "A002",
    "admin": "A001",
    "accountable": "B001",
    "verifier": "C001",
    "helper": "B005",
}
"""Staff numbers of the sample organisation; what an entry is tried on is of the first organ, and B003's own."""

COLUMNS = tuple(NUMBERS)
