"""What rules know of a child or an episode as a whole: one module a subject, each listing its FACTS."""
