"""Speech on this CPU: decoding against the blog author's, vocoders against each other, the chain.

All in one run. The author's decoding runs the whole network again for every frame, on the same
weights and the same text; how far the results differ is printed beside the speed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import torch
from torch import Tensor

from benchmarks._timing import Timing, in_turns, note_on_load
from benchmarks.quadratic_decoding import decode_again_and_again
from benchmarks.vocoder_measures import convergence, drifting_phases, padded_sound
from kirara_speech.networks.config import AUTHOR_TEXT2MEL, HOP, OUR_SSRN, OUR_TEXT2MEL, SAMPLE_RATE
from kirara_speech.networks.decoding import decode, joined, text_of
from kirara_speech.networks.ssrn import Ssrn
from kirara_speech.networks.stepping import Text2MelSteps
from kirara_speech.networks.text2mel import Text, Text2Mel
from kirara_speech.reading.utterances import utterances
from kirara_speech.sound.griffin_lim import analyse, griffin_lim, synthesise
from kirara_speech.sound.phase_gradient import integrate_phases
from kirara_speech.speaking.network_voice import Networks, NetworkVoice, load_networks
from kirara_speech.speaking.open_jtalk import OpenJTalkVoice, utter
from kirara_speech.speaking.prosody import Prosody
from kirara_speech.speaking.synthesis import Synthesizer, speak_utterances
from kirara_speech.speaking.voices import available_voices

FRAMES = 200  # 9.3 s
LETTERS = "the quick brown fox jumps over the lazy dog, and then it goes home to eat."
SENTENCE = "今日は天気がいいので、公園まで散歩に行きましょう。"
AGAIN = "the whole network for each frame"
ONCE = "the same, but the text read once"
STEPS = "one new frame a step"


class SoManyFrames:
    """Lets the attention go where it likes, for so many frames."""

    def __init__(self) -> None:
        self._left = FRAMES

    def attend(self, scores: Tensor) -> Tensor:
        return scores.softmax(0)

    def over(self, frame: Tensor) -> bool:
        self._left -= 1
        return not self._left


def decoding() -> None:
    """The author's network with seeded weights: his algorithm, and ours."""
    torch.manual_seed(2017)
    network = Text2Mel(AUTHOR_TEXT2MEL).requires_grad_(False)
    text = text_of(AUTHOR_TEXT2MEL, list(LETTERS))
    steps = Text2MelSteps(network)
    contestants: dict[str, Callable[[], Tensor]] = {
        AGAIN: lambda: decode_again_and_again(network, text, SoManyFrames())[0],
        ONCE: lambda: decode_again_and_again(network, text, SoManyFrames(), read_once=True)[0],
        STEPS: lambda: _mel(steps, text),
    }
    print(f"{FRAMES} frames of the author's Text2Mel, {len(LETTERS)} letters, one thread")
    timings = in_turns(contestants, rounds=2, warm_up=0)
    reference = contestants[ONCE]()
    apart = float((contestants[STEPS]() - reference).abs().max())
    _table(timings, AGAIN)
    print(f"  largest difference of the mels {apart:.1e}; {note_on_load()}")


def _mel(steps: Text2MelSteps, text: Text) -> Tensor:
    return torch.from_numpy(joined(list(decode(steps, text, SoManyFrames())))[0])


def vocoders() -> None:
    """Phases for the magnitudes of one spoken sentence."""
    (utterance,) = utterances(SENTENCE, "japanese")
    sound = torch.from_numpy(utter(utterance, Prosody())[0])
    magnitude = analyse(padded_sound(sound)).abs()
    seconds = HOP * len(magnitude) / SAMPLE_RATE
    start = drifting_phases(*magnitude.shape)

    def gradient(iterations: int = 0) -> Tensor:
        phases = torch.from_numpy(integrate_phases(magnitude.numpy())).float()
        spectra = torch.polar(torch.ones_like(magnitude), phases)
        return griffin_lim(magnitude, spectra, iterations)

    contestants: dict[str, Callable[[], Tensor]] = {
        f"fast Griffin-Lim, {n} iterations": partial(griffin_lim, magnitude, start, n)
        for n in (8, 16, 32, 60)
    }
    contestants["phase gradient heap integration"] = gradient
    contestants |= {f"the same, then {n} iterations": partial(gradient, n) for n in (4, 8, 16)}
    print(f"\nPhases for {seconds:.1f} s of speech")
    timings = in_turns(contestants, rounds=4, warm_up=1)
    print(f"  {'':<38}{'ms':>7}{'RTF':>8}   spectral convergence")
    for name, make in contestants.items():
        median = timings[name].median
        print(
            f"  {name:<38}{median:7.0f}{median / 1000 / seconds:8.3f}"
            f"{convergence(make(), magnitude):9.1f} dB"
        )
    back = in_turns({"": lambda: synthesise(start)}, rounds=4)[""].median
    print(f"  spectra to sound alone: {back:.0f} ms; {note_on_load()}")


def chain() -> None:
    """From a text to all of its sound, and to the first of it."""
    print(f"\nThe whole chain: “{SENTENCE}”")
    print(f"  {'':<38}{'RTF':>8}{'first sound, ms':>18}")
    voices = [voice for voice in available_voices() if voice.text2mel is not None]
    contestants: dict[str, Synthesizer] = {
        voice.name: NetworkVoice(load_networks(voice)) for voice in voices
    }
    if not contestants:
        torch.manual_seed(2017)
        steps = Text2MelSteps(Text2Mel(OUR_TEXT2MEL).requires_grad_(False))
        networks = Networks(steps, Ssrn(OUR_SSRN).requires_grad_(False))
        contestants["our shape, untrained"] = NetworkVoice(networks)
    contestants["Open JTalk"] = OpenJTalkVoice()
    for name, voice in contestants.items():
        for _ in range(2):  # the first time is to warm up
            start, first, samples = time.perf_counter(), 0.0, 0
            sentences = utterances(SENTENCE, voice.front_end, longest=voice.longest)
            for chunk in speak_utterances(voice, sentences, Prosody()):
                samples += len(chunk.sound)
                first = first or (samples > 0) * (time.perf_counter() - start)
            whole = time.perf_counter() - start
        print(f"  {name:<38}{whole * SAMPLE_RATE / samples:8.3f}{1000 * first:18.0f}")
    print(f"  {note_on_load()}")


def _table(timings: dict[str, Timing], reference: str) -> None:
    print(f"  {'':<38}{'ms':>9}{'best':>9}{'ratio':>8}")
    for name, timing in timings.items():
        ratio = timings[reference].median / timing.median
        print(f"  {name:<38}{timing.median:9.0f}{timing.best:9.0f}{ratio:7.1f}×")


def main() -> None:
    """Decoding, vocoders, chain; in one thread, as the studio leaves a core to the window."""
    torch.set_num_threads(1)
    decoding()
    vocoders()
    chain()


if __name__ == "__main__":
    main()
