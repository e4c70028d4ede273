"""Measuring: papers made for it, how well the right ones are found, what each ingredient of the ranking gives, what queries cost.

Nothing in the product imports this package.
"""
