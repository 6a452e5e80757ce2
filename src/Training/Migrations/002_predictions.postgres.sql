-- The newest predictions first, and those whose outcome is not known yet.
CREATE INDEX predictions_as_of ON predictions (as_of);
CREATE INDEX predictions_due ON predictions (model, made_for) WHERE actual IS NULL;
