"""What a lecture's films ask of those who watch: each rule in a file of its own, with its limit and a mend."""
