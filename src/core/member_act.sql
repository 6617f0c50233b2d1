-- database: syndicate
-- name: member_act_add :none
INSERT INTO member_act (member, at_ms, actor, kind, subject, detail)
VALUES (:member, :at_ms, $actor, $kind, $subject, $detail);

-- name: member_act_list :many
SELECT id, at_ms, actor, kind, subject, detail FROM member_act WHERE member = :member ORDER BY id LIMIT 200;

-- name: member_act_done :none
-- The moment too: an answer that comes a second time must not take a later act that was given the same number.
DELETE FROM member_act WHERE id = :id AND at_ms = :at_ms;
