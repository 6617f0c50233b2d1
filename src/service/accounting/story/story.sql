-- name: story_add :none
INSERT INTO accounting_deed (kind, object, deed, at_ms, person, detail)
VALUES (:kind, :object, $deed, :at_ms, NULLIF(:person, 0), $detail);

-- name: story_deeds :many
-- text: who
SELECT at_ms AS at_ms, COALESCE(person.display_name, '') AS who, deed AS deed, detail AS detail
FROM accounting_deed LEFT JOIN person ON person.id = accounting_deed.person
WHERE kind = :kind AND object = :object ORDER BY accounting_deed.id DESC LIMIT 100;

-- name: story_posted :many
-- An act of the journal, and those that refer to it; entry: its kind.
-- text: who
SELECT accounting_posted.sequence AS sequence, accounting_posted.kind AS entry, instant_ms AS at_ms, amount AS amount,
    accounting_posted.number AS number, COALESCE(person.display_name, '') AS who
FROM accounting_posted LEFT JOIN person ON person.id = accounting_posted.actor
WHERE accounting_posted.sequence = :sequence OR accounting_posted.reference = :sequence
ORDER BY accounting_posted.sequence DESC LIMIT 100;

-- name: story_stated :maybe
-- When and what the accountant said of a piece.
SELECT stated_day AS stated_day, said AS said FROM accounting_piece WHERE sequence = :sequence AND stated_day > 0;

-- name: story_attests :many
SELECT at_ms AS at_ms, person.display_name AS who, amount AS amount
FROM accounting_attest JOIN person ON person.id = accounting_attest.person
WHERE engagement = :engagement ORDER BY accounting_attest.id DESC LIMIT 100;

-- name: story_party :many
-- When it came, and its accounts: each when it was entered, and when it was decided.
-- text: who deed detail
SELECT at_ms AS at_ms,
    COALESCE((SELECT display_name FROM person WHERE person.id = accounting_party_change.person), '') AS who,
    'accounting.party_add' AS deed, '' AS detail
FROM accounting_party_change WHERE party = :party AND field = 'created'
UNION ALL SELECT entered_ms, COALESCE((SELECT display_name FROM person WHERE person.id = entered_by), ''),
    'accounting.bank_add', SUBSTR(iban, -4)
FROM accounting_party_bank WHERE party = :party
UNION ALL SELECT decided_ms, COALESCE((SELECT display_name FROM person WHERE person.id = decided_by), ''),
    CASE state WHEN 2 THEN 'accounting.bank_refuse' ELSE 'accounting.bank_confirm' END, SUBSTR(iban, -4)
FROM accounting_party_bank WHERE party = :party AND decided_ms > 0
ORDER BY at_ms DESC LIMIT 100;
