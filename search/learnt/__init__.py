"""What is learnt of words beforehand and comes with the program: a vector of each.

``vectors`` (what a vector is) → ``words`` (those of words and of texts).
"""
