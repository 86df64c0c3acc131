"""The compact translator: eleven languages into English, trained from sentence pairs.

Four steps, each a command (``python -m training.translator STEP …``):

``pack``     collect pairs, word lists, names and English text into one small folder
``tokens``   train the SentencePiece model and number everything
``train``    train for so many seconds, on a GPU where there is one; resumes from its state
``package``  convert to CTranslate2 in int8 and write the package the engine loads

What it gave so far: 212 seconds of ``second`` alone on one H100 (131 million pieces, 620,000 a
second, no dropout) reach the gloss and no more: chrF on the first 200 sentences of FLORES dev de
47.1, fr 49.2, es 43.9, it 44.1, ru 42.8, uk 39.2, pl 37.7, zh 36.8, tr 36.0, ar 31.1, fa 32.0, on
average 40.0, where the gloss has 40.2. The package has 25.8 MB, loads in 0.1 s and translates 70
to 80 sentences a second on one core. A model ships when it beats the gloss by eight.

Only ``pack`` needs ``../shared``; ``tokens`` and ``train`` need sentencepiece, NumPy and torch
and nothing of the project, so that they can run on a borrowed machine.
"""
