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
    accounting_bill.state AS state, retained AS retained, freed AS freed, reason AS reason, notified AS notified, completed AS completed, iban AS iban,
    asked AS asked, service AS service, origin AS origin, COALESCE(inbound, 0) AS inbound,
    COALESCE(accounting_inbound.name, file_name) AS file_name
FROM accounting_bill JOIN accounting_party ON accounting_party.id = accounting_bill.party
    LEFT JOIN accounting_engagement ON accounting_engagement.sequence = accounting_bill.engagement
    LEFT JOIN accounting_inbound ON accounting_inbound.id = accounting_bill.inbound
WHERE accounting_bill.id = :id;

-- name: bill_orders :one
-- What its mandats came to, and the day of the first. One that was cancelled whole gives the bill back, but where a credit
-- note did it.
SELECT COALESCE(SUM(net), 0) AS net, COALESCE(SUM(tax), 0) AS tax, COALESCE(MIN(accounting_piece.day), 0) AS day
FROM accounting_piece JOIN accounting_posted ON accounting_posted.sequence = accounting_piece.sequence
    JOIN accounting_imputation ON accounting_imputation.sequence = accounting_piece.sequence
WHERE accounting_piece.bill = :bill AND accounting_piece.origin IS NULL AND (remains > 0 OR EXISTS (
    SELECT 1 FROM accounting_piece AS credit
    WHERE credit.origin = accounting_piece.sequence AND credit.bill IS NOT NULL));

-- name: bill_attests :many
SELECT COALESCE(bill, 0) AS bill, day AS day, amount AS amount FROM accounting_attest
WHERE engagement = :engagement AND withdraws IS NULL
    AND NOT EXISTS (SELECT 1 FROM accounting_attest AS other WHERE other.withdraws = accounting_attest.id)
ORDER BY day, id LIMIT 2000;

-- name: bill_claims :many
-- Who takes of the service that was done: mandats of an engagement in their order, then bills that wait, the longest
-- received first, with what is left of them.
SELECT bill AS bill, cents AS cents FROM (
    SELECT COALESCE(accounting_piece.bill, 0) AS bill, remains AS cents, 0 AS is_waiting,
        accounting_piece.sequence AS place, 0 AS id
    FROM accounting_piece JOIN accounting_posted ON accounting_posted.sequence = accounting_piece.sequence
    WHERE accounting_piece.engagement = :engagement AND accounting_piece.origin IS NULL
    UNION ALL
    SELECT accounting_bill.id, CASE WHEN recovers_tax <> 0 THEN net ELSE gross END - (
            SELECT COALESCE(SUM(accounting_imputation.net), 0) FROM accounting_piece
            JOIN accounting_posted ON accounting_posted.sequence = accounting_piece.sequence
            JOIN accounting_imputation ON accounting_imputation.sequence = accounting_piece.sequence
            WHERE accounting_piece.bill = accounting_bill.id AND accounting_piece.origin IS NULL AND remains > 0),
        1, received, accounting_bill.id
    FROM accounting_bill JOIN accounting_budget ON accounting_budget.id = accounting_bill.budget
    WHERE engagement = :engagement AND state = 0 AND is_credit = 0) AS claim
ORDER BY is_waiting, place, id LIMIT 2000;

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

-- name: bill_retain :none
UPDATE accounting_bill SET retained = :retained WHERE id = :id;

-- name: bill_free :none
UPDATE accounting_bill SET freed = :freed WHERE id = :id;

-- name: bill_state :none
UPDATE accounting_bill SET state = :state WHERE id = :id;

-- name: bill_send_back :none
UPDATE accounting_bill SET state = 1, reason = $reason WHERE id = :id;

-- name: bill_mandat :maybe
-- Of the invoice with that number, the mandat itself and not what corrects it; of several, the one with most left of it.
SELECT accounting_piece.sequence AS sequence
FROM accounting_bill JOIN accounting_piece ON accounting_piece.bill = accounting_bill.id
    JOIN accounting_posted ON accounting_posted.sequence = accounting_piece.sequence
WHERE accounting_bill.budget = :budget AND accounting_bill.party = :party AND accounting_bill.number = $number
    AND accounting_piece.origin IS NULL
ORDER BY remains DESC, accounting_piece.sequence DESC LIMIT 1;
