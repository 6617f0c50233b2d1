-- When its desk was last pressed, or the room opened: one that was left alone gives way where a town has no room left.
ALTER TABLE room ADD COLUMN pressed_ms INTEGER NOT NULL DEFAULT 0;
UPDATE room SET pressed_ms = made_ms;
