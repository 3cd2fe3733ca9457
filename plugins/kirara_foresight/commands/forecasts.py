"""Which network a command asks, where there is one."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from kirara_foresight.forecasts import NETWORK
from kirara_foresight.forecasts.simple import Forecast
from kirara_foresight.networks.config import CONVLSTM
from kirara_studio.api.commands import CommandContext
from kirara_studio.api.errors import UserError
from kirara_studio.api.model_library import find_model


def network_forecast(name: str, usual: str, context: CommandContext) -> Mapping[str, Forecast]:
    """The forecast of the model called ``name``, or else of the ``usual`` one.

    If the usual one is missing, a message says so, and none is used.
    """
    try:
        path = find_model(CONVLSTM, name or usual, context.data_folder).path
    except UserError as error:
        if name:
            raise
        print(f"{error} Without a network:", file=sys.stderr)
        return {}
    from kirara_foresight.forecasts.network import forecast_frames
    from kirara_foresight.networks.model_files import load_forecaster

    network = load_forecaster(path)
    return {NETWORK: lambda frames, count: forecast_frames(network, frames, count)}
