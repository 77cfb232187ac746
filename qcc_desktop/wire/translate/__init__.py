"""The Messages API on one side, OpenAI's Chat Completions on the other: pure, without I/O."""
