"""The pages in a real browser: headless Chromium over the sample, as its readers walk through them."""
