"""What both sides read, from the reference results' data: arrays for deepfm.py and CSV files for ours.  peer_data.py DEEPFM_FOLDER DATA_FOLDER"""
import os
import sys

import numpy
import pandas

source, target = sys.argv[1:]
PARTS = ("train", "valid", "test")


def write(name, fields, x, labels, split):
    for part, number in zip(PARTS, range(3)):
        rows = split == number
        table = pandas.DataFrame(x[rows], columns=fields)
        table["click"] = labels[rows]
        table.to_csv(os.path.join(target, f"{name}_{part}.csv"), index=False)


ratings = pandas.read_csv(os.path.join(source, "ml1m.csv.gz"), dtype={"zip3": str, "gender": str, "genre": str})
fields = ["user", "movie", "gender", "age", "occupation", "zip3", "genre"]
split = ratings["split"].map({"train": 0, "val": 1, "test": 2}).to_numpy(numpy.uint8)
codes = numpy.zeros((len(ratings), len(fields)), numpy.int32)
cardinalities = []
for column, field in enumerate(fields):
    known = sorted(ratings[field].unique())
    code = pandas.Categorical(ratings[field], categories=known).codes.astype(numpy.int32) + 1
    trained = numpy.unique(code[split == 0])
    codes[:, column] = numpy.where(numpy.isin(code, trained), code, 0)
    cardinalities.append(len(known) + 1)
labels = ratings["label"].to_numpy(numpy.uint8)
times = ratings["tsplit"].map({"train": 0, "val": 1, "test": 2}).fillna(0).to_numpy(numpy.uint8)
numpy.savez(os.path.join(target, "ml1m.npz"), X=codes, y=labels, split=split, tsplit=times, card=numpy.array(cardinalities), fields=numpy.array(fields))
write("ml1m", fields, codes, labels, split)

clicks = numpy.load(os.path.join(target, "ctr.npz"))
names = [f"c{i + 1}" for i in range(clicks["X"].shape[1])]
write("ctr", names, clicks["X"], clicks["y"], clicks["split"])
# For judging only; no model reads it.
numpy.savetxt(os.path.join(target, "ctr_truth.txt"), clicks["p"][clicks["split"] == 2], fmt="%.9g")
