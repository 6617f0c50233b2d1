/* town export NAME TARGET and town import SOURCE: a whole town in open forms, and back.
 *
 * about.json says who the member is; tables (core/export.h) and mail (service/mail/mail_export.h) follow, and a
 * manifest that sha256sum checks. Passwords are never in it: people of an imported town are given new ones. An import
 * makes a new member, adds nothing of its own to its audit log, and proves the log's chain; an export notes itself in
 * the log after the log was written. So an export, imported elsewhere and exported again, is the same bytes. */
#ifndef ROLE_EXPORT_VERB_H
#define ROLE_EXPORT_VERB_H

#include "core/verb.h"

verb_run export_prepare, export_about, export_put, export_next, export_note;
verb_run import_open, import_member, import_next, import_piece, import_end;

#endif
