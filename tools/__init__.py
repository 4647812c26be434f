"""Small programs that keep the project tidy; none of them is needed to run it."""
