/* A maildir is a folder of messages, one a file, its subfolders named ".A.B" beside "cur" and "new" (Maildir++).
 *
 * Read only, as a town leaves another server. Files are listed once, in the order of their names, folder by folder;
 * "tmp" is passed over. Flags stand behind ":2," of a file's name; a letter from 'a' on is a keyword named in
 * "dovecot-keywords". */
#ifndef SERVICE_MAIL_MAILDIR_H
#define SERVICE_MAIL_MAILDIR_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/dates.h"

enum { MAILDIR_FOLDERS_MAX = 1000, MAILDIR_FILES_MAX = 4 << 20, MAILDIR_KEYWORDS = 26 };

struct maildir_folder {
    struct str name;  /* "INBOX", "A/B": UTF-8 */
    struct str keywords[MAILDIR_KEYWORDS]; /* absent: none by that letter */
};
struct maildir_file {
    size_t folder;   /* in folders */
    struct str path;
    int64_t flags;   /* message flags */
    uint32_t letters; /* bit n: keyword n of its folder */
};
struct maildir {
    struct maildir_folder *folders;
    struct maildir_file *files;
    size_t folder_count, file_count;
};

/* NOT_FOUND: no maildir there. LIMIT: too many. Lives in the arena. */
MUST_USE enum status maildir_open(const char *path, struct arena *arena, struct maildir *ret_maildir);

/* The message with CRLF at the end of its lines, and when it came. */
MUST_USE enum status maildir_read(const struct maildir_file *file, struct buf *out, struct instant *ret_received);

#endif
