-- name: party_rows_party :each
SELECT id AS id, name AS name, complement AS complement, title AS title, first_name AS first_name, id_kind AS id_kind,
    id_number AS id_number, category AS category, nature AS nature, street_before AS street_before, street AS street,
    street_after AS street_after, postcode AS postcode, place AS place, country AS country, mail AS mail,
    phone AS phone, is_active AS is_active
FROM accounting_party ORDER BY id;

-- name: party_rows_party_add :none
INSERT INTO accounting_party (id, name, complement, title, first_name, id_kind, id_number, category, nature,
    street_before, street, street_after, postcode, place, country, mail, phone, is_active, folded)
VALUES (:id, $name, $complement, $title, $first_name, $id_kind, $id_number, $category, $nature,
    $street_before, $street, $street_after, $postcode, $place, $country, $mail, $phone, :is_active, $folded);

-- name: party_rows_change :each
-- text: person
SELECT accounting_party_change.id AS id, accounting_party_change.party AS party,
    accounting_party_change.at_ms AS at_ms, coalesce(person.address, '') AS person,
    accounting_party_change.field AS field, accounting_party_change.before AS before,
    accounting_party_change.after AS after
FROM accounting_party_change LEFT JOIN person ON person.id = accounting_party_change.person
ORDER BY accounting_party_change.id;

-- name: party_rows_change_add :none
INSERT INTO accounting_party_change (id, party, at_ms, person, field, before, after)
VALUES (:id, :party, :at_ms, nullif(:person, 0), $field, $before, $after);

-- name: party_rows_bank :each
-- text: entered_by decided_by
SELECT accounting_party_bank.id AS id, accounting_party_bank.party AS party, accounting_party_bank.iban AS iban,
    accounting_party_bank.bic AS bic, accounting_party_bank.holder AS holder, accounting_party_bank.source AS source,
    accounting_party_bank.state AS state, coalesce(enterer.address, '') AS entered_by,
    accounting_party_bank.entered_ms AS entered_ms, coalesce(decider.address, '') AS decided_by,
    accounting_party_bank.decided_ms AS decided_ms
FROM accounting_party_bank LEFT JOIN person AS enterer ON enterer.id = accounting_party_bank.entered_by
    LEFT JOIN person AS decider ON decider.id = accounting_party_bank.decided_by
ORDER BY accounting_party_bank.id;

-- name: party_rows_bank_add :none
INSERT INTO accounting_party_bank (id, party, iban, bic, holder, source, state, entered_by, entered_ms, decided_by,
    decided_ms)
VALUES (:id, :party, $iban, $bic, $holder, $source, :state, nullif(:entered_by, 0), :entered_ms,
    nullif(:decided_by, 0), :decided_ms);
