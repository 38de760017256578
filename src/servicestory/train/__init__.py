"""Train: a practice becomes a job breakdown, a checklist and a session plan."""
