"""The teacher's page: how it goes, per learner and per question, and which grades have not arrived."""
