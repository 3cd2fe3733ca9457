"""What trainers and networks share. All but the schedule and the measures imports torch."""
