"""What reviewers said: error annotations by versioned typologies, the scores that follow, and how far they agree."""
