"""Lectures as films and reports."""
