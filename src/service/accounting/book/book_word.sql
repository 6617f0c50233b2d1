-- name: book_word_add :none
INSERT INTO accounting_word (word, sequence) VALUES ($word, :sequence) ON CONFLICT (word, sequence) DO NOTHING;

-- name: book_word_forget :none
DELETE FROM accounting_word;

-- name: book_word_range :many
-- The newest acts with a word between the two.
SELECT sequence AS sequence FROM accounting_word WHERE word >= $first AND word < $behind
GROUP BY sequence ORDER BY sequence DESC LIMIT 2000;
