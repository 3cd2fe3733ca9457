"""What ``kirara-studio paintings`` does."""
