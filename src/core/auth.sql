-- database: auth
-- name: auth_person_put :none
INSERT INTO credential (person, address, role, is_active, verifier, second_secret, is_second_on, second_step, language,
                        changed_ms)
VALUES (:person, $address, :role, :is_active, '', @empty, 0, 0, $language, :now_ms)
ON CONFLICT (person) DO UPDATE SET address = excluded.address, role = excluded.role, is_active = excluded.is_active,
    language = excluded.language, changed_ms = excluded.changed_ms;

-- name: auth_credential :maybe
SELECT person, address, role, is_active, verifier, second_secret, is_second_on, second_step, language FROM credential
WHERE person = :person;

-- name: auth_person_of :maybe
SELECT person FROM credential WHERE address = $address;

-- name: auth_set_verifier :none
UPDATE credential SET verifier = $verifier, changed_ms = :now_ms WHERE person = :person;

-- name: auth_set_second :none
UPDATE credential SET second_secret = @secret, is_second_on = :is_on, second_step = :step, changed_ms = :now_ms
WHERE person = :person;

-- name: auth_set_step :none
-- The condition makes two answers with one code impossible, whatever was read before.
UPDATE credential SET second_step = :step WHERE person = :person AND second_step < :step;

-- name: auth_set_language :none
UPDATE credential SET language = $language WHERE person = :person;

-- name: auth_without_second :one
SELECT count(*) AS number FROM credential WHERE is_active = 1 AND is_second_on = 0;

-- name: auth_recovery_add :none
INSERT INTO recovery_code (hash, person, used_ms) VALUES (@hash, :person, 0);

-- name: auth_recovery_clear :none
DELETE FROM recovery_code WHERE person = :person;

-- name: auth_recovery_use :none
UPDATE recovery_code SET used_ms = :now_ms WHERE hash = @hash AND person = :person AND used_ms = 0;

-- name: auth_recovery_left :one
SELECT count(*) AS number FROM recovery_code WHERE person = :person AND used_ms = 0;

-- name: auth_session_add :one
INSERT INTO session (person, kind, token, form_token, label, remote, address, mandate, created_ms, seen_ms, expires_ms,
                     ended_ms)
VALUES (:person, :kind, @token, $form_token, $label, $remote, $address, :mandate, :now_ms, :now_ms, :expires_ms, 0)
RETURNING id AS id;

-- name: auth_session_of :maybe
SELECT id FROM session WHERE token = @token;

-- name: auth_session_get :maybe
SELECT id, person, kind, form_token, label, remote, address, mandate, created_ms, seen_ms, expires_ms, ended_ms
FROM session WHERE id = :id;

-- name: auth_session_list :many
SELECT id, person, kind, form_token, label, remote, address, mandate, created_ms, seen_ms, expires_ms, ended_ms
FROM session WHERE person = :person AND ended_ms = 0 AND expires_ms > :now_ms ORDER BY seen_ms DESC, id DESC LIMIT 100;

-- name: auth_session_seen :none
UPDATE session SET seen_ms = :now_ms, remote = $remote WHERE id = :id;

-- name: auth_session_end :none
UPDATE session SET ended_ms = :now_ms WHERE id = :id AND person = :person AND ended_ms = 0;

-- name: auth_session_end_others :none
-- Kind 3 is SESSION_APPLICATION.
UPDATE session SET ended_ms = :now_ms
WHERE person = :person AND id <> :kept AND ended_ms = 0 AND (kind <> 3 OR :with_applications = 1);

-- name: auth_session_end_every :none
-- Kind 3 is SESSION_APPLICATION.
UPDATE session SET ended_ms = :now_ms WHERE ended_ms = 0 AND kind <> 3;

-- name: auth_session_end_mandate :none
UPDATE session SET ended_ms = :now_ms WHERE mandate = :mandate AND mandate <> 0 AND ended_ms = 0;

-- name: auth_ended_since :many
SELECT id, ended_ms FROM session WHERE ended_ms >= :since_ms ORDER BY ended_ms, id LIMIT 10000;

-- name: auth_sweep_sessions :none
DELETE FROM session WHERE (ended_ms > 0 AND ended_ms < :before_ms) OR expires_ms < :before_ms;

-- name: auth_sweep_failures :none
DELETE FROM failure WHERE at_ms < :before_ms;

-- name: auth_sweep_familiar :none
DELETE FROM familiar WHERE at_ms < :before_ms;

-- name: auth_sweep_invitations :none
DELETE FROM invitation WHERE expires_ms < :before_ms;

-- name: auth_application_count :one
SELECT count(*) AS number FROM session WHERE person = :person AND kind = 3 AND ended_ms = 0;

-- name: auth_failure_get :maybe
SELECT number, at_ms FROM failure WHERE who = $who;

-- name: auth_failure_put :none
INSERT INTO failure (who, number, at_ms) VALUES ($who, :number, :now_ms)
ON CONFLICT (who) DO UPDATE SET number = excluded.number, at_ms = excluded.at_ms;

-- name: auth_familiar_put :none
INSERT INTO familiar (person, remote, at_ms) VALUES (:person, $remote, :now_ms)
ON CONFLICT (person, remote) DO UPDATE SET at_ms = excluded.at_ms;

-- name: auth_familiar :one
SELECT count(*) AS number FROM familiar WHERE person = :person AND remote = $remote AND at_ms >= :since_ms;

-- name: auth_invitation_put :none
INSERT INTO invitation (hash, person, expires_ms, used_ms) VALUES (@hash, :person, :expires_ms, 0);

-- name: auth_invitation_get :maybe
SELECT person, expires_ms, used_ms FROM invitation WHERE hash = @hash;

-- name: auth_invitation_use :none
UPDATE invitation SET used_ms = :now_ms WHERE hash = @hash AND used_ms = 0;

-- name: auth_invitation_clear :none
DELETE FROM invitation WHERE person = :person AND used_ms = 0;

-- name: auth_mandate_put :none
INSERT INTO mandate (id, operator, ends_ms) VALUES (:id, $operator, :ends_ms)
ON CONFLICT (id) DO UPDATE SET ends_ms = excluded.ends_ms;

-- name: auth_mandate_of :many
SELECT id, ends_ms FROM mandate WHERE operator = $operator AND ends_ms > :now_ms ORDER BY ends_ms DESC LIMIT 1;

-- name: auth_mandate_get :maybe
SELECT operator, ends_ms FROM mandate WHERE id = :id;

-- name: auth_setting_get :maybe
SELECT value FROM setting WHERE name = $name;

-- name: auth_setting_put :none
INSERT INTO setting (name, value) VALUES ($name, $value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- name: auth_entry_put :none
INSERT INTO entry (hash, operator, expires_ms, used_ms) VALUES (@hash, $operator, :expires_ms, 0);

-- name: auth_entry_get :maybe
SELECT operator, expires_ms, used_ms FROM entry WHERE hash = @hash;

-- name: auth_entry_use :none
UPDATE entry SET used_ms = :now_ms WHERE hash = @hash AND used_ms = 0;

-- name: auth_entry_sweep :none
DELETE FROM entry WHERE expires_ms < :before_ms;
