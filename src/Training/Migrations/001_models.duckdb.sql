-- Models, their versions with what was trained, and predictions. One process has the store and its writers take turns, so that one version is in production.
CREATE TABLE models (
    name text PRIMARY KEY,
    description text NOT NULL,
    last_version integer NOT NULL,
    created_at timestamp NOT NULL,
    changed_at timestamp NOT NULL
);

CREATE TABLE model_versions (
    model text NOT NULL,
    version integer NOT NULL,
    kind text NOT NULL,
    stage text NOT NULL CHECK (stage IN ('staging', 'production', 'archived')),
    parameters json NOT NULL,
    metrics json NOT NULL,
    rival json,
    deciding_metric text NOT NULL,
    trained_from timestamp NOT NULL,
    trained_to timestamp NOT NULL,
    row_count bigint NOT NULL,
    data_fingerprint text NOT NULL,
    code_version text NOT NULL,
    artefact blob NOT NULL,
    artefact_sha256 text NOT NULL,
    run_id uuid,
    created_by text NOT NULL,
    created_at timestamp NOT NULL,
    PRIMARY KEY (model, version)
);

-- What was put into production when; rows are added and never changed.
CREATE TABLE model_promotions (
    model text NOT NULL,
    number integer NOT NULL,
    version integer NOT NULL,
    replaced integer,
    action text NOT NULL CHECK (action IN ('promoted', 'rolled_back')),
    is_forced boolean NOT NULL,
    reason text NOT NULL,
    decided_by text NOT NULL,
    decided_at timestamp NOT NULL,
    PRIMARY KEY (model, number)
);

-- What was predicted when, for when, by which version, and what came.
CREATE TABLE predictions (
    model text NOT NULL,
    version integer NOT NULL,
    entity text NOT NULL,
    horizon text NOT NULL,
    as_of timestamp NOT NULL,
    made_for timestamp NOT NULL,
    made_at timestamp NOT NULL,
    value double NOT NULL,
    lower_bound double NOT NULL,
    upper_bound double NOT NULL,
    actual double,
    actual_at timestamp,
    PRIMARY KEY (model, version, entity, as_of, made_for)
);
