"""The compact translator: eleven languages into English, trained from sentence pairs.

Five steps, each a command (``python -m training.translator STEP …``):

``pack``     collect pairs, word lists, names and English text into one small folder
``tokens``   train the SentencePiece model: four minutes on two cores
``first``    number everything, train both ways for so many seconds, and turn English into the
             languages with the fewest pairs; for more of these
``second``   train into English for so many seconds; goes on from what ``first`` or itself left
``package``  convert to CTranslate2 in int8 and write the package the engine loads

What it gave so far: 212 seconds of ``second`` alone on one H100 (131 million pieces, 620,000 a
second, no dropout) come to chrF 38.8 on FLORES dev, where the gloss has 40.2: fr 48.2, de 44.9, es
42.3, it 42.0, ru 40.8, uk 39.7, zh 36.4, pl 35.5, tr 33.5, fa 31.9, ar 31.2 (``python -m
benchmarks.translate package FOLDER``). Distrust flags fire on 15 to 33 % of the sentences. The
package has 25.8 MB, loads in 0.1 s and translates 61 to 84 sentences a second on one core. A model
ships when it beats the gloss by eight.

Only ``pack`` needs ``../shared``; the next three need sentencepiece, NumPy and torch
and nothing of the project, so that they can run on a borrowed machine.
"""
