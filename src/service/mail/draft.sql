-- name: draft_add :one
INSERT INTO draft (account, email, kind, about, sender, to_text, cc_text, bcc_text, subject, words, saved_ms)
VALUES (:account, :email, :kind, :about, $sender, $to_text, $cc_text, $bcc_text, $subject, $words, :saved_ms)
RETURNING id AS id;

-- name: draft_set :none
UPDATE draft SET email = :email, sender = $sender, to_text = $to_text, cc_text = $cc_text, bcc_text = $bcc_text,
    subject = $subject, words = $words, saved_ms = :saved_ms WHERE id = :id AND account = :account;

-- name: draft_get :maybe
SELECT id, email, kind, about, sender, to_text, cc_text, bcc_text, subject, words, saved_ms FROM draft
WHERE id = :id AND account = :account;

-- name: draft_sent :maybe
-- Where the same words to the same people wait to leave already: a form that was posted twice.
SELECT outbox.id AS outgoing, outbox.next_ms AS next_ms, other.id AS draft FROM draft AS mine
JOIN outbox ON outbox.account = mine.account JOIN draft AS other ON other.id = outbox.draft
WHERE mine.id = :id AND mine.account = :account AND outbox.destination = '' AND outbox.next_ms > :now_ms
    AND other.account = mine.account AND other.sender = mine.sender AND other.to_text = mine.to_text
    AND other.cc_text = mine.cc_text AND other.bcc_text = mine.bcc_text AND other.subject = mine.subject
    AND other.words = mine.words ORDER BY outbox.id LIMIT 1;

-- name: draft_of_email :maybe
SELECT id FROM draft WHERE email = :email AND account = :account ORDER BY id LIMIT 1;

-- name: draft_drop :none
DELETE FROM draft WHERE id = :id AND account = :account;

-- name: draft_recipient_count :none
INSERT INTO correspondent (account, address, display_name, uses, used_ms)
VALUES (:account, $address, $display_name, 1, :used_ms)
ON CONFLICT (account, address) DO UPDATE SET uses = correspondent.uses + 1, used_ms = excluded.used_ms;

-- name: draft_recipients :many
SELECT address, display_name, uses FROM correspondent WHERE account = :account
ORDER BY uses DESC, used_ms DESC LIMIT 5000;

-- name: draft_people :many
SELECT address, display_name FROM person WHERE is_active = 1 ORDER BY display_name LIMIT 10000;

-- name: draft_groups :many
SELECT address, display_name FROM person_group ORDER BY display_name LIMIT 1000;

-- name: draft_own_aliases :many
SELECT address FROM alias WHERE person = :person ORDER BY address LIMIT 100;

-- name: draft_own_groups :many
SELECT person_group.address AS address, person_group.display_name AS display_name
FROM person_group JOIN group_member ON group_member.person_group = person_group.id
WHERE group_member.person = :person ORDER BY person_group.address LIMIT 100;

-- name: draft_settings_get :maybe
SELECT signature, page_size, undo_s, shows_images FROM mail_settings WHERE person = :person;

-- name: draft_settings_set :none
INSERT INTO mail_settings (person, signature, page_size, undo_s, shows_images)
VALUES (:person, $signature, :page_size, :undo_s, :shows_images)
ON CONFLICT (person) DO UPDATE SET signature = excluded.signature, page_size = excluded.page_size,
    undo_s = excluded.undo_s, shows_images = excluded.shows_images;

-- name: draft_image_allowed :one
SELECT count(*) AS number FROM image_sender WHERE account = :account AND address = $address;

-- name: draft_image_allow :none
INSERT INTO image_sender (account, address) VALUES (:account, $address) ON CONFLICT (account, address) DO NOTHING;

-- name: draft_sweep :none
-- Drafts that were sent, once undo is long past.
DELETE FROM draft WHERE account = :account AND saved_ms < :before_ms
    AND NOT EXISTS (SELECT 1 FROM message WHERE message.email = draft.email);
