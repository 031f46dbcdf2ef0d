"""What a person does with documents, without Qt and without SQL; the window and the CLI call it."""
