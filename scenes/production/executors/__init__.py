"""Who does tasks: the protocol of an executor, and the one of this machine. Nothing here knows what is made."""
