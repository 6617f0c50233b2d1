-- name: voucher_add :none
INSERT INTO accounting_document_of (piece, name, type, bytes, about, bill)
VALUES (:piece, $name, $type, @bytes, $about, nullif(:bill, 0));

-- name: voucher_list :many
SELECT accounting_document_of.id AS id, accounting_document_of.name AS name, type AS type, about AS about,
    COALESCE(accounting_document_of.bill, 0) AS bill, accounting_document_of.state AS state,
    accounting_document_of.said AS said,
    COALESCE((SELECT COALESCE(accounting_inbound.size, length(accounting_bill.file)) FROM accounting_bill
        LEFT JOIN accounting_inbound ON accounting_inbound.id = accounting_bill.inbound
        WHERE accounting_bill.id = accounting_document_of.bill), length(accounting_document_of.bytes)) AS size
FROM accounting_document_of WHERE piece = :piece ORDER BY accounting_document_of.id LIMIT 20;

-- name: voucher_get :maybe
SELECT accounting_document_of.id AS id, accounting_document_of.piece AS piece, accounting_document_of.name AS name,
    type AS type, about AS about, COALESCE(accounting_document_of.bill, 0) AS bill,
    accounting_document_of.state AS state, accounting_document_of.said AS said, accounting_document_of.bytes AS bytes
FROM accounting_document_of WHERE accounting_document_of.id = :id;

-- name: voucher_drop :none
DELETE FROM accounting_document_of WHERE id = :id;

-- name: voucher_say :none
UPDATE accounting_document_of SET state = :state, said = $said WHERE id = :id;

-- name: voucher_rows :each
SELECT id AS id, piece AS piece, name AS name, type AS type, about AS about, state AS state, said AS said,
    COALESCE(bill, 0) AS bill, bytes AS bytes
FROM accounting_document_of ORDER BY accounting_document_of.id;

-- name: voucher_rows_add :none
INSERT INTO accounting_document_of (id, piece, name, type, about, state, said, bill, bytes)
VALUES (:id, :piece, $name, $type, $about, :state, $said, nullif(:bill, 0), @bytes);
