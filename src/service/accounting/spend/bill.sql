-- name: bill_add :one
INSERT INTO accounting_bill (budget, party, number, form, is_credit, issued, received, net, tax, gross, engagement,
    state, reason, notified, completed, iban, asked, service, origin, inbound, file_name, file)
VALUES (:budget, :party, $number, $form, :is_credit, :issued, :received, :net, :tax, :gross,
    CASE WHEN :engagement > 0 THEN :engagement END, 0, '', 0, 0, $iban, $asked, $service, $origin,
    nullif(:inbound, 0), $file_name, @file)
RETURNING id AS id;

-- name: bill_alike :each
-- Bills of one supplier between two days, whichever of its establishments they came from (SIRET, SIREN, French VAT number).
SELECT id AS id, number AS number, issued AS issued, state AS state FROM accounting_bill
WHERE issued BETWEEN :first AND :last AND is_credit = :is_credit AND (party = :party OR party IN (
    SELECT id FROM accounting_party WHERE id_kind IN ('01', '02') AND id_number >= $siren
        AND id_number < $siren || ':' AND $siren <> ''
    UNION ALL
    SELECT id FROM accounting_party WHERE id_kind = '05' AND id_number LIKE 'FR__' || $siren AND $siren <> ''))
ORDER BY id;

-- name: bill_get :maybe
-- text: file_name
SELECT accounting_bill.id AS id, accounting_bill.budget AS budget, accounting_bill.party AS party,
    accounting_party.name AS party_name, accounting_bill.number AS number, form AS form, is_credit AS is_credit,
    issued AS issued, received AS received, net AS net, tax AS tax, gross AS gross,
    COALESCE(accounting_bill.engagement, 0) AS engagement,
    COALESCE(accounting_engagement.number, 0) AS engagement_number,
    accounting_bill.state AS state, reason AS reason, notified AS notified, completed AS completed, iban AS iban,
    asked AS asked, service AS service, origin AS origin, COALESCE(inbound, 0) AS inbound,
    COALESCE(accounting_inbound.name, file_name) AS file_name
FROM accounting_bill JOIN accounting_party ON accounting_party.id = accounting_bill.party
    LEFT JOIN accounting_engagement ON accounting_engagement.sequence = accounting_bill.engagement
    LEFT JOIN accounting_inbound ON accounting_inbound.id = accounting_bill.inbound
WHERE accounting_bill.id = :id;

-- name: bill_list :many
SELECT id AS id FROM accounting_bill WHERE budget = :budget AND state = :state ORDER BY received, id LIMIT 500;

-- name: bill_list_of :many
SELECT id AS id FROM accounting_bill WHERE engagement = :engagement ORDER BY received, id LIMIT 500;

-- name: bill_file :maybe
-- text: file_name
-- blob: file
SELECT COALESCE(accounting_inbound.name, file_name) AS file_name,
    COALESCE(accounting_inbound.file, accounting_bill.file) AS file
FROM accounting_bill LEFT JOIN accounting_inbound ON accounting_inbound.id = accounting_bill.inbound
WHERE accounting_bill.id = :id;

-- name: bill_match :none
UPDATE accounting_bill SET engagement = :engagement WHERE id = :id;

-- name: bill_interrupt :none
UPDATE accounting_bill SET notified = :notified, reason = $reason WHERE id = :id;

-- name: bill_complete :none
UPDATE accounting_bill SET completed = :completed WHERE id = :id;

-- name: bill_state :none
UPDATE accounting_bill SET state = :state WHERE id = :id;

-- name: bill_send_back :none
UPDATE accounting_bill SET state = 1, reason = $reason WHERE id = :id;

-- name: bill_mandat :maybe
-- Of the invoice with that number, the mandat itself and not what corrects it.
SELECT accounting_piece.sequence AS sequence
FROM accounting_bill JOIN accounting_piece ON accounting_piece.bill = accounting_bill.id
WHERE accounting_bill.budget = :budget AND accounting_bill.party = :party AND accounting_bill.number = $number
    AND accounting_piece.origin IS NULL
ORDER BY accounting_piece.sequence DESC LIMIT 1;
