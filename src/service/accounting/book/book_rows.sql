-- name: book_rows_entry :each
SELECT sequence AS sequence, bytes AS bytes, hash AS hash FROM accounting_entry ORDER BY sequence;
