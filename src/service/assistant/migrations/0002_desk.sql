-- Services of the town that answer the telephone, each for its subjects. All truth.
CREATE TABLE assistant_desk (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    subjects TEXT NOT NULL,         -- words that a question about it has, as people say them
    place TEXT NOT NULL,            -- where it is; ''
    phone TEXT NOT NULL,
    hours TEXT NOT NULL             -- ''
) STRICT;
