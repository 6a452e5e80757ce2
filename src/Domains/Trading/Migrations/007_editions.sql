-- What was published last: another text whenever rows that are shown of features, of models' walks or of their predictions are others.
CREATE TABLE trading_editions (
  name {text} PRIMARY KEY,
  edition {text} NOT NULL
);
INSERT INTO trading_editions (name, edition) VALUES ('features', 'none'), ('training', 'none'), ('predictions', 'none');
