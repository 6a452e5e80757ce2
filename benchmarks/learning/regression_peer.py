"""Fits scikit-learn's and XGBoost's models on a table and prints what it took and how good they are: regression_peer.py TABLE.csv[.gz] THREADS"""
import json
import sys
import time
import warnings

import numpy as np
import pandas as pd
import xgboost
from sklearn import ensemble, linear_model
from sklearn.metrics import log_loss

warnings.filterwarnings("ignore")
table, threads = pd.read_csv(sys.argv[1]), int(sys.argv[2])
columns = [name for name in table if name.startswith("x")]
train, test = table[table.is_test == 0], table[table.is_test == 1]
features, asked = np.asfortranarray(train[columns].values), np.asfortranarray(test[columns].values)
trees = dict(n_estimators=50, max_samples=0.2, min_samples_leaf=5, n_jobs=threads, random_state=1)
boosting = dict(max_iter=200, learning_rate=0.1, max_leaf_nodes=31, min_samples_leaf=20, early_stopping=False, random_state=1)
xgb = dict(n_estimators=200, learning_rate=0.1, max_depth=6, tree_method="hist", n_jobs=threads, random_state=1)
models = {
    "ols": linear_model.LinearRegression(),
    "ridge": linear_model.Ridge(alpha=10),
    "lasso": linear_model.Lasso(alpha=0.01, tol=1e-10, max_iter=200_000),
    "elastic_net": linear_model.ElasticNet(alpha=0.01, l1_ratio=0.2, tol=1e-10, max_iter=200_000),
    "logistic_regression": linear_model.LogisticRegression(C=1, tol=1e-10, max_iter=10_000),
    "random_forest_regressor": ensemble.RandomForestRegressor(max_features=1 / 3, **trees),
    "random_forest_classifier": ensemble.RandomForestClassifier(max_features="sqrt", **trees),
    "hist_gradient_boosting_regressor": ensemble.HistGradientBoostingRegressor(**boosting),
    "hist_gradient_boosting_classifier": ensemble.HistGradientBoostingClassifier(**boosting),
    "xgboost_regressor": xgboost.XGBRegressor(objective="reg:squarederror", **xgb),
    "xgboost_classifier": xgboost.XGBClassifier(objective="binary:logistic", **xgb),
}
results = []
for name, model in models.items():
    is_classifier = hasattr(model, "predict_proba")
    target = "y_clf" if is_classifier else "y"
    values, came = train[target].values, test[target].values
    began, cpu = time.perf_counter(), time.process_time()
    model.fit(features, values)
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    if is_classifier:
        error = log_loss(came, model.predict_proba(asked)[:, 1])
    else:
        error = float(np.sqrt(np.mean((came - model.predict(asked)) ** 2)))
    results.append({"name": name, "seconds": seconds, "cpu_seconds": cpu, "error": float(error)})
print(json.dumps(results))
