"""Measurements that anybody can repeat by one command."""
