-- name: room_count :one
SELECT count(*) AS number FROM room WHERE made_ms > :since_ms;

-- name: room_add :one
INSERT INTO room (code, desk, game, seed, step, turned, made_ms, pressed_ms, begun_ms)
VALUES ($code, @desk, $game, :seed, 0, 0, :made_ms, :made_ms, 0) RETURNING id AS id;

-- name: room_idle :maybe
-- Of those that live, the one whose desk was left alone longest: so long with nobody in, or longer.
SELECT id FROM room
WHERE made_ms > :since_ms AND (pressed_ms <= :left_ms
    OR (pressed_ms <= :idle_ms AND NOT EXISTS (SELECT 1 FROM room_player WHERE room_player.room = room.id)))
ORDER BY pressed_ms, id LIMIT 1;

-- name: room_find :maybe
-- By its code or by its desk: the other is absent.
SELECT id, code, game, seed, step, turned, made_ms FROM room
WHERE (code = $code OR desk = @desk) AND made_ms > :since_ms;

-- name: room_code_taken :one
SELECT count(*) AS number FROM room WHERE code = $code;

-- name: room_step :none
-- The first press shows the first card.
UPDATE room SET step = :step, turned = :turned, pressed_ms = :now_ms,
    begun_ms = CASE WHEN begun_ms = 0 THEN :now_ms ELSE begun_ms END
WHERE id = :room;

-- name: room_old :maybe
SELECT id FROM room WHERE made_ms <= :until_ms ORDER BY made_ms, id LIMIT 1;

-- name: room_player_add :one
INSERT INTO room_player (room, token, tree, joined_ms) VALUES (:room, @token, :tree, :joined_ms) RETURNING id AS id;

-- name: room_silent :maybe
-- Who came first of those who could have voted for so long and never did: nobody could before the first card.
SELECT room_player.id FROM room_player JOIN room ON room.id = room_player.room
WHERE room.id = :room AND room.begun_ms > 0 AND room.begun_ms <= :until_ms AND room_player.joined_ms <= :until_ms
    AND NOT EXISTS (SELECT 1 FROM room_vote WHERE room_vote.room = :room AND room_vote.player = room_player.id)
ORDER BY room_player.joined_ms, room_player.id LIMIT 1;

-- name: room_player_leave :none
DELETE FROM room_player WHERE id = :player;

-- name: room_free :none
DELETE FROM room_player WHERE room = :room
    AND NOT EXISTS (SELECT 1 FROM room_vote WHERE room_vote.room = :room AND room_vote.player = room_player.id);

-- name: room_player_find :maybe
SELECT id, tree FROM room_player WHERE room = :room AND token = @token;

-- name: room_players :many
SELECT id, tree FROM room_player WHERE room = :room ORDER BY tree LIMIT 40;

-- name: room_vote_put :none
INSERT INTO room_vote (room, card, player, sure) VALUES (:room, :card, :player, :sure)
ON CONFLICT (room, card, player) DO UPDATE SET sure = excluded.sure;

-- name: room_votes :many
-- Of at most 40 players on ten cards.
SELECT card, player, sure FROM room_vote WHERE room = :room ORDER BY card, player LIMIT 400;

-- name: room_hands_put :none
INSERT INTO room_hands (room, card, low, unsure, high) VALUES (:room, :card, :low, :unsure, :high)
ON CONFLICT (room, card) DO UPDATE SET low = excluded.low, unsure = excluded.unsure, high = excluded.high;

-- name: room_hands :many
SELECT card, low, unsure, high FROM room_hands WHERE room = :room ORDER BY card LIMIT 10;

-- name: room_wipe_votes :none
DELETE FROM room_vote WHERE room = :room;

-- name: room_wipe_hands :none
DELETE FROM room_hands WHERE room = :room;

-- name: room_wipe_players :none
DELETE FROM room_player WHERE room = :room;

-- name: room_wipe :none
DELETE FROM room WHERE id = :room;
