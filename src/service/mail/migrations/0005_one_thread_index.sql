-- A thread's messages are found by its emails: one index of threads, not two, for each delivery to write.
DROP INDEX message_thread;
