"""What the beheerder of the simulator does with Afnemers."""
