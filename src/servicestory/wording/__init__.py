"""From evidence to instruction: what a story tells staff did becomes a step a colleague can follow.

Nothing is loaded here: whoever only asks if a word is a name does not wait for all that makes steps.
"""
