"""The same walk through the past with pandas and scikit-learn: walk_peer.py FEATURES.csv CANDLES.csv EVERY THREADS

Reads the exported features and candles, makes the same labels, folds and scales, and fits the same models with the same settings on every
EVERYth fold. Prints the seconds of all folds (those that were fitted, times as many) and of each model, and how many fits there were."""
import json
import sys
import time
import warnings

import numpy as np
import pandas as pd
from sklearn import ensemble, linear_model

warnings.filterwarnings("ignore")
features_file, candles_file, every, threads = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
TRAIN, TEST, CLIP, KNOWN = 180 * 24, 30 * 24, 5.0, 0.99


def models(horizon):
    lasso = 1e-4 * np.sqrt(horizon)
    return {
        "LinearRegression": linear_model.LinearRegression(n_jobs=threads),
        "Ridge": linear_model.Ridge(alpha=1000),
        "Lasso": linear_model.Lasso(alpha=lasso),
        "ElasticNet": linear_model.ElasticNet(alpha=2 * lasso, l1_ratio=0.5),
        "RandomForest": ensemble.RandomForestRegressor(
            n_estimators=100, max_depth=6, min_samples_leaf=50, max_features=0.33, n_jobs=threads, random_state=1
        ),
        "GradientBoosting": ensemble.HistGradientBoostingRegressor(
            max_iter=60, learning_rate=0.03, max_leaf_nodes=8, min_samples_leaf=100, l2_regularization=10, early_stopping=False, random_state=1
        ),
    }


def labels_of(closes, whole, horizon):
    seen = np.concatenate([[0], np.cumsum(~whole)])
    labels = np.full(len(closes), np.nan)
    ends = np.arange(horizon, len(closes))
    fine = seen[ends + 1] == seen[ends - horizon]
    labels[ends[fine] - horizon] = np.log(closes[ends[fine]] / closes[ends[fine] - horizon])
    return labels


def fold_of(values, labels, whole, start, horizon):
    rows = np.arange(start - TRAIN, start - horizon)
    rows = rows[whole[rows] & np.isfinite(labels[rows])]
    used = np.isfinite(values[rows]).mean(axis=0) >= KNOWN
    train = rows[np.isfinite(values[rows][:, used]).all(axis=1)]
    mean, deviation = values[train].mean(axis=0), values[train].std(axis=0)
    used &= deviation > 1e-12 * np.abs(mean)
    asked = np.arange(start, min(start + TEST, len(values)))
    test = asked[whole[asked] & np.isfinite(values[asked][:, used]).all(axis=1)]
    scale = lambda some: np.clip((values[some][:, used] - mean[used]) / deviation[used], -CLIP, CLIP)
    return scale(train), labels[train], scale(test)


began = time.perf_counter()
features = pd.read_csv(features_file, parse_dates=["feature_time"])
candles = pd.read_csv(candles_file, parse_dates=["open_time"])
candles = candles[candles.timeframe == "1h"].assign(feature_time=lambda rows: rows.open_time + pd.Timedelta(hours=1))
table = features.merge(candles[["symbol", "feature_time", "close"]], on=["symbol", "feature_time"], how="left")
names = [name for name in features if name not in ("symbol", "feature_time")]
series = []
for _, rows in table.sort_values(["symbol", "feature_time"]).groupby("symbol"):
    whole = rows["hour"].notna().values
    series.append((rows[names].values, rows["close"].ffill().values, whole))
read, fitting, seconds, fits, folds = time.perf_counter() - began, 0.0, {}, 0, 0
for values, closes, whole in series:
    for horizon in (1, 6, 24):
        labels = labels_of(closes, whole, horizon)
        for number, start in enumerate(range(TRAIN, len(values), TEST)):
            folds += 1
            if number % every:
                continue
            began = time.perf_counter()
            train, known, test = fold_of(values, labels, whole, start, horizon)
            for name, model in models(horizon).items():
                of_model = time.perf_counter()
                model.fit(train, known).predict(test)
                seconds[name] = seconds.get(name, 0.0) + time.perf_counter() - of_model
                fits += 1
            fitting += time.perf_counter() - began
fitted = fits / len(models(1))
print(
    json.dumps(
        {
            "seconds": read + fitting * folds / fitted,
            "folds": folds,
            "fitted_folds": int(fitted),
            "models": {name: value * folds / fitted for name, value in seconds.items()},
        }
    )
)
