"""Who says it: attributions read from a document and resolved to voices. What goes wrong: ``docs/errors-voices.md``.

``windows`` and ``network`` make the model's input and the model, ``decode`` and ``tagger`` make attributions of it,
``cues``, ``names``, ``holders`` and ``quotes`` say what a cue does and whose words they are, ``statements`` and
``reader`` put it together; ``frames``, ``denials`` and ``refers`` say what is denied in it, and of whom it speaks.
Importing this loads no model library.
"""

from claims.voices.reader import VoiceReader

__all__ = ["VoiceReader"]
