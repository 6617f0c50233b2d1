/* A message is what one role says to another: one struct with a shape for each kind, one frame of a channel.
 *
 * Every shape of the house is in this file. A role decodes what it receives with message_take and believes
 * nothing: a frame that does not decode closes the channel. `handle` names a connection of front (slot in
 * the low 32 bits, generation above), so that an answer that comes late is dropped. Texts are slices into
 * the frame. A body travels inline up to MESSAGE_INLINE_MAX bytes, else as a sealed memfd with the frame. */
#ifndef ROLE_MESSAGE_H
#define ROLE_MESSAGE_H

#include "core/shape.h"
#include "os/channel.h"

enum { MESSAGE_INLINE_MAX = 64 << 10, MESSAGE_LIST_MAX = 64 << 10 };

enum message_kind {
    /* parent to a role */
    MESSAGE_PEER = 1,    /* a channel to another role comes with this frame */
    MESSAGE_MEMBER,      /* one member as it is now; to auth its ticket key comes with it, as a sealed memfd */
    MESSAGE_VERB,        /* run one step of a command-line verb */
    MESSAGE_VERB_DONE,
    MESSAGE_STOP,        /* finish what is open, then end */
    MESSAGE_READY,       /* a role to parent: it answers from now on; parent to front: it may take connections */

    /* front and town: mail in */
    MESSAGE_RCPT,
    MESSAGE_RCPT_ANSWER,
    MESSAGE_DELIVER,
    MESSAGE_DELIVERED,

    /* front and town: IMAP */
    MESSAGE_IMAP_OPEN,
    MESSAGE_IMAP_COMMAND,
    MESSAGE_IMAP_BYTES,
    MESSAGE_IMAP_MORE,
    MESSAGE_IMAP_CLOSE,

    /* front and town, front and auth: pages */
    MESSAGE_WEB,
    MESSAGE_WEB_ANSWER,

    /* front and auth */
    MESSAGE_LOGIN,
    MESSAGE_LOGIN_ANSWER,
    MESSAGE_COOKIE,
    MESSAGE_RENEW,

    /* auth and town */
    MESSAGE_SESSION_ENDED,
    MESSAGE_PERSON_PUT,  /* town to auth: somebody is added, changed or suspended */
    MESSAGE_INVITE,      /* town to auth: an invitation or reset code was made */
    MESSAGE_PERSON_ACT,  /* town to auth: an administrator ends somebody's sessions */
    MESSAGE_MANDATE,     /* town to auth: an operator may help until then */
    MESSAGE_MAIL_PASSWORD, /* town to auth: may the account password open mail programs? */
    MESSAGE_PERSON_DONE, /* auth to town: what became of any of these */

    /* auth and hasher */
    MESSAGE_HASH,
    MESSAGE_HASHED,

    /* town to front and back: mail on its way to another town */
    MESSAGE_OUTBOX,
    MESSAGE_OUTBOX_DONE,

    /* front and parent: proof of a domain, for who issues certificates (RFC 8555 section 8.3) */
    MESSAGE_CHALLENGE,
    MESSAGE_CHALLENGE_ANSWER,

    /* town and parent, model or provider: what only that other role knows or may do (core/house_ask.h) */
    MESSAGE_HOUSE_ASK,
    MESSAGE_HOUSE_ANSWER,

    /* town to parent: wants a convert of its own, which comes as MESSAGE_PEER with the handle in place of a member, or
     * as MESSAGE_CONVERTED that says why not; then town and convert: one document, and what it says */
    MESSAGE_CONVERT_WANT,
    MESSAGE_CONVERT,
    MESSAGE_CONVERTED,

    /* parent to a role and back: how it fares */
    MESSAGE_FIGURES_ASK,
    MESSAGE_FIGURES,

    /* front to parent and back: all of it, for who watches the house */
    MESSAGE_METRICS,
    MESSAGE_METRICS_ANSWER,

    /* parent to a town and back: what an operator changed of it, for its own audit log (core/member_act.h) */
    MESSAGE_MEMBER_ACT,
    MESSAGE_MEMBER_ACT_DONE,

    /* parent to front: another certificate, for connections to come */
    MESSAGE_TLS,

    /* provider to the model of a file and back (role/provider_local.h), after its MESSAGE_READY */
    MESSAGE_LOCAL_ASK,
    MESSAGE_LOCAL_SAID,
    MESSAGE_KIND_COUNT,
};

enum role_kind {
    ROLE_PARENT,
    ROLE_FRONT,
    ROLE_AUTH,
    ROLE_TOWN,
    ROLE_HASHER,
    ROLE_COMMAND,
    ROLE_READER,
    ROLE_MODEL,
    ROLE_PROVIDER,
    ROLE_CONVERT,
    ROLE_LLAMA, /* a child of the provider's */
};

/* From the command line to the parent: wants a channel to that role; it comes with the same frame, or
 * MESSAGE_VERB_DONE says why not. To a role: ROLE_COMMAND, for the member whose verbs come through it. */
struct message_peer {
    int64_t role, member; /* enum role_kind; member of a town, handle of a convert, else 0 */
};

struct message_member {
    int64_t member, services_on;
    struct str name, title, kind, language, zone, desk, phone, hours; /* as in struct place */
    struct str domains, hosts; /* one a line; the first domain is the main one */
    bool is_removed, runs_house;
    int64_t imaps_port, submissions_port; /* as in struct place */
};

/* One step of a verb (core/verb.h). arguments: each ended by NUL. input absent: it comes as memfd of `size` bytes. */
struct message_verb {
    int64_t step, language, member;
    struct str words, arguments, handed, input;
    int64_t size;
};
/* next: the step to go on with. error: one sentence, of a status other than OK. output as input above. */
struct message_verb_done {
    int64_t status, next, member, done, total;
    struct str out, error, handed, output;
    int64_t size;
};

/* RCPT TO asked of the town that owns the address; with an empty address, whether the ticket's person may write as
 * `sender`. `source` says by which door: "smtp", "lmtp",
 * "submission", "town". */
struct message_rcpt {
    int64_t handle, size;
    struct str address, sender, source, ticket;
};
struct message_rcpt_answer {
    int64_t handle, status;
    struct str code;     /* failure code: "mail.unknown" */
    struct str sentence; /* for the reply line, ASCII */
};

/* One transaction's mail for one town. recipients: one address a line, each asked by RCPT before. */
struct message_deliver {
    int64_t handle;
    struct str sender, recipients, source, trace, ticket;
    struct str outbox_key; /* town to town: which outbox row; a second copy is dropped */
    struct str received;   /* the line of the door it came through, and its host name: service/mail/arrival.h */
    struct str host;
    int64_t size;
    struct str body; /* absent when it comes as memfd */
};
/* statuses: one line for each recipient, in order: "ok" or a status_name and a failure code. */
struct message_delivered {
    int64_t handle, status;
    struct str statuses, code;
};

struct message_imap_open {
    int64_t handle;
    struct str ticket;
};
/* command: proto/imap's wire form. literal: an APPEND's message, inline or memfd. */
struct message_imap_command {
    int64_t handle;
    struct str command, ticket, literal;
};
/* Bytes for the client, whole: front writes them as they are. is_last ends the command in flight; is_over asks
 * front to close after them. A town waits for MESSAGE_IMAP_MORE after a chunk that is not the last. */
struct message_imap_bytes {
    int64_t handle;
    bool is_last, is_over, is_idle; /* is_idle: pushed while no command runs */
    struct str bytes;               /* absent when they come as memfd */
    int64_t size;
};
struct message_handle { /* MESSAGE_IMAP_MORE, MESSAGE_IMAP_CLOSE, MESSAGE_STOP, MESSAGE_READY, MESSAGE_CONVERT_WANT */
    int64_t handle;
};

struct message_web {
    int64_t handle, member, method; /* enum web_method */
    struct str ticket, path, query, content_type, accept_language, remote, device, host, trace;
    bool is_secure, wants_fragment;
    int64_t size;
    struct str body;
};
struct message_web_answer {
    int64_t handle, code;
    struct str content_type, location, file_name, policy, set_cookie;
    bool is_cacheable, is_unlisted;
    int64_t size;
    struct str body;
};

/* door: "web", "imap", "submission". second: one-time code, empty when none was given. */
struct message_login {
    int64_t handle, member;
    struct str address, password, second, remote, door, device;
    bool is_secure;
};
/* A ticket and its end, for LOGIN, COOKIE and RENEW alike; token: the new web session's cookie. DENIED "auth.refused"
 * or "auth.too_many"; BUSY: not now; GONE: the session has ended. CONFLICT "auth.second": the password was right, and
 * `token` is of a session that waits for the second factor. */
struct message_login_answer {
    int64_t handle, status, expires_ms, session;
    struct str ticket, token, code;
};
struct message_cookie {
    int64_t handle, member;
    struct str token, remote;
};
/* The ticket may have expired; it must be genuine, and its session open. */
struct message_renew {
    int64_t handle, member;
    struct str ticket;
};

struct message_session_ended {
    int64_t session, person; /* session 0: all of that person; both 0: the list of a start is whole */
};

/* handle: the row of core/people_task that waits for MESSAGE_PERSON_DONE. */
struct message_person_put {
    int64_t handle, person, role; /* enum role */
    struct str address, language;
    bool is_active;
};
struct message_invite {
    int64_t handle, person, ends_ms;
    struct str hash;
};
struct message_person_act {
    int64_t handle, person, act; /* enum auth_person_act */
};
struct message_mandate {
    int64_t handle, mandate, ends_ms;
    struct str operator_address;
};
struct message_mail_password {
    int64_t handle;
    bool is_allowed;
};
struct message_person_done {
    int64_t handle, status;
};

/* One piece of Argon2 work. verifier absent: make one. */
struct message_hash {
    int64_t handle, memory_kib, passes;
    struct str password, verifier;
};
struct message_hashed {
    int64_t handle, status; /* OUTSIDE: no memory to be had */
    bool is_right;
    struct str made;
};

/* destination: the domain whose town is to have it. Front hands it there as MESSAGE_DELIVER with source "town", `key`
 * as outbox_key and no ticket, and answers with that town's status and statuses; NOT_FOUND: no member has the domain;
 * BUSY: its town is down, or did not answer. No RCPT is asked before. */
struct message_outbox {
    int64_t row; /* above 0: names this sending in MESSAGE_OUTBOX_DONE, and nothing else */
    int64_t attempts;
    struct str key, destination, sender, recipients, trace;
    int64_t size;
    struct str body;
};
struct message_outbox_done {
    int64_t row, status;
    struct str statuses;
};

/* token: base64url alone, as front has checked and parent checks again. */
struct message_challenge {
    int64_t handle;
    struct str token;
};
struct message_challenge_answer {
    int64_t handle, status;
    struct str text;
};

/* The member that asks is the channel's; `member` is whom it asks about. */
struct message_house_ask {
    int64_t handle, kind; /* enum house_ask_kind */
    struct str member, words, actor; /* actor: address of who asks */
};
struct message_house_answer {
    int64_t handle, status, sentence; /* enum text_key: both ends are one program */
    struct str lines; /* absent when they come as memfd */
    int64_t size;
};
/* The document comes as a sealed memfd of `size` bytes. */
struct message_convert {
    int64_t handle, size, kind; /* enum conversion_kind: what is wanted of it */
};
struct message_converted {
    int64_t handle, end; /* enum wording_end */
    struct str title, words; /* words absent: they come as memfd of `size` bytes */
    int64_t size;
};
/* handle: of the asking (MESSAGE_FIGURES_ASK). As struct house_process; queues: house_queue lines. */
struct message_figures {
    int64_t handle, memory_bytes, work, database_bytes, mail_bytes, late_ms, tasks, backup_ms;
    struct str late_job, queues;
    struct str counts; /* role/count.h */
};

struct message_metrics {
    int64_t handle;
    bool is_health; /* is everything up? Else the numbers */
};
/* text absent: it comes as memfd of `size` bytes. */
struct message_metrics_answer {
    int64_t handle;
    bool is_well;
    struct str text;
    int64_t size;
};

/* As struct sql_member_act_list_row; answered once it is committed. */
struct message_member_act {
    int64_t act, at_ms;
    struct str actor, kind, subject, detail;
};
struct message_member_act_done {
    int64_t act, at_ms;
};

/* The memfd has the certificate and its chain in PEM, so many bytes, then the key. */
struct message_tls {
    int64_t certificate_bytes;
};

struct message_local_ask {
    struct str text;
};
struct message_local_said {
    int64_t failure;  /* enum provider_failure */
    struct str reply; /* as core/provider_reply.h reads it; "" where it failed */
};

/* Sends one message; `fd` (or -1) goes with it and is closed here. Status of channel_send. */
MUST_USE enum status message_send(struct channel *channel, enum message_kind kind, const void *message, int fd);

/* Decodes the payload of a frame of this kind into *ret_message. INVALID for an unknown kind too. */
MUST_USE enum status message_take(uint16_t kind, struct str payload, void *ret_message);

/* The shape of a kind; NULL for none. For tests and fuzzing. */
const struct shape *message_shape(uint16_t kind);
/* "deliver", "imap_command"...: for logs. */
const char *message_name(uint16_t kind);

#endif
