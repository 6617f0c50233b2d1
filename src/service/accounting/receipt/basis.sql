-- name: basis_get :maybe
SELECT words AS words FROM accounting_basis WHERE sequence = :sequence;

-- name: basis_put :none
INSERT INTO accounting_basis (sequence, words) VALUES (:sequence, $words)
ON CONFLICT (sequence) DO UPDATE SET words = excluded.words;
