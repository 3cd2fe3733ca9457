"""The blog author's way to speak: the whole sentence again for every frame.

The baseline of ``bench_speech``, and what the tests compare the quick way with. It runs the
networks as they are written; the rules of the attention are the same objects.
"""

from __future__ import annotations

import torch
from torch import Tensor

from kirara_speech.networks.attention_rules import AttentionRule, rule_for
from kirara_speech.networks.config import MELS
from kirara_speech.networks.layers import to_image
from kirara_speech.networks.text2mel import Text, Text2Mel, look_up


@torch.inference_mode()
def decode_again_and_again(
    network: Text2Mel,
    text: Text,
    rule: AttentionRule | None = None,
    *,
    read_once: bool = False,
) -> tuple[Tensor, Tensor]:
    """Speak one sentence: the mels (mels, frames) and the attention (symbols, frames).

    Every frame runs all that is spoken so far through the networks, and the text as well unless
    it is ``read_once``. ``rule`` None is the network's own.
    """
    symbols = text.symbols.shape[1]
    rule = rule or rule_for(network.config, symbols)
    mels = torch.zeros(1, MELS, 1)  # silence, then the predicted frames
    attention = torch.zeros(1, symbols, 0)
    values, keys = network.text_encoder(text)
    while True:
        if mels.shape[2] > 1 and not read_once:
            values, keys = network.text_encoder(text)
        queries = network.audio_encoder(to_image(mels))
        scores = keys[0, :, 0].T @ queries[0, :, 0] * keys.shape[1] ** -0.5
        attention = torch.cat([attention, rule.attend(scores[:, -1])[None, :, None]], 2)
        found = look_up(values, attention)
        mel = torch.sigmoid(network.audio_decoder(torch.cat([found, queries], 1))[:, :, 0])
        mels = torch.cat([mels, mel[:, :, -1:]], 2)
        if rule.over(mel[0, :, -1]):
            return mels[0, :, 1:], attention[0]
