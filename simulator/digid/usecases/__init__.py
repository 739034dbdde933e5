"""What happens in DigiD: logging in, sessions, and the level that MijnOverheid asks."""
