-- name: party_bank_add :one
INSERT INTO accounting_party_bank (party, iban, bic, holder, source, state, entered_by, entered_ms, decided_by,
    decided_ms)
VALUES (:party, $iban, $bic, $holder, $source, 0, nullif(:entered_by, 0), :entered_ms, NULL, 0) RETURNING id AS id;

-- name: party_bank_get :maybe
SELECT id AS id, party AS party, iban AS iban, state AS state, coalesce(entered_by, 0) AS entered_by
FROM accounting_party_bank WHERE id = :id;

-- name: party_bank_decide :none
UPDATE accounting_party_bank SET state = :state, decided_by = :person, decided_ms = :at_ms WHERE id = :id;

-- name: party_bank_replace :none
UPDATE accounting_party_bank SET state = 3 WHERE party = :party AND state = 1;

-- name: party_bank_list :many
-- text: entered_name decided_name
SELECT accounting_party_bank.id AS id, accounting_party_bank.party AS party, accounting_party_bank.iban AS iban,
    accounting_party_bank.bic AS bic, accounting_party_bank.holder AS holder, accounting_party_bank.source AS source,
    accounting_party_bank.state AS state, coalesce(accounting_party_bank.entered_by, 0) AS entered_by,
    accounting_party_bank.entered_ms AS entered_ms, coalesce(accounting_party_bank.decided_by, 0) AS decided_by,
    accounting_party_bank.decided_ms AS decided_ms, coalesce(enterer.display_name, '') AS entered_name,
    coalesce(decider.display_name, '') AS decided_name
FROM accounting_party_bank LEFT JOIN person AS enterer ON enterer.id = accounting_party_bank.entered_by
    LEFT JOIN person AS decider ON decider.id = accounting_party_bank.decided_by
WHERE accounting_party_bank.party = :party ORDER BY accounting_party_bank.id DESC LIMIT 200;

-- name: party_bank_shared :many
SELECT DISTINCT accounting_party.id AS id, accounting_party.name AS name, accounting_party.first_name AS first_name
FROM accounting_party_bank JOIN accounting_party ON accounting_party.id = accounting_party_bank.party
WHERE accounting_party_bank.iban = $iban AND accounting_party_bank.state IN (0, 1)
    AND accounting_party_bank.party <> :party
ORDER BY accounting_party.id LIMIT 50;

-- name: party_bank_of :maybe
SELECT id AS id, party AS party, iban AS iban, bic AS bic, holder AS holder, source AS source,
    coalesce(entered_by, 0) AS entered_by, entered_ms AS entered_ms, coalesce(decided_by, 0) AS decided_by,
    decided_ms AS decided_ms
FROM accounting_party_bank WHERE party = :party AND state = 1;

-- name: party_bank_count :one
SELECT count(*) AS number FROM accounting_party_bank WHERE party = :party AND state = :state;
