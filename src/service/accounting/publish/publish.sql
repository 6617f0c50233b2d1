-- name: publish_state :maybe
SELECT published_ms AS published_ms, population AS population FROM accounting_act WHERE id = :id;

-- name: publish_set :none
UPDATE accounting_act SET published_ms = :published_ms, population = :population WHERE id = :id;

-- name: publish_shown :many
-- The newest year first, main budgets before annexes, what is planned before what was done.
SELECT accounting_act.id AS id
FROM accounting_act JOIN accounting_budget ON accounting_budget.id = accounting_act.budget
    JOIN accounting_document ON accounting_document.id = accounting_act.document
WHERE published_ms > 0 AND is_draft = 0 AND annulled_ms = 0 AND is_whole = 1
ORDER BY year DESC, accounting_budget.kind DESC, accounting_act.kind, accounting_act.id LIMIT 50;

-- name: publish_any :one
SELECT EXISTS (SELECT 1 FROM accounting_act JOIN accounting_document
    ON accounting_document.id = accounting_act.document
    WHERE published_ms > 0 AND is_draft = 0 AND annulled_ms = 0 AND is_whole = 1) AS is_any;

-- name: publish_last :one
SELECT coalesce(max(place), 0) AS place FROM accounting_line WHERE act = :act;

-- name: publish_chapters :many
-- internal: only order operations stand in it.
SELECT section AS section, direction AS direction, min(kind) AS internal, group_chapter AS code, count(*) AS lines,
    sum(voted) AS voted, sum(opened) AS opened, sum(done) AS done
FROM accounting_line WHERE act = :act AND nature <> '' AND section < 2
GROUP BY section, direction, group_chapter ORDER BY section, direction, group_chapter LIMIT 1000;

-- name: publish_functions :many
-- By the first digit of the function, order operations apart.
-- text: code
SELECT section AS section, direction AS direction, substr(function, 1, 1) AS code, count(*) AS lines,
    sum(voted) AS voted, sum(opened) AS opened, sum(done) AS done
FROM accounting_line WHERE act = :act AND nature <> '' AND section < 2 AND kind = 0
GROUP BY section, direction, substr(function, 1, 1) ORDER BY section, direction, substr(function, 1, 1) LIMIT 1000;

-- name: publish_of_chapter :many
SELECT section AS section, direction AS direction, nature AS nature, function AS function, group_chapter AS chapter,
    voted AS voted, opened AS opened, done AS done
FROM accounting_line WHERE act = :act AND nature <> '' AND section < 2 AND group_chapter = $code
ORDER BY section, direction, nature, function, place LIMIT 1000;

-- name: publish_of_function :many
-- That function and those below it, order operations apart; '' is no function at all.
SELECT section AS section, direction AS direction, nature AS nature, function AS function, group_chapter AS chapter,
    voted AS voted, opened AS opened, done AS done
FROM accounting_line WHERE act = :act AND nature <> '' AND section < 2 AND kind = 0
    AND substr(function, 1, length($code)) = $code AND (function = '') = ($code = '')
ORDER BY section, direction, function, nature, place LIMIT 1000;
