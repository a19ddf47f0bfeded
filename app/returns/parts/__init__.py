"""The parts of returns: each kind of block, from its lines in a template to what is printed."""
