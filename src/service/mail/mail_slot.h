/* Where the mail service keeps its state in struct town: one slot a noun. */
#ifndef SERVICE_MAIL_MAIL_SLOT_H
#define SERVICE_MAIL_MAIL_SLOT_H

enum { MAIL_STORE_SLOT = 0, MAIL_CHANGES_SLOT = 1, MAIL_IMAP_SLOT = 2, MAIL_SEARCH_SLOT = 3, MAIL_COMPACT_SLOT = 8 };

#endif
