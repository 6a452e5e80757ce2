-- Keys were shared secrets until now; the first server that starts makes a pair.
DELETE FROM tradepost_private.signing_keys;
