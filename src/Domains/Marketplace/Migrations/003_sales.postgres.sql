-- Units sold, estimated as of a day from what was seen up to it. Without units there were not enough data. model_version is that of the
-- registry's model Units_from_reviews, and 0 where no true sales were known. days is 1, and null where units are all of them so far;
-- lower and upper hold four of five. forecast has an object for each horizon: days, units, lower, upper.
CREATE TABLE sales_estimates (
  sku text NOT NULL,
  "date" date NOT NULL,
  model_version integer NOT NULL,
  days integer,
  units double precision,
  lower double precision,
  upper double precision,
  revenue double precision,
  reason text NOT NULL,
  forecast jsonb
);

CREATE INDEX sales_estimates_product ON sales_estimates (sku, "date");
CREATE INDEX sales_estimates_day ON sales_estimates ("date", model_version);
