-- name: signatory_list :many
SELECT accounting_signatory.id AS id, accounting_signatory.person AS person,
    coalesce(accounting_signatory.unit, 0) AS unit,
    accounting_signatory.rights AS rights, accounting_signatory.limit_cents AS limit_cents,
    accounting_signatory.since_day AS since_day, accounting_signatory.until_day AS until_day,
    accounting_signatory.is_head AS is_head, accounting_signatory.reference AS reference,
    person.address AS address, person.display_name AS display_name
FROM accounting_signatory JOIN person ON person.id = accounting_signatory.person
ORDER BY person.address, accounting_signatory.since_day DESC, accounting_signatory.id DESC LIMIT 1000;

-- name: signatory_count :one
SELECT count(*) AS number FROM accounting_signatory;

-- name: signatory_add :one
INSERT INTO accounting_signatory (person, unit, rights, limit_cents, since_day, until_day, is_head, reference)
VALUES (:person, nullif(:unit, 0), :rights, :limit_cents, :since_day, :until_day, :is_head, $reference)
RETURNING id AS id;

-- name: signatory_end :none
UPDATE accounting_signatory SET until_day = :until_day WHERE id = :id;
