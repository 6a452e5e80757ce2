-- Units sold, estimated as of a day from what was seen up to it. Without units there were not enough data. model_version is that of the
-- registry's model Units_from_reviews, and 0 where no true sales were known. days is 1, and null where units are all of them so far;
-- lower and upper hold four of five. forecast has an object for each horizon: days, units, lower, upper.
CREATE TABLE sales_estimates (
  sku VARCHAR NOT NULL,
  "date" DATE NOT NULL,
  model_version INTEGER NOT NULL,
  days INTEGER,
  units DOUBLE,
  lower DOUBLE,
  upper DOUBLE,
  revenue DOUBLE,
  reason VARCHAR NOT NULL,
  forecast JSON
);
