"""A convolutional LSTM through time, forward and back.

Written out by hand because two cores spend most of a training here: the gradient of the weights is
one convolution over all steps at the end instead of one at each, and that of the state goes through
the convolution's fast forward kernel.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable
from torch.nn import functional

State = tuple[Tensor, Tensor]
"""What a layer has said and what it remembers: each (batch, width, height, width)."""


def recur(
    said: Tensor,
    state: State | None,
    weight: Tensor,
    peepholes: Tensor | None,
    on_step: Callable[[], None] = lambda: None,
) -> tuple[Tensor, State]:
    """Go through all steps of a layer.

    ``said`` (time, batch, 4·width, height, width) is what the inputs say to the input, forget, cell
    and output gates, biases included; ``state`` is the one before, None for zeros. ``weight``
    (4·width, width, kernel, kernel) is for what the layer said before, ``peepholes`` (3, width, …)
    for its cell in the input, forget and output gates. Returns what the layer says at each step
    (time, batch, width, height, width) and its last state. ``on_step`` is called after each step
    and may raise to stop.
    """
    hidden, cell = (None, None) if state is None else state
    outputs, last = _Recurrence.apply(said, hidden, cell, weight, peepholes, on_step)
    return outputs, (outputs[-1], last)


class _Recurrence(torch.autograd.Function):
    """The paper's equations (3). Only what its backward pass needs is kept."""

    @staticmethod
    def forward(
        ctx: Any,
        said: Tensor,
        hidden: Tensor | None,
        cell: Tensor | None,
        weight: Tensor,
        peepholes: Tensor | None,
        on_step: Callable[[], None],
    ) -> tuple[Tensor, Tensor]:
        keep = any(ctx.needs_input_grad)
        around = weight.shape[-1] // 2
        weight = weight.to(said.dtype)
        ctx.began_with_state = cell is not None
        if cell is None:
            cell = said.new_zeros(_narrow(said), dtype=torch.float32)
            cell = cell.contiguous(memory_format=torch.channels_last)
        outputs, cells, gates = [], [cell], list[Tensor]()
        before = hidden
        for from_input in said.unbind(0):
            at_gates = from_input
            if before is not None:
                at_gates = functional.conv2d(before.to(said.dtype), weight, padding=around)
                at_gates = at_gates.add_(from_input)
            enter, forget, new, leave = at_gates.float().chunk(4, 1)
            if peepholes is not None:
                enter = torch.addcmul(enter, peepholes[0], cell)
                forget = torch.addcmul(forget, peepholes[1], cell)
            enter, forget, new = enter.sigmoid(), forget.sigmoid(), new.tanh()
            cell = (forget * cell).addcmul_(enter, new)
            if peepholes is not None:
                leave = torch.addcmul(leave, peepholes[2], cell)
            leave, seen = leave.sigmoid(), cell.tanh()
            before = leave * seen
            outputs.append(before)
            if keep:
                cells.append(cell)
                gates += [enter, forget, new, leave, seen]
            on_step()
        stacked = torch.stack(outputs)
        if keep:
            # All of them this way: an output that the context itself held would never be freed.
            ctx.save_for_backward(hidden, weight, peepholes, stacked, *cells, *gates)
            ctx.dtype = said.dtype
        return stacked, cell

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, from_outputs: Tensor, from_last: Tensor) -> tuple[Tensor | None, ...]:
        hidden, weight, peepholes, outputs, *kept = ctx.saved_tensors
        cells, gates = kept[: len(outputs) + 1], kept[len(outputs) + 1 :]
        kernel = weight.shape[-1]
        turned = weight.flip(2, 3).transpose(0, 1).contiguous(memory_format=torch.channels_last)
        to_gates = from_outputs.new_empty(
            (len(outputs), outputs.shape[1], *outputs.shape[3:], 4 * outputs.shape[2])
        ).movedim(-1, 2)  # channels last, and all steps in one piece
        to_peepholes: list[list[Tensor]] = [[], [], []]
        to_cell = from_last
        to_hidden: Tensor | None = None
        for step in reversed(range(len(outputs))):
            enter, forget, new, leave, seen = gates[5 * step : 5 * step + 5]
            cell, cell_before = cells[step + 1], cells[step]
            to_output = from_outputs[step]
            if to_hidden is not None:
                to_output = to_output + to_hidden
            at_enter, at_forget, at_new, at_leave = to_gates[step].chunk(4, 1)
            torch.mul(to_output * seen, leave * (1 - leave), out=at_leave)
            to_cell = torch.addcmul(to_cell, to_output * leave, 1 - seen * seen)
            if peepholes is not None:
                to_cell.addcmul_(at_leave, peepholes[2])
            torch.mul(to_cell * new, enter * (1 - enter), out=at_enter)
            torch.mul(to_cell * cell_before, forget * (1 - forget), out=at_forget)
            torch.mul(to_cell * enter, 1 - new * new, out=at_new)
            to_cell = to_cell * forget
            if peepholes is not None:
                to_cell.addcmul_(at_enter, peepholes[0]).addcmul_(at_forget, peepholes[1])
                for parts, gate, seen_cell in zip(
                    to_peepholes,
                    (at_enter, at_forget, at_leave),
                    (cell_before, cell_before, cell),
                    strict=True,
                ):
                    parts.append((gate * seen_cell).sum_to_size(1, *peepholes.shape[1:])[0])
            if step or hidden is not None:
                to_hidden = functional.conv2d(
                    to_gates[step].to(weight.dtype), turned, padding=kernel // 2
                ).float()
        to_weight = _weight_gradient(outputs, hidden, to_gates, weight)
        of_peepholes = None
        if peepholes is not None:
            of_peepholes = torch.stack([torch.stack(parts).sum(0) for parts in to_peepholes])
        if not ctx.began_with_state:
            return to_gates.to(ctx.dtype), None, None, to_weight, of_peepholes, None
        return to_gates.to(ctx.dtype), to_hidden, to_cell, to_weight, of_peepholes, None


def _weight_gradient(
    outputs: Tensor, hidden: Tensor | None, to_gates: Tensor, weight: Tensor
) -> Tensor:
    """All steps' gradients of the weights at once: steps are a batch like any other."""
    before = outputs[:-1]
    if hidden is None:
        to_gates = to_gates[1:]
    else:
        before = torch.cat([hidden[None], before])
    if not len(before):
        return torch.zeros_like(weight, dtype=torch.float32)
    shape = {"memory_format": torch.channels_last}
    reach = [weight.shape[-1] // 2] * 2
    _, gradient, _ = torch.ops.aten.convolution_backward(
        to_gates.flatten(0, 1).to(weight.dtype).contiguous(**shape),
        before.flatten(0, 1).to(weight.dtype).contiguous(**shape),
        weight, None, [1, 1], reach, [1, 1], False, [0, 0], 1, [False, True, False],
    )  # fmt: skip
    return gradient.float()


def _narrow(said: Tensor) -> Sequence[int]:
    """The shape of one step's state."""
    batch, gates, height, width = said.shape[1:]
    return batch, gates // 4, height, width
