"""Shared by trainers and networks. All but the schedule and the measures import torch."""
