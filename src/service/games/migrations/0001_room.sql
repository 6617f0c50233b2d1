-- Rooms that play a game together, their players and what these said. All truth, and none of it kept longer than a day:
-- nothing here is anybody's, so it stands in no export.
CREATE TABLE room (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL,             -- six letters, as on the screen
    desk BLOB NOT NULL,             -- hash of the key of whoever leads it
    game TEXT NOT NULL,             -- slug
    seed INTEGER NOT NULL,          -- of its cards
    step INTEGER NOT NULL,          -- 0: not begun; 1: card 1 is shown; 2: it is turned; ... 21: over
    turned INTEGER NOT NULL,        -- cards turned so far
    made_ms INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX room_code ON room (code);
CREATE UNIQUE INDEX room_desk ON room (desk);
CREATE INDEX room_made ON room (made_ms);
CREATE TABLE room_player (
    id INTEGER PRIMARY KEY,
    room INTEGER NOT NULL REFERENCES room (id),
    token BLOB NOT NULL,            -- hash of what the player's address holds
    tree INTEGER NOT NULL           -- number of the pseudonym
) STRICT;
CREATE UNIQUE INDEX room_player_token ON room_player (room, token);
CREATE UNIQUE INDEX room_player_tree ON room_player (room, tree);
-- One row a player and card: who votes again changes it.
CREATE TABLE room_vote (
    room INTEGER NOT NULL REFERENCES room (id),
    card INTEGER NOT NULL,          -- from 0
    player INTEGER NOT NULL REFERENCES room_player (id),
    sure INTEGER NOT NULL,          -- 0 to 100
    PRIMARY KEY (room, card, player)
) STRICT, WITHOUT ROWID;
-- Hands raised, as counted by whoever leads.
CREATE TABLE room_hands (
    room INTEGER NOT NULL REFERENCES room (id),
    card INTEGER NOT NULL,
    low INTEGER NOT NULL,           -- for the slider's left end
    unsure INTEGER NOT NULL,
    high INTEGER NOT NULL,
    PRIMARY KEY (room, card)
) STRICT, WITHOUT ROWID;
