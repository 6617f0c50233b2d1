-- Agents, what is known of their careers and absences and since when, posts, who may do what. All truth.
-- Nothing of a career is overwritten: a correction is a later row, and so is taking back.
CREATE TABLE staff_right (
    person INTEGER PRIMARY KEY REFERENCES person (id),
    rights INTEGER NOT NULL         -- bits of staff_right.h; no row: none
) STRICT;

CREATE TABLE staff_setting (
    name TEXT PRIMARY KEY,          -- zone: of residence, 1 to 3
    value TEXT NOT NULL
) STRICT;

CREATE TABLE staff_team (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    manager INTEGER REFERENCES person (id) -- who approves what its agents ask for; NULL: nobody yet
) STRICT;

CREATE TABLE staff_post (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    team INTEGER REFERENCES staff_team (id), -- NULL: none
    category INTEGER NOT NULL,      -- enum staff_category of staff.h; 0: any
    week_tenths INTEGER NOT NULL,   -- of hours; 0: a complete post
    deliberation TEXT NOT NULL,     -- that created it: CGFP, article L313-1
    deliberated_day INTEGER NOT NULL,
    since_day INTEGER NOT NULL,
    until_day INTEGER NOT NULL      -- its last one; 0: not ended
) STRICT;

CREATE TABLE staff_agent (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    person INTEGER UNIQUE REFERENCES person (id), -- the account of this agent here; NULL: none
    made_by INTEGER REFERENCES person (id),       -- NULL: on the command line
    made_ms INTEGER NOT NULL
) STRICT;

-- Who an agent is, sealed with the town's key (core/seal.h). The last row says it.
CREATE TABLE staff_identity (
    id INTEGER PRIMARY KEY,
    agent INTEGER NOT NULL REFERENCES staff_agent (id),
    sealed BLOB NOT NULL,
    mark BLOB NOT NULL,             -- keyed hash of the NIR: finds it twice without telling it; empty: none
    person INTEGER REFERENCES person (id),
    known_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX staff_identity_of ON staff_identity (agent);
CREATE INDEX staff_identity_mark ON staff_identity (mark);

-- Acts (arrêtés): numbered in each year without a gap.
CREATE TABLE staff_act (
    id INTEGER PRIMARY KEY,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    agent INTEGER NOT NULL REFERENCES staff_agent (id),
    kind INTEGER NOT NULL,          -- of its fact: career.h
    day INTEGER NOT NULL,           -- it is dated
    state INTEGER NOT NULL,         -- 0 drafted, 1 signed
    signatory TEXT NOT NULL,        -- quality of who signs: "Le maire"
    made_by INTEGER REFERENCES person (id),
    made_ms INTEGER NOT NULL,
    signed_by INTEGER REFERENCES person (id), -- who noted that it was signed
    signed_ms INTEGER NOT NULL      -- 0: not yet
) STRICT;
CREATE UNIQUE INDEX staff_act_number ON staff_act (year, number);
CREATE INDEX staff_act_of ON staff_act (agent);

-- Facts with two times: the days they hold, and since when the town knows them. Only added to.
CREATE TABLE staff_fact (
    id INTEGER PRIMARY KEY,
    agent INTEGER NOT NULL REFERENCES staff_agent (id),
    kind INTEGER NOT NULL,          -- enum career_kind of career.h
    item INTEGER NOT NULL,          -- which, of a kind of which there are several at once (children); 0
    number INTEGER NOT NULL,        -- its value: see career.h
    words TEXT NOT NULL,            -- the same for values that are words: a grade; ''
    link INTEGER NOT NULL,          -- the fact it goes on from (a sick leave prolonged); 0
    since_day INTEGER NOT NULL,
    until_day INTEGER NOT NULL,     -- the last one; 0: until another of its kind begins
    known_ms INTEGER NOT NULL,
    corrects INTEGER REFERENCES staff_fact (id), -- the row that it stands in place of, from known_ms on; NULL: none
    is_back INTEGER NOT NULL,       -- 1: that row is taken back, and nothing stands in its place
    act INTEGER REFERENCES staff_act (id),
    person INTEGER REFERENCES person (id) -- NULL: on the command line
) STRICT;
CREATE INDEX staff_fact_of ON staff_fact (agent);
CREATE UNIQUE INDEX staff_fact_corrects ON staff_fact (corrects); -- a row is corrected once; then its correction is

-- Accounts agents are paid on, sealed; at most one is held and one confirmed of an agent. None is ever deleted.
CREATE TABLE staff_bank (
    id INTEGER PRIMARY KEY,
    agent INTEGER NOT NULL REFERENCES staff_agent (id),
    sealed BLOB NOT NULL,
    mark BLOB NOT NULL,             -- keyed hash of the IBAN: finds it at two agents
    state INTEGER NOT NULL,         -- 0 held, 1 confirmed, 2 refused, 3 replaced by a later one
    entered_by INTEGER REFERENCES person (id),
    entered_ms INTEGER NOT NULL,
    decided_by INTEGER REFERENCES person (id),
    decided_ms INTEGER NOT NULL     -- 0: not yet
) STRICT;
CREATE INDEX staff_bank_of ON staff_bank (agent, state);
CREATE INDEX staff_bank_mark ON staff_bank (mark);

-- What agents ask for; once it is approved, a fact says it.
CREATE TABLE staff_request (
    id INTEGER PRIMARY KEY,
    agent INTEGER NOT NULL REFERENCES staff_agent (id),
    kind INTEGER NOT NULL,          -- enum staff_absence of staff.h
    since_day INTEGER NOT NULL,
    until_day INTEGER NOT NULL,
    state INTEGER NOT NULL,         -- 0 asked, 1 approved, 2 refused, 3 taken back by the agent
    asked_ms INTEGER NOT NULL,
    decided_by INTEGER REFERENCES person (id),
    decided_ms INTEGER NOT NULL,    -- 0: not yet
    fact INTEGER REFERENCES staff_fact (id) -- NULL: none
) STRICT;
CREATE INDEX staff_request_of ON staff_request (agent, state);

-- Who read what of whom, and why; kept a year.
CREATE TABLE staff_read (
    id INTEGER PRIMARY KEY,
    agent INTEGER NOT NULL REFERENCES staff_agent (id),
    person INTEGER REFERENCES person (id), -- NULL: on the command line
    what INTEGER NOT NULL,          -- 0 file, 1 identity, 2 account
    reason INTEGER NOT NULL,        -- enum staff_reason of staff.h
    at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX staff_read_of ON staff_read (agent, at_ms);
CREATE INDEX staff_read_by ON staff_read (person, at_ms);

-- The official table of gross and treated indices (barème A), where the town has brought it.
CREATE TABLE staff_index (
    since_day INTEGER NOT NULL,
    gross INTEGER NOT NULL,
    points INTEGER NOT NULL,        -- indice majoré
    source TEXT NOT NULL,
    PRIMARY KEY (since_day, gross)
) STRICT;
