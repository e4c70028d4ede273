"""Files made to do harm, and what comes of reading them: too much of something (``growth``), wrong bytes (``mutations``)."""
