-- name: slice_add :none
INSERT INTO accounting_later (engagement, place, nature, function, operation, net, next, released_ms)
VALUES (:engagement, :place, $nature, $function, $operation, :net, NULL, 0);

-- name: slice_list :many
SELECT nature AS nature, function AS function, operation AS operation, net AS net FROM accounting_later
WHERE engagement = :engagement AND next IS NULL AND released_ms = 0 ORDER BY place LIMIT 50;

-- name: slice_take :none
UPDATE accounting_later SET next = :next WHERE engagement = :engagement AND next IS NULL AND released_ms = 0;

-- name: slice_release :none
UPDATE accounting_later SET released_ms = :at_ms WHERE engagement = :engagement AND next IS NULL AND released_ms = 0;

-- name: slice_waits :many
-- By programme: rests of engagements of years before, on programmes that have credits of payment in that year.
SELECT accounting_engagement.sequence AS engagement, accounting_programme_use.programme AS programme,
    SUM(net) AS cents
FROM accounting_later
    JOIN accounting_engagement ON accounting_engagement.sequence = accounting_later.engagement
    JOIN accounting_programme_use ON accounting_programme_use.engagement = accounting_later.engagement
    JOIN accounting_programme_year ON accounting_programme_year.programme = accounting_programme_use.programme
        AND accounting_programme_year.year = :year AND credit > 0
WHERE accounting_engagement.budget = :budget AND accounting_engagement.year < :year AND next IS NULL
    AND released_ms = 0
GROUP BY accounting_engagement.sequence, accounting_programme_use.programme
ORDER BY accounting_programme_use.programme, accounting_engagement.sequence LIMIT 500;
