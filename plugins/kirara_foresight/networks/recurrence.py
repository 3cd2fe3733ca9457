"""A convolutional LSTM through time, forward and back.

Written out by hand because two cores spend most of a training here: the gradient of the weights is
one convolution over all steps at the end instead of one at each, and that of the state goes through
the convolution's fast forward kernel.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable
from torch.nn import functional

State = tuple[Tensor, Tensor]
"""A layer's output and its cell: each (batch, width, height, width)."""


def recur(
    inputs: Tensor,
    state: State | None,
    weight: Tensor,
    peepholes: Tensor | None,
    on_step: Callable[[], None] = lambda: None,
) -> tuple[Tensor, State]:
    """Go through all steps of a layer.

    ``inputs`` (time, batch, 4·width, height, width) is the inputs' part of the input, forget, cell
    and output gates, biases included; ``state`` is the one before, None for zeros. ``weight``
    (4·width, width, kernel, kernel) is for the layer's output before, ``peepholes`` (3, width, …)
    for its cell in the input, forget and output gates. Returns the output of each step
    (time, batch, width, height, width) and its last state. ``on_step`` is called after each step
    and may raise to stop.
    """
    hidden, cell = (None, None) if state is None else state
    outputs, last = _Recurrence.apply(inputs, hidden, cell, weight, peepholes, on_step)  # type: ignore[no-untyped-call]
    return outputs, (outputs[-1], last)


class _Recurrence(torch.autograd.Function):
    """The paper's equations (3). Only what its backward pass needs is kept.

    States are fp32; gate inputs and outputs have the precision of
    ``inputs``, so that nothing is converted twice.
    """

    @staticmethod
    def forward(
        ctx: Any,
        inputs: Tensor,
        hidden: Tensor | None,
        cell: Tensor | None,
        weight: Tensor,
        peepholes: Tensor | None,
        on_step: Callable[[], None],
    ) -> tuple[Tensor, Tensor]:
        keep = any(ctx.needs_input_grad)
        around, width = weight.shape[-1] // 2, weight.shape[1]
        weight = weight.to(inputs.dtype)
        ctx.began_with_state = cell is not None
        if cell is None:
            batch, _, *size = inputs.shape[1:]
            cell = inputs.new_zeros(batch, width, *size, dtype=torch.float32)
            cell = cell.contiguous(memory_format=torch.channels_last)
        outputs = _steps_of(inputs, len(inputs), width)
        cells, gates = [cell], list[Tensor]()
        before = hidden
        for from_input, output in zip(inputs.unbind(0), outputs, strict=True):
            if before is None:
                gate = from_input.to(torch.float32, copy=True)
            else:
                gate = functional.conv2d(before.to(inputs.dtype), weight, padding=around)
                gate = gate.add_(from_input).float()
            enter, forget, new, leave = gate.chunk(4, 1)
            if peepholes is not None:
                first_two = gate[:, : 2 * width].unflatten(1, (2, width))
                first_two.addcmul_(peepholes[:2], cell[:, None])
            new.mul_(2)
            gate[:, : 3 * width].sigmoid_()
            new.mul_(2).sub_(1)
            cell = (forget * cell).addcmul_(enter, new)
            if peepholes is not None:
                leave.addcmul_(peepholes[2], cell)
            seen = _tanh(cell)
            torch.mul(leave.sigmoid_(), seen, out=output)
            before = output
            if keep:
                cells.append(cell)
                gates += [gate, seen]
            on_step()
        if keep:
            # All of them this way: an output that the context itself held would never be freed.
            ctx.save_for_backward(hidden, weight, peepholes, outputs, *cells, *gates)
        return outputs, cell

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, from_outputs: Tensor, from_last: Tensor) -> tuple[Tensor | None, ...]:
        hidden, weight, peepholes, outputs, *kept = ctx.saved_tensors
        count, width = len(outputs), outputs.shape[2]
        cells, gates = kept[: count + 1], kept[count + 1 :]
        kernel = weight.shape[-1]
        turned = weight.flip(2, 3).transpose(0, 1).contiguous(memory_format=torch.channels_last)
        to_gates = _steps_of(outputs, count, 4 * width)
        to_gate = torch.empty_like(gates[0])
        at_enter, at_forget, at_new, at_leave = to_gate.chunk(4, 1)
        to_peepholes = [torch.zeros_like(from_last) for _ in range(3)]
        through_sigmoid = torch.ops.aten.sigmoid_backward.grad_input
        through_tanh = torch.ops.aten.tanh_backward
        to_cell = from_last
        to_hidden: Tensor | None = None
        for step in reversed(range(count)):
            enter, forget, new, leave = gates[2 * step].chunk(4, 1)
            seen = gates[2 * step + 1]
            cell, cell_before = cells[step + 1], cells[step]
            to_output = from_outputs[step].float()
            if to_hidden is not None:
                to_output = to_output + to_hidden
            through_sigmoid(to_output * seen, leave, grad_input=at_leave)
            to_cell = to_cell + through_tanh(to_output * leave, seen)
            if peepholes is not None:
                to_cell.addcmul_(at_leave, peepholes[2])
            through_sigmoid(to_cell * new, enter, grad_input=at_enter)
            through_sigmoid(to_cell * cell_before, forget, grad_input=at_forget)
            torch.ops.aten.tanh_backward.grad_input(to_cell * enter, new, grad_input=at_new)
            to_cell = to_cell * forget
            if peepholes is not None:
                to_cell.addcmul_(at_enter, peepholes[0]).addcmul_(at_forget, peepholes[1])
                to_peepholes[0].addcmul_(at_enter, cell_before)
                to_peepholes[1].addcmul_(at_forget, cell_before)
                to_peepholes[2].addcmul_(at_leave, cell)
            to_gates[step].copy_(to_gate)
            if step or hidden is not None:
                to_hidden = functional.conv2d(to_gates[step], turned, padding=kernel // 2)
        to_weight = _weight_gradient(outputs, hidden, to_gates, weight)
        of_peepholes = None
        if peepholes is not None:
            of_peepholes = torch.stack(
                [one.sum_to_size(1, *peepholes.shape[1:])[0] for one in to_peepholes]
            )
        if not ctx.began_with_state:
            return to_gates, None, None, to_weight, of_peepholes, None
        assert to_hidden is not None
        return to_gates, to_hidden.to(hidden.dtype), to_cell, to_weight, of_peepholes, None


def _steps_of(like: Tensor, count: int, channels: int) -> Tensor:
    """Empty (count, batch, channels, height, width), channels last."""
    batch, _, height, width = like.shape[1:]
    return like.new_empty(count, batch, height, width, channels).movedim(-1, 2)


def _tanh(x: Tensor) -> Tensor:
    """Tanh by the sigmoid, which torch computes several times as fast on a CPU."""
    return (2 * x).sigmoid_().mul_(2).sub_(1)


def _weight_gradient(
    outputs: Tensor, hidden: Tensor | None, to_gates: Tensor, weight: Tensor
) -> Tensor:
    """The gradients of the weights of all steps, as one batch."""
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
