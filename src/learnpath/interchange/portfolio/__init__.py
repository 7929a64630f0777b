"""The portfolio: a neutral document made from the library (`document`), and its renderings (`pdf`)."""
