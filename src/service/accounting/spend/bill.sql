-- name: bill_add :one
INSERT INTO accounting_bill (budget, party, number, form, is_credit, issued, received, net, tax, gross, engagement,
    state, reason, notified, completed, iban, file_name, file)
VALUES (:budget, :party, $number, $form, :is_credit, :issued, :received, :net, :tax, :gross,
    CASE WHEN :engagement > 0 THEN :engagement END, 0, '', 0, 0, $iban, $file_name, @file)
RETURNING id AS id;

-- name: bill_same :maybe
SELECT id AS id FROM accounting_bill WHERE party = :party AND number = $number AND issued = :issued;

-- name: bill_get :maybe
SELECT accounting_bill.id AS id, accounting_bill.budget AS budget, accounting_bill.party AS party,
    accounting_party.name AS party_name, accounting_bill.number AS number, form AS form, is_credit AS is_credit,
    issued AS issued, received AS received, net AS net, tax AS tax, gross AS gross,
    COALESCE(accounting_bill.engagement, 0) AS engagement,
    COALESCE(accounting_engagement.number, 0) AS engagement_number,
    state AS state, reason AS reason, notified AS notified, completed AS completed, iban AS iban,
    file_name AS file_name
FROM accounting_bill JOIN accounting_party ON accounting_party.id = accounting_bill.party
    LEFT JOIN accounting_engagement ON accounting_engagement.sequence = accounting_bill.engagement
WHERE accounting_bill.id = :id;

-- name: bill_list :many
SELECT id AS id FROM accounting_bill WHERE budget = :budget AND state = :state ORDER BY received, id LIMIT 500;

-- name: bill_list_of :many
SELECT id AS id FROM accounting_bill WHERE engagement = :engagement ORDER BY received, id LIMIT 500;

-- name: bill_file :maybe
SELECT file_name AS file_name, file AS file FROM accounting_bill WHERE id = :id;

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
