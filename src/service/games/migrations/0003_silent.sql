-- When a player came and when the first card was shown: of a full room the place of one who could have voted for minutes
-- and never did is given to another.
ALTER TABLE room ADD COLUMN begun_ms INTEGER NOT NULL DEFAULT 0; -- 0: not begun
ALTER TABLE room_player ADD COLUMN joined_ms INTEGER NOT NULL DEFAULT 0;
UPDATE room SET begun_ms = pressed_ms WHERE step > 0;
