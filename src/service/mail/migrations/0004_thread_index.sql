-- A thread's messages are found by the thread first: no account has many in one.
DROP INDEX message_thread;
CREATE INDEX message_thread ON message (thread);
