-- What somebody changed of campaigns through a platform's API, or planned to. state: planned (a dry run), applying (it is written before
-- the platform is asked, so that one that a crash left behind is found), applied, failed or undone. before and after are what can be changed
-- of a campaign, budgets in major units; a creation has no before, and no campaign before it is applied. undoes is the change that this one
-- takes back.
CREATE TABLE campaign_changes (
  id {text} NOT NULL PRIMARY KEY,
  user_id {text} NOT NULL,
  campaign_id {text},
  action {text} NOT NULL,
  state {text} NOT NULL,
  asked_by {text} NOT NULL,
  asked_at {timestamp} NOT NULL,
  settled_at {timestamp},
  before {json},
  after {json} NOT NULL,
  problem {text},
  undoes {text},
  request_key {text},
  request_hash {text}
);
