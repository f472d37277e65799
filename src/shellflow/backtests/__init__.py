"""Each statement of an office predicted from its earlier ones."""

from __future__ import annotations

from shellflow.backtests._backtest import Backtest, Prediction
from shellflow.backtests._predicting import backtest

__all__ = ["Backtest", "Prediction", "backtest"]
