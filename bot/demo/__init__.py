"""The demo: a neutral organisation in the middle of its campaign, in which the browser may play every part."""
