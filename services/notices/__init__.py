"""Notices: written and started, sent in slices, read and acknowledged. A class per part somebody plays."""
