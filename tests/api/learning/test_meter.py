"""Means of what a run measures."""

from __future__ import annotations

import torch

from kirara_studio.api.learning.training_loop import Meter


def test_means_are_over_the_steps_that_have_the_metric() -> None:
    meter = Meter()
    meter.add({"loss": 1.0, "penalty": 4.0}, 16)
    meter.add({"loss": torch.tensor(3.0)}, 16)
    means, speed = meter.take()
    assert means == {"loss": 2.0, "penalty": 4.0}
    assert speed > 0
    meter.add({"loss": 5.0})
    assert meter.take()[0] == {"loss": 5.0}


def test_a_report_right_after_another_has_its_figures() -> None:
    meter = Meter()
    assert meter.take() == ({}, 0.0)
    meter.add({"loss": 1.0})
    first = meter.take()
    assert meter.take() == first == meter.take()
