-- From a used refresh token and this salt follows the next one: who repeats a request at once gets the same answer.
ALTER TABLE user_refresh_tokens ADD COLUMN next_salt text;
