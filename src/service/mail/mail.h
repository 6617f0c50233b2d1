/* Mail as a person sees it: folders, conversations, drafts, sending, searching. The webmail stands on this
 * header alone; IMAP, LMTP and submission use the nouns below it (mailbox.h, message.h, outbox.h...).
 *
 * Whose mail: ctx->actor.person says it, never an argument. Every id given here (folder, conversation,
 * message, draft, outgoing) is looked up together with that person's account: an id of somebody else is
 * NOT_FOUND, as one that does not exist. Nothing here reads another member's data: ctx->db is the town.
 *
 * Ownership: all that is returned lives in ctx->arena. Texts are valid UTF-8 without controls, headers
 * decoded (RFC 2047) and unfolded. Addresses in a text are written `Name <local@domain>, ...`. */
#ifndef SERVICE_MAIL_MAIL_H
#define SERVICE_MAIL_MAIL_H

#include "core/ctx.h"

enum {
    MAIL_FOLDER_MAX = 1000,        /* folders of one account */
    MAIL_FOLDER_NAME_MAX = 200,    /* bytes of a folder's name */
    MAIL_PAGE_MAX = 100,           /* conversations on one page */
    MAIL_CONVERSATION_MAX = 200,   /* messages shown of one conversation, the newest */
    MAIL_SELECTION_MAX = 1000,     /* ids in one act */
    MAIL_TEXT_MAX = 512 << 10,     /* bytes of a body shown or typed */
    MAIL_HTML_MAX = 2 << 20,       /* bytes of an HTML body given to the sanitiser */
    MAIL_PART_SHOWN_MAX = 200,     /* attachments listed of one message */
    MAIL_HEADER_TEXT_MAX = 16 << 10, /* a typed To, Cc, Bcc */
    MAIL_SUBJECT_MAX = 1000,
    MAIL_RECIPIENT_MAX = 500,      /* in one message */
    MAIL_ATTACHMENT_MAX = 25 * 1000 * 1000, /* bytes of the attachments of one message, together */
    MAIL_QUERY_MAX = 500,
    MAIL_COMPLETION_MAX = 10,
    MAIL_SIGNATURE_MAX = 4000,
    MAIL_UNDO_MAX_S = 60,
};

/* ---- folders ---- */

/* What a folder is for (RFC 6154); others are a person's own. */
enum mail_role {
    MAIL_OWN,
    MAIL_INBOX,
    MAIL_DRAFTS,
    MAIL_SENT,
    MAIL_ARCHIVE,
    MAIL_JUNK,
    MAIL_TRASH,
};

/* Two ids that no row has: what is flagged anywhere, and what was deleted for good in the last 30 days. */
enum { MAIL_FOLDER_FLAGGED = -1, MAIL_FOLDER_DELETED = -2 };

struct mail_folder {
    int64_t id;
    enum mail_role role;
    struct str name; /* as stored: "Marchés/2026"; the webmail shows its own word for a role */
    int64_t messages, unread;
    bool is_subscribed;
};

/* The INBOX first, then roles in the order above, then own folders by folded name. */
MUST_USE enum status mail_folders(struct ctx *ctx, struct mail_folder **ret_folders, size_t *ret_count);
/* NOT_FOUND when the account has none by that id. */
MUST_USE enum status mail_folder_get(struct ctx *ctx, int64_t folder, struct mail_folder *ret_folder);
MUST_USE enum status mail_folder_by_role(struct ctx *ctx, enum mail_role role, int64_t *ret_folder);
/* INVALID "mail.folder.name": empty, too long, a control, a leading or trailing '/'. CONFLICT
 * "mail.folder.taken" (names are compared as stored; INBOX without case). LIMIT past MAIL_FOLDER_MAX. */
MUST_USE enum status mail_folder_create(struct ctx *ctx, struct str name, int64_t *ret_folder);
/* DENIED "mail.folder.kept" for a folder with a role. Children follow. */
MUST_USE enum status mail_folder_rename(struct ctx *ctx, int64_t folder, struct str name);
/* DENIED as above. Its messages go to the trash first, from where restore puts them in the INBOX. */
MUST_USE enum status mail_folder_delete(struct ctx *ctx, int64_t folder);

/* ---- lists ---- */

/* A piece of an excerpt; is_match in search results only. */
struct mail_span {
    struct str text;
    bool is_match;
};

struct mail_conversation {
    int64_t id;           /* thread */
    int64_t message;      /* the newest one in this list */
    int64_t folder;       /* where that one lies */
    struct str people;    /* senders, oldest first, each once: "Trésorerie, Service finances"; recipients in
                             Sent and Drafts */
    struct str subject;   /* of the newest, without Re: Fwd: Tr:; empty when there is none */
    struct mail_span *excerpt; /* first words of the newest message; around the matches in a search */
    size_t excerpt_count;
    struct instant at;    /* arrival of the newest */
    int64_t messages;     /* of this conversation, in this list's folder and in Sent */
    bool is_unread, is_flagged, has_attachment, is_draft;
};

/* A place in a list: what lies before or after this conversation. Zero: the newest end. */
struct mail_cursor {
    int64_t at_ms, id;
};

struct mail_page_ask {
    int64_t folder;     /* also MAIL_FOLDER_FLAGGED, MAIL_FOLDER_DELETED */
    struct mail_cursor cursor;
    bool is_newer;      /* the page just newer than the cursor instead of just older */
    int64_t limit;      /* 1..MAIL_PAGE_MAX */
};

struct mail_page {
    struct mail_conversation *at; /* newest first */
    size_t count;
    int64_t total, unread;        /* conversations and unread messages of the whole list */
    int64_t before;               /* conversations newer than the first shown: "51 à 100 sur 20 418" */
    bool has_older, has_newer;
};

/* 20,000 messages: by index, within 5 ms. `folder` 0 of a search: everywhere but trash and junk. */
MUST_USE enum status mail_list(struct ctx *ctx, const struct mail_page_ask *ask, struct mail_page *ret_page);
/* Words with their French forms (accents, plurals, elisions), "exact phrase", -without, from: de: to: à:
 * subject: objet: before: avant: after: après: has: avec: (pièce, attachment) is: (unread, non-lu, flagged,
 * suivi). A term it cannot read is searched as a word. Scans what is not yet indexed too. */
MUST_USE enum status mail_search(struct ctx *ctx, struct str query, const struct mail_page_ask *ask,
                                 struct mail_page *ret_page);

/* ---- reading ---- */

struct mail_part {
    int64_t number;        /* names it within its message, stable */
    struct str file_name;  /* as the sender wrote it, decoded; empty when it has none */
    struct str type;       /* "application/pdf" */
    int64_t size;          /* decoded bytes */
    bool is_inline;        /* shown within the HTML body by its Content-ID */
};

/* What the receiving server found out about the sender. */
enum mail_proof {
    MAIL_PROOF_NONE,   /* from outside, nothing proves the sender */
    MAIL_PROOF_DOMAIN, /* DKIM or SPF aligned with the From domain (DMARC, RFC 7489) */
    MAIL_PROOF_HOUSE,  /* submitted by a signed-in person of this syndicate: the address is theirs */
    MAIL_PROOF_FALSE,  /* a check failed */
};

struct mail_message {
    int64_t id, folder, conversation;
    struct str from_name, from_address; /* name empty when there is none */
    struct str to, cc, bcc, reply_to;
    struct str to_names;     /* the names of To alone, addresses where there is none */
    struct str subject;
    struct instant at;       /* Date, or arrival when it has none */
    struct str excerpt;
    struct str text;         /* the plain body (from the HTML when that is all there is) */
    bool is_text_cut;        /* more than MAIL_TEXT_MAX */
    bool has_html;
    enum mail_proof proof;
    bool is_unread, is_flagged, is_answered, is_draft;
    int64_t draft;           /* for is_draft: what mail_draft_get takes */
    int64_t size;
    struct mail_part *parts; /* attachments */
    size_t part_count;
};

struct mail_reading {
    struct str subject;      /* of the newest, without Re: Fwd: Tr: */
    struct mail_message *at; /* oldest first; bodies read for all, at most MAIL_CONVERSATION_MAX */
    size_t count;
    int64_t left_out;        /* older ones not shown */
    int64_t newer, older;    /* neighbouring conversations in the folder's list, 0 for none */
};

/* A conversation as read from `folder` (0: all its messages). Marks nothing: the handler does. */
MUST_USE enum status mail_read(struct ctx *ctx, int64_t conversation, int64_t folder,
                               struct mail_reading *ret_reading);
MUST_USE enum status mail_message_get(struct ctx *ctx, int64_t message, struct mail_message *ret_message);
/* The HTML body, decoded to UTF-8, not sanitised: at most MAIL_HTML_MAX bytes. NOT_FOUND without one. */
MUST_USE enum status mail_message_html(struct ctx *ctx, int64_t message, struct str *ret_html);
/* Decoded bytes of one part. */
MUST_USE enum status mail_part_get(struct ctx *ctx, int64_t message, int64_t number, struct mail_part *ret_part,
                                   struct str *ret_bytes);
/* The inline part by its Content-ID, without angle brackets. */
MUST_USE enum status mail_part_by_id(struct ctx *ctx, int64_t message, struct str content_id,
                                     int64_t *ret_number);
/* The whole message as it came (message/rfc822). */
MUST_USE enum status mail_message_source(struct ctx *ctx, int64_t message, struct str *ret_bytes);

/* Remote images: may they load for this sender without asking? */
MUST_USE enum status mail_images_allowed(struct ctx *ctx, struct str address, bool *ret_is_allowed);
MUST_USE enum status mail_images_allow(struct ctx *ctx, struct str address);

/* ---- acting on several at once ---- */

struct mail_selection {
    int64_t folder;   /* conversations stand for their messages in this folder (also -1, -2); 0: anywhere */
    const int64_t *ids;
    size_t count;     /* at most MAIL_SELECTION_MAX */
    bool are_messages; /* ids of messages instead of conversations */
};

enum mail_mark { MAIL_READ, MAIL_UNREAD, MAIL_FLAG, MAIL_UNFLAG };

/* All or nothing. *ret_changed counts messages. Ids that are gone are passed over; OK with 0 when all are. */
MUST_USE enum status mail_mark(struct ctx *ctx, const struct mail_selection *selection, enum mail_mark mark,
                               int64_t *ret_changed);
MUST_USE enum status mail_move(struct ctx *ctx, const struct mail_selection *selection, int64_t to,
                               int64_t *ret_changed);
/* To the trash, remembering from where; from the trash or junk: deleted for good, undeletable 30 days. */
MUST_USE enum status mail_delete(struct ctx *ctx, const struct mail_selection *selection, int64_t *ret_changed);
/* From the trash (or MAIL_FOLDER_DELETED) back to where each was, the INBOX when that is gone. */
MUST_USE enum status mail_restore(struct ctx *ctx, const struct mail_selection *selection,
                                  int64_t *ret_changed);

/* ---- writing ---- */

/* An address this person may write as: own, alias, group. The first is the usual one. */
struct mail_identity {
    struct str name, address;
};
MUST_USE enum status mail_identities(struct ctx *ctx, struct mail_identity **ret_identities, size_t *ret_count);

enum mail_draft_kind { MAIL_NEW, MAIL_REPLY, MAIL_REPLY_ALL, MAIL_FORWARD };

struct mail_draft {
    int64_t id;               /* the same over all saves; 0: not saved yet */
    enum mail_draft_kind kind;
    int64_t about;            /* the message answered or forwarded, else 0 */
    struct str from;          /* address of an identity; empty: the usual one */
    struct str to, cc, bcc;   /* as typed */
    struct str subject, text;
    struct mail_part *parts;  /* attachments kept */
    size_t part_count;
    struct instant saved;
};

/* A file that came with a form. */
struct mail_file {
    struct str name, type, bytes;
};

/* Fills a draft that is not saved: recipients, "Re: " or "Tr: " / "Fwd: " in the person's language,
 * References to come, quoted text with "> ", signature below "-- ". Forwarding keeps the attachments. */
MUST_USE enum status mail_draft_begin(struct ctx *ctx, enum mail_draft_kind kind, int64_t about,
                                      struct mail_draft *ret_draft);
MUST_USE enum status mail_draft_get(struct ctx *ctx, int64_t draft, struct mail_draft *ret_draft);
/* Creates (id 0) or replaces. Parts that are not in draft->parts are dropped, files added; with
 * id 0 and MAIL_FORWARD, parts name those of `about`. Keeps whatever is typed in To: only sending
 * asks that addresses be right. LIMIT "mail.draft.attachments" past MAIL_ATTACHMENT_MAX: the text is saved, the
 * files are not, and *ret_draft is set. */
MUST_USE enum status mail_draft_save(struct ctx *ctx, const struct mail_draft *draft,
                                     const struct mail_file *files, size_t file_count, int64_t *ret_draft);
MUST_USE enum status mail_draft_drop(struct ctx *ctx, int64_t draft);

struct mail_sent {
    int64_t outgoing;      /* row of the outbox, for mail_send_undo */
    struct instant until;  /* it leaves then; undo is possible before */
};

/* Checks addresses, then queues and files a copy in Sent. INVALID "mail.send.nobody" (no recipient),
 * "mail.send.address" (ctx->failure.detail is the text that is no address), DENIED "mail.send.from"; LIMIT
 * "mail.send.recipients"; NOT_FOUND "mail.send.unknown" (a local address that does not exist, in detail).
 * While the same words to the same people wait to leave they are sent once: a form may be posted twice. */
MUST_USE enum status mail_send(struct ctx *ctx, int64_t draft, struct mail_sent *ret_sent);
/* Back to a draft. GONE "mail.send.left": too late. */
MUST_USE enum status mail_send_undo(struct ctx *ctx, int64_t outgoing, int64_t *ret_draft);

/* Addresses that begin with, or have a word that begins with, `text`, folded: the town's directory, then
 * whom this person wrote to, most often first. At most MAIL_COMPLETION_MAX. */
MUST_USE enum status mail_complete(struct ctx *ctx, struct str text, struct mail_identity **ret_found,
                                   size_t *ret_count);

/* ---- the person's own settings, and what is new ---- */

struct mail_settings {
    struct str signature;
    int64_t page_size;   /* 25, 50 or 100; 50 at first */
    int64_t undo_s;      /* 0, 5, 10, 30, 60; 10 at first */
    bool shows_images;   /* from senders whose address is proved */
};
MUST_USE enum status mail_settings_get(struct ctx *ctx, struct mail_settings *ret_settings);
MUST_USE enum status mail_settings_set(struct ctx *ctx, const struct mail_settings *settings);

struct mail_usage {
    int64_t used, max;   /* bytes; max 0: no quota */
    int64_t messages;
};
MUST_USE enum status mail_usage_get(struct ctx *ctx, struct mail_usage *ret_usage);
/* Of anybody, for administrators: how much, never what. The caller has PERMISSION_ADMINISTER. */
MUST_USE enum status mail_usage_of(struct ctx *ctx, int64_t person, struct mail_usage *ret_usage);

/* Of all mailboxes of the town together, in bytes. */
MUST_USE enum status mail_usage_all(struct ctx *ctx, int64_t *ret_bytes);

/* The state of a folder, for a page that asks whether something came: changes with every arrival, removal
 * or flag. */
struct mail_state {
    int64_t mark;        /* grows; highest modification sequence */
    int64_t unread;
    int64_t came;        /* messages that arrived after `since` */
};
MUST_USE enum status mail_state_get(struct ctx *ctx, int64_t folder, int64_t since,
                                    struct mail_state *ret_state);

#endif
