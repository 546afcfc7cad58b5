"""Other formats become our Markdown. Nothing is here yet: see the roadmap in docs/."""
