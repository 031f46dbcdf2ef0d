"""The parts of the window around the text: each shows what it is given and says what was asked."""
