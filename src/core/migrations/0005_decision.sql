-- What the town decided about a language model of others: who decided, when, in which words, and about which one. All
-- truth, and public; a decision is ended, never removed. Texts of the model's card are as they were then.
CREATE TABLE decision (
    id INTEGER PRIMARY KEY,
    recorded_ms INTEGER NOT NULL,
    ended_ms INTEGER NOT NULL,      -- 0: it holds
    day INTEGER NOT NULL,           -- when it was taken, in days since 1970
    decider TEXT NOT NULL,          -- a function: "Conseil municipal"
    words TEXT NOT NULL,
    provider TEXT NOT NULL,         -- its name in providers.conf
    address TEXT NOT NULL,
    model TEXT NOT NULL,
    maker TEXT NOT NULL,
    licence TEXT NOT NULL,
    training TEXT NOT NULL,
    place TEXT NOT NULL,
    energy TEXT NOT NULL,
    is_outside INTEGER NOT NULL     -- outside the machines of the syndicate
) STRICT;
