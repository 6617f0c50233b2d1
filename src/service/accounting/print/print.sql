-- name: print_signer :maybe
SELECT signed_by AS person, display_name AS name, signed_ms AS signed_ms
FROM accounting_slip JOIN person ON person.id = accounting_slip.signed_by
WHERE accounting_slip.id = :slip;

-- name: print_documents :many
SELECT name AS name FROM accounting_document_of WHERE piece = :piece ORDER BY id LIMIT 100;

-- name: print_slip_rows :many
-- text: party_name nature
SELECT accounting_piece.number AS number, COALESCE(accounting_party.name, '') AS party_name, object AS object,
    (SELECT nature FROM accounting_imputation WHERE accounting_imputation.sequence = accounting_piece.sequence
        ORDER BY place LIMIT 1) AS nature,
    (SELECT COUNT(*) FROM accounting_imputation WHERE accounting_imputation.sequence = accounting_piece.sequence)
        AS lines,
    (SELECT COALESCE(SUM(net), 0) FROM accounting_imputation
        WHERE accounting_imputation.sequence = accounting_piece.sequence) AS net,
    (SELECT COALESCE(SUM(tax), 0) FROM accounting_imputation
        WHERE accounting_imputation.sequence = accounting_piece.sequence) AS tax
FROM accounting_piece LEFT JOIN accounting_party ON accounting_party.id = accounting_piece.party
WHERE slip = :slip ORDER BY accounting_piece.place LIMIT 500;
