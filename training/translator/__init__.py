"""The compact translator: eleven languages into English, trained from sentence pairs.

Four steps, each a command (``python -m training.translator STEP …``):

``pack``     collect pairs, word lists, names and English text into one small folder
``tokens``   train the SentencePiece model and number everything
``train``    train for so many seconds, on a GPU where there is one; resumes from its state
``package``  convert to CTranslate2 in int8 and write the package the engine loads

Only ``pack`` needs ``../shared``; ``tokens`` and ``train`` need sentencepiece, NumPy and torch
and nothing of the project, so that they can run on a borrowed machine.
"""
