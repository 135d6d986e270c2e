"""What reviewers said: the log of decisions, error annotations by typologies, scores, and how far they agree."""
