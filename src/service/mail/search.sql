-- database: search
-- name: search_state :one
SELECT version, body, email FROM search_state WHERE id = 1;

-- name: search_set_state :none
UPDATE search_state SET version = :version, body = :body, email = :email WHERE id = 1;

-- name: search_text_add :none
INSERT INTO search_text (email, header, body) VALUES (:email, $header, $body);

-- name: search_text_get :maybe
SELECT header, body FROM search_text WHERE email = :email;

-- name: search_text_header :each
SELECT header FROM search_text WHERE email = :email;

-- name: search_text_body :each
SELECT body FROM search_text WHERE email = :email;

-- name: search_text_both :each
SELECT header, body FROM search_text WHERE email = :email;

-- name: search_text_remove :none
DELETE FROM search_text WHERE email = :email;

-- name: search_text_each :each
-- Every email of an account that is here.
SELECT email FROM search_text WHERE email >= :first AND email <= :last ORDER BY email;

-- name: search_text_clear :none
DELETE FROM search_text;

-- name: search_large_add :none
INSERT INTO search_large (email) VALUES (:email) ON CONFLICT (email) DO NOTHING;

-- name: search_large_remove :none
DELETE FROM search_large WHERE email = :email;

-- name: search_large_each :each
SELECT email FROM search_large WHERE email >= :first AND email <= :last ORDER BY email;

-- name: search_large_next :many
SELECT email FROM search_large WHERE email > :after ORDER BY email LIMIT 200;

-- name: search_large_clear :none
DELETE FROM search_large;

-- name: search_word_add :none
INSERT INTO search_word (rowid, sender, recipient, copied, subject, body, other)
VALUES (:email, $sender, $recipient, $copied, $subject, $body, $other);

-- name: search_word_remove :none
-- The words must be those that were added.
INSERT INTO search_word (search_word, rowid, sender, recipient, copied, subject, body, other)
VALUES ('delete', :email, $sender, $recipient, $copied, $subject, $body, $other);

-- name: search_word_clear :none
INSERT INTO search_word (search_word) VALUES ('delete-all');

-- name: search_word_each :each
SELECT rowid AS email FROM search_word
WHERE search_word MATCH $asked AND rowid >= :first AND rowid <= :last ORDER BY rowid;

-- name: search_vocabulary_get :maybe
SELECT is_readable FROM search_vocabulary WHERE word = $word;

-- name: search_vocabulary_set :none
INSERT INTO search_vocabulary (word, is_readable) VALUES ($word, :is_readable)
ON CONFLICT (word) DO UPDATE SET is_readable = excluded.is_readable;

-- name: search_vocabulary_clear :none
DELETE FROM search_vocabulary;

-- name: search_block_last :maybe
SELECT number, words FROM search_block WHERE is_readable = :is_readable ORDER BY number DESC LIMIT 1;

-- name: search_block_set :none
INSERT INTO search_block (is_readable, number, words) VALUES (:is_readable, :number, $words)
ON CONFLICT (is_readable, number) DO UPDATE SET words = excluded.words;

-- name: search_block_each :each
SELECT words FROM search_block WHERE is_readable >= :least;

-- name: search_block_clear :none
DELETE FROM search_block;
