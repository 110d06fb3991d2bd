"""Generators and measurements, each run by one command."""
