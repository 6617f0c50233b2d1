-- What operators changed of a member, until its town has it in its own audit log. Truth: written with the change itself.
CREATE TABLE member_act (
    id INTEGER PRIMARY KEY,
    member INTEGER NOT NULL REFERENCES member (id),
    at_ms INTEGER NOT NULL,
    actor TEXT NOT NULL,            -- address of the operator; '': the command line
    kind TEXT NOT NULL,             -- as in a town's audit
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX member_act_member ON member_act (member, id);
