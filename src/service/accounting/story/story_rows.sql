-- name: story_rows_deed :each
-- text: person
SELECT accounting_deed.id AS id, accounting_deed.kind AS kind, accounting_deed.object AS object,
    accounting_deed.deed AS deed, accounting_deed.at_ms AS at_ms, COALESCE((SELECT address FROM person
    WHERE person.id = accounting_deed.person), '') AS person, accounting_deed.detail AS detail
FROM accounting_deed ORDER BY accounting_deed.id;

-- name: story_rows_deed_add :none
INSERT INTO accounting_deed (id, kind, object, deed, at_ms, person, detail)
VALUES (:id, :kind, :object, $deed, :at_ms, NULLIF(:person, 0), $detail);
