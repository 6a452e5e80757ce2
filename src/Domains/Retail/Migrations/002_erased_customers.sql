-- Who was erased, by key and without anything about the person: a source that still has him must not bring him back.
CREATE TABLE "erased_customers" (
  "customer_id" bigint PRIMARY KEY,
  "user_id" bigint,
  "erased_at" timestamp NOT NULL
);
