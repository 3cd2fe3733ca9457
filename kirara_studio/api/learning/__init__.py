"""What trainers and networks share. All but the schedule imports torch."""
