"""Stories to films and stills: which frames move, what rests, parts joined to a file. Manim plays in its own room."""
