"""What leaves the platform on paper: disclosure control and the evaluator's report.

Reads the comparison's tables; measures nothing anew. What an authority sees of its own data belongs to the dashboard.
"""
