"""QTI 1.2 quizzes and question banks become a draft."""
