"""How a text is found: encoder, index, lexical channel, calibration, training, metrics; arrays, no web, no Markdown."""
