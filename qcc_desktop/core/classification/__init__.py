"""The parts of the error classification; `core.classifier.classify` puts them together."""
