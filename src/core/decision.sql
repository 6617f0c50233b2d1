-- name: decision_list :many
-- All of them, or the one that holds.
SELECT id AS id, recorded_ms AS recorded_ms, ended_ms AS ended_ms, day AS day, decider AS decider, words AS words,
    provider AS provider, address AS address, model AS model, maker AS maker, licence AS licence,
    training AS training, place AS place, energy AS energy, is_outside AS is_outside
FROM decision WHERE (:is_of_now = 0 OR ended_ms = 0) ORDER BY id DESC LIMIT 100;

-- name: decision_end :none
UPDATE decision SET ended_ms = :now_ms WHERE ended_ms = 0;

-- name: decision_add :none
INSERT INTO decision (recorded_ms, ended_ms, day, decider, words, provider, address, model, maker, licence,
    training, place, energy, is_outside)
VALUES (:recorded_ms, :ended_ms, :day, $decider, $words, $provider, $address, $model, $maker, $licence,
    $training, $place, $energy, :is_outside);

-- name: decision_export :each
SELECT recorded_ms AS recorded_ms, ended_ms AS ended_ms, day AS day, decider AS decider, words AS words,
    provider AS provider, address AS address, model AS model, maker AS maker, licence AS licence,
    training AS training, place AS place, energy AS energy, is_outside AS is_outside
FROM decision ORDER BY id;
