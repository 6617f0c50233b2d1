/* backup TARGET and restore SOURCE: the whole house in a folder of files, while it runs.
 *
 * Databases are copied by who owns them, in one piece each and as of one moment; segments up to the length the copied
 * tables name, so that body and row fit. While they are copied no segment file goes. Credentials are in it: whoever
 * holds the backup and the file `key` holds what the house holds; keep it as safe. Derived search tables are not in
 * it.
 *
 * After a restore time may have gone back: folders get new UIDVALIDITYs (RFC 9051 section 2.3.1.1), and every signed-in
 * session ends. What is restored is proven. */
#ifndef ROLE_BACKUP_VERB_H
#define ROLE_BACKUP_VERB_H

#include "core/verb.h"

verb_run backup_prepare, backup_parent, backup_next, backup_auth, backup_hold, backup_read, backup_copy, backup_release;
verb_run restore_copy, restore_members, restore_next, restore_auth, restore_town, restore_prove;

#endif
