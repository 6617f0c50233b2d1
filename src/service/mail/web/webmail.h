/* The webmail: pages over service/mail/mail.h, whole without a script.
 *
 * For service/mail/web alone. A folder stands in an address by its number, "flagged" or "deleted". */
#ifndef SERVICE_MAIL_WEB_WEBMAIL_H
#define SERVICE_MAIL_WEB_WEBMAIL_H

#include "core/page.h"
#include "service/mail/mail.h"
#include "service/mail/web/mail_side_html.h"
#include "service/mail/web/mail_targets_html.h"

/* ---- folders as words ---- */

/* 0: no folder of that name in an address. */
int64_t webmail_folder_id(struct str segment);
struct str webmail_folder_path(struct ctx *ctx, int64_t folder);
/* The page's own word for a role, else the folder's name. */
struct str webmail_folder_label(struct ctx *ctx, const struct mail_folder *folder);
struct str webmail_folder_name(struct ctx *ctx, int64_t folder);

/* The column with folders and usage, as of this request; `current` 0: none of them. */
MUST_USE enum status webmail_side(struct ctx *ctx, int64_t current, struct mail_side_view *ret_side);

/* Folders that something may be moved to from `current`: neither drafts, sent nor where it lies. */
MUST_USE enum status webmail_targets(struct ctx *ctx, int64_t current, struct mail_targets_view *ret_targets);

/* What an attachment is, in a word: "PDF", "Tableau", "Image"; the end of its name where the type says nothing. */
struct str webmail_part_kind(struct ctx *ctx, struct str type, struct str file_name);

/* Head of a page of this service: menu entry, search. */
struct page_head webmail_head(struct ctx *ctx, struct str title);

/* Numbers of all fields of that name; INVALID: one is no number; LIMIT: more than MAIL_SELECTION_MAX. */
MUST_USE enum status webmail_ids(struct ctx *ctx, const struct web_request *request, const char *name,
                                 int64_t **ret_ids, size_t *ret_count);
/* A path segment that is a number; 0 when it is none. */
int64_t webmail_number(struct str segment);
/* One act of a form's button on a selection. NOT_FOUND: no such act. */
MUST_USE enum status webmail_act(struct ctx *ctx, const struct web_request *request,
                                 const struct mail_selection *selection, int64_t *ret_changed);

/* Appends the message's HTML, sanitised; *ret_held: pictures of other hosts not shown. NOT_FOUND: it has none. */
MUST_USE enum status webmail_body(struct ctx *ctx, int64_t message, bool shows_images, struct buf *out,
                                  int64_t *ret_held);
/* Do pictures of other hosts load for this sender without asking? */
MUST_USE enum status webmail_shows_images(struct ctx *ctx, const struct mail_message *message, bool *ret_shows);

/* ---- handlers ---- */
web_handler webmail_list_show, webmail_inbox_show, webmail_list_act, webmail_search_show, webmail_state_show;
web_handler webmail_read_show, webmail_read_act, webmail_print_show, webmail_images;
web_handler webmail_frame_show, webmail_part_show, webmail_inline_show, webmail_source_show;
web_handler webmail_write_show, webmail_draft_show, webmail_draft_act, webmail_undo, webmail_complete_show;
web_handler webmail_folders_show, webmail_folder_create, webmail_folder_rename, webmail_folder_delete;
web_handler webmail_settings_show, webmail_settings_set;

#endif
