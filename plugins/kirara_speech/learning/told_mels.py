"""What a Text2Mel says of recordings when it is told the frames before.

SSRN learns from spectrograms of recordings, and then gets those of Text2Mel, which are smoother.
Trained to its end on what Text2Mel says, it knows them (as vocoders are tuned on "ground truth
aligned" spectrograms: Shen et al., "Natural TTS Synthesis by Conditioning WaveNet on Mel
Spectrogram Predictions", arXiv 1712.05884, §3.3.1).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import torch

from kirara_speech.learning.dataset import Sentence, SpeechSet
from kirara_speech.networks.decoding import text_of
from kirara_speech.networks.text2mel import Text2Mel

Array = npt.NDArray[np.float32]


@torch.inference_mode()
def told_mels(
    network: Text2Mel, speech: SpeechSet, on_sentence: Callable[[int, int], None]
) -> dict[str, Array]:
    """The mel spectrograms (frames, mels), 0…1, by the sentences' ids.

    ``on_sentence(done, total)`` may raise to stop. Raises :class:`UserError` for symbols that the
    network does not know.
    """
    said: dict[str, Array] = {}
    for number, sentence in enumerate(speech.sentences):
        on_sentence(number, len(speech.sentences))
        said[sentence.id] = _told(network, speech, sentence)
    return said


def _told(network: Text2Mel, speech: SpeechSet, sentence: Sentence) -> Array:
    mel = torch.from_numpy(np.ascontiguousarray(speech.mel_of(sentence).T))[None]
    logits, _ = network(text_of(network.config, sentence.symbols), mel)
    return np.ascontiguousarray(torch.sigmoid(logits)[0].T.numpy())
