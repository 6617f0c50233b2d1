-- For the sweep of what was deleted for good: rows whose email is still kept.
CREATE INDEX expunged_kept ON expunged (expunged_ms) WHERE email <> 0;
