#include "role/message.h"

#include "base/buf.h"

/* One row a field: name, kind, longest. The order is the order on the wire. */
#define INT(type, field) SHAPE_FIELD(type, field, SHAPE_INT, 0)
#define BOOL(type, field) SHAPE_FIELD(type, field, SHAPE_BOOL, 0)
#define TEXT(type, field) SHAPE_FIELD(type, field, SHAPE_TEXT, CHANNEL_FRAME_MAX)
#define BYTES(type, field) SHAPE_FIELD(type, field, SHAPE_BYTES, CHANNEL_FRAME_MAX)

static const struct shape_field message_peer_fields[] = {
    INT(message_peer, role),
    INT(message_peer, member),
};
static const struct shape message_peer_shape = SHAPE_OF(message_peer, message_peer_fields);

static const struct shape_field message_member_fields[] = {
    INT(message_member, member),
    INT(message_member, services_on),
    TEXT(message_member, name),
    TEXT(message_member, title),
    TEXT(message_member, kind),
    TEXT(message_member, language),
    TEXT(message_member, zone),
    TEXT(message_member, desk),
    TEXT(message_member, phone),
    TEXT(message_member, hours),
    TEXT(message_member, domains),
    TEXT(message_member, hosts),
    BOOL(message_member, is_removed),
    BOOL(message_member, runs_house),
    INT(message_member, imaps_port),
    INT(message_member, submissions_port),
};
static const struct shape message_member_shape = SHAPE_OF(message_member, message_member_fields);

static const struct shape_field message_verb_fields[] = {
    INT(message_verb, step),
    INT(message_verb, language),
    INT(message_verb, member),
    TEXT(message_verb, words),
    BYTES(message_verb, arguments),
    BYTES(message_verb, handed),
    BYTES(message_verb, input),
    INT(message_verb, size),
};
static const struct shape message_verb_shape = SHAPE_OF(message_verb, message_verb_fields);

static const struct shape_field message_verb_done_fields[] = {
    INT(message_verb_done, status),
    INT(message_verb_done, next),
    INT(message_verb_done, member),
    INT(message_verb_done, done),
    INT(message_verb_done, total),
    BYTES(message_verb_done, out),
    BYTES(message_verb_done, error),
    BYTES(message_verb_done, handed),
    BYTES(message_verb_done, output),
    INT(message_verb_done, size),
};
static const struct shape message_verb_done_shape = SHAPE_OF(message_verb_done, message_verb_done_fields);

static const struct shape_field message_rcpt_fields[] = {
    INT(message_rcpt, handle),
    INT(message_rcpt, size),
    TEXT(message_rcpt, address),
    TEXT(message_rcpt, sender),
    TEXT(message_rcpt, source),
    BYTES(message_rcpt, ticket),
};
static const struct shape message_rcpt_shape = SHAPE_OF(message_rcpt, message_rcpt_fields);

static const struct shape_field message_rcpt_answer_fields[] = {
    INT(message_rcpt_answer, handle),
    INT(message_rcpt_answer, status),
    TEXT(message_rcpt_answer, code),
    TEXT(message_rcpt_answer, sentence),
};
static const struct shape message_rcpt_answer_shape = SHAPE_OF(message_rcpt_answer, message_rcpt_answer_fields);

static const struct shape_field message_deliver_fields[] = {
    INT(message_deliver, handle),
    TEXT(message_deliver, sender),
    TEXT(message_deliver, recipients),
    TEXT(message_deliver, source),
    TEXT(message_deliver, trace),
    BYTES(message_deliver, ticket),
    TEXT(message_deliver, outbox_key),
    TEXT(message_deliver, received),
    TEXT(message_deliver, host),
    INT(message_deliver, size),
    BYTES(message_deliver, body),
};
static const struct shape message_deliver_shape = SHAPE_OF(message_deliver, message_deliver_fields);

static const struct shape_field message_delivered_fields[] = {
    INT(message_delivered, handle),
    INT(message_delivered, status),
    TEXT(message_delivered, statuses),
    TEXT(message_delivered, code),
};
static const struct shape message_delivered_shape = SHAPE_OF(message_delivered, message_delivered_fields);

static const struct shape_field message_imap_open_fields[] = {
    INT(message_imap_open, handle),
    BYTES(message_imap_open, ticket),
};
static const struct shape message_imap_open_shape = SHAPE_OF(message_imap_open, message_imap_open_fields);

static const struct shape_field message_imap_command_fields[] = {
    INT(message_imap_command, handle),
    BYTES(message_imap_command, command),
    BYTES(message_imap_command, ticket),
    BYTES(message_imap_command, literal),
};
static const struct shape message_imap_command_shape = SHAPE_OF(message_imap_command, message_imap_command_fields);

static const struct shape_field message_imap_bytes_fields[] = {
    INT(message_imap_bytes, handle),
    BOOL(message_imap_bytes, is_last),
    BOOL(message_imap_bytes, is_over),
    BOOL(message_imap_bytes, is_idle),
    BYTES(message_imap_bytes, bytes),
    INT(message_imap_bytes, size),
};
static const struct shape message_imap_bytes_shape = SHAPE_OF(message_imap_bytes, message_imap_bytes_fields);

static const struct shape_field message_handle_fields[] = {
    INT(message_handle, handle),
};
static const struct shape message_handle_shape = SHAPE_OF(message_handle, message_handle_fields);

static const struct shape_field message_web_fields[] = {
    INT(message_web, handle),
    INT(message_web, member),
    INT(message_web, method),
    BYTES(message_web, ticket),
    TEXT(message_web, path),
    TEXT(message_web, query),
    TEXT(message_web, content_type),
    TEXT(message_web, accept_language),
    TEXT(message_web, remote),
    BYTES(message_web, device),
    TEXT(message_web, host),
    TEXT(message_web, trace),
    BOOL(message_web, is_secure),
    BOOL(message_web, wants_fragment),
    INT(message_web, size),
    BYTES(message_web, body),
};
static const struct shape message_web_shape = SHAPE_OF(message_web, message_web_fields);

static const struct shape_field message_web_answer_fields[] = {
    INT(message_web_answer, handle),
    INT(message_web_answer, code),
    TEXT(message_web_answer, content_type),
    TEXT(message_web_answer, location),
    TEXT(message_web_answer, file_name),
    TEXT(message_web_answer, policy),
    TEXT(message_web_answer, set_cookie),
    BOOL(message_web_answer, is_cacheable),
    BOOL(message_web_answer, is_unlisted),
    INT(message_web_answer, size),
    BYTES(message_web_answer, body),
};
static const struct shape message_web_answer_shape = SHAPE_OF(message_web_answer, message_web_answer_fields);

static const struct shape_field message_login_fields[] = {
    INT(message_login, handle),
    INT(message_login, member),
    TEXT(message_login, address),
    BYTES(message_login, password),
    TEXT(message_login, second),
    TEXT(message_login, remote),
    TEXT(message_login, door),
    TEXT(message_login, device),
    BOOL(message_login, is_secure),
};
static const struct shape message_login_shape = SHAPE_OF(message_login, message_login_fields);

static const struct shape_field message_login_answer_fields[] = {
    INT(message_login_answer, handle),
    INT(message_login_answer, status),
    INT(message_login_answer, expires_ms),
    INT(message_login_answer, session),
    BYTES(message_login_answer, ticket),
    TEXT(message_login_answer, token),
    TEXT(message_login_answer, code),
};
static const struct shape message_login_answer_shape = SHAPE_OF(message_login_answer, message_login_answer_fields);

static const struct shape_field message_cookie_fields[] = {
    INT(message_cookie, handle),
    INT(message_cookie, member),
    TEXT(message_cookie, token),
    TEXT(message_cookie, remote),
};
static const struct shape message_cookie_shape = SHAPE_OF(message_cookie, message_cookie_fields);

static const struct shape_field message_renew_fields[] = {
    INT(message_renew, handle),
    INT(message_renew, member),
    BYTES(message_renew, ticket),
};
static const struct shape message_renew_shape = SHAPE_OF(message_renew, message_renew_fields);

static const struct shape_field message_session_ended_fields[] = {
    INT(message_session_ended, session),
    INT(message_session_ended, person),
};
static const struct shape message_session_ended_shape = SHAPE_OF(message_session_ended, message_session_ended_fields);

static const struct shape_field message_person_put_fields[] = {
    INT(message_person_put, handle),
    INT(message_person_put, person),
    INT(message_person_put, role),
    TEXT(message_person_put, address),
    TEXT(message_person_put, language),
    BOOL(message_person_put, is_active),
};
static const struct shape message_person_put_shape = SHAPE_OF(message_person_put, message_person_put_fields);

static const struct shape_field message_invite_fields[] = {
    INT(message_invite, handle),
    INT(message_invite, person),
    INT(message_invite, ends_ms),
    BYTES(message_invite, hash),
};
static const struct shape message_invite_shape = SHAPE_OF(message_invite, message_invite_fields);

static const struct shape_field message_person_act_fields[] = {
    INT(message_person_act, handle),
    INT(message_person_act, person),
    INT(message_person_act, act),
};
static const struct shape message_person_act_shape = SHAPE_OF(message_person_act, message_person_act_fields);

static const struct shape_field message_mandate_fields[] = {
    INT(message_mandate, handle),
    INT(message_mandate, mandate),
    INT(message_mandate, ends_ms),
    TEXT(message_mandate, operator_address),
};
static const struct shape message_mandate_shape = SHAPE_OF(message_mandate, message_mandate_fields);

static const struct shape_field message_mail_password_fields[] = {
    INT(message_mail_password, handle),
    BOOL(message_mail_password, is_allowed),
};
static const struct shape message_mail_password_shape = SHAPE_OF(message_mail_password, message_mail_password_fields);

static const struct shape_field message_person_done_fields[] = {
    INT(message_person_done, handle),
    INT(message_person_done, status),
};
static const struct shape message_person_done_shape = SHAPE_OF(message_person_done, message_person_done_fields);

static const struct shape_field message_hash_fields[] = {
    INT(message_hash, handle),
    INT(message_hash, memory_kib),
    INT(message_hash, passes),
    BYTES(message_hash, password),
    TEXT(message_hash, verifier),
};
static const struct shape message_hash_shape = SHAPE_OF(message_hash, message_hash_fields);

static const struct shape_field message_hashed_fields[] = {
    INT(message_hashed, handle),
    INT(message_hashed, status),
    BOOL(message_hashed, is_right),
    TEXT(message_hashed, made),
};
static const struct shape message_hashed_shape = SHAPE_OF(message_hashed, message_hashed_fields);

static const struct shape_field message_outbox_fields[] = {
    INT(message_outbox, row),
    INT(message_outbox, attempts),
    TEXT(message_outbox, key),
    TEXT(message_outbox, destination),
    TEXT(message_outbox, sender),
    TEXT(message_outbox, recipients),
    TEXT(message_outbox, trace),
    INT(message_outbox, size),
    BYTES(message_outbox, body),
};
static const struct shape message_outbox_shape = SHAPE_OF(message_outbox, message_outbox_fields);

static const struct shape_field message_outbox_done_fields[] = {
    INT(message_outbox_done, row),
    INT(message_outbox_done, status),
    TEXT(message_outbox_done, statuses),
};
static const struct shape message_outbox_done_shape = SHAPE_OF(message_outbox_done, message_outbox_done_fields);

static const struct shape_field message_challenge_fields[] = {
    INT(message_challenge, handle),
    TEXT(message_challenge, token),
};
static const struct shape message_challenge_shape = SHAPE_OF(message_challenge, message_challenge_fields);

static const struct shape_field message_challenge_answer_fields[] = {
    INT(message_challenge_answer, handle),
    INT(message_challenge_answer, status),
    BYTES(message_challenge_answer, text),
};
static const struct shape message_challenge_answer_shape =
    SHAPE_OF(message_challenge_answer, message_challenge_answer_fields);

static const struct shape_field message_house_ask_fields[] = {
    INT(message_house_ask, handle),
    INT(message_house_ask, kind),
    TEXT(message_house_ask, member),
    TEXT(message_house_ask, words),
    TEXT(message_house_ask, actor),
};
static const struct shape message_house_ask_shape = SHAPE_OF(message_house_ask, message_house_ask_fields);

static const struct shape_field message_house_answer_fields[] = {
    INT(message_house_answer, handle),
    INT(message_house_answer, status),
    INT(message_house_answer, sentence),
    TEXT(message_house_answer, lines),
    INT(message_house_answer, size),
};
static const struct shape message_house_answer_shape = SHAPE_OF(message_house_answer, message_house_answer_fields);

static const struct shape_field message_convert_fields[] = {
    INT(message_convert, handle),
    INT(message_convert, size),
    INT(message_convert, kind),
};
static const struct shape message_convert_shape = SHAPE_OF(message_convert, message_convert_fields);

static const struct shape_field message_converted_fields[] = {
    INT(message_converted, handle),
    INT(message_converted, end),
    TEXT(message_converted, title),
    TEXT(message_converted, words),
    INT(message_converted, size),
};
static const struct shape message_converted_shape = SHAPE_OF(message_converted, message_converted_fields);

static const struct shape_field message_figures_fields[] = {
    INT(message_figures, handle),
    INT(message_figures, memory_bytes),
    INT(message_figures, work),
    INT(message_figures, database_bytes),
    INT(message_figures, mail_bytes),
    INT(message_figures, late_ms),
    INT(message_figures, tasks),
    INT(message_figures, backup_ms),
    TEXT(message_figures, late_job),
    TEXT(message_figures, queues),
    TEXT(message_figures, counts),
};
static const struct shape message_figures_shape = SHAPE_OF(message_figures, message_figures_fields);

static const struct shape_field message_metrics_fields[] = {
    INT(message_metrics, handle),
    BOOL(message_metrics, is_health),
};
static const struct shape message_metrics_shape = SHAPE_OF(message_metrics, message_metrics_fields);

static const struct shape_field message_metrics_answer_fields[] = {
    INT(message_metrics_answer, handle),
    BOOL(message_metrics_answer, is_well),
    TEXT(message_metrics_answer, text),
    INT(message_metrics_answer, size),
};
static const struct shape message_metrics_answer_shape =
    SHAPE_OF(message_metrics_answer, message_metrics_answer_fields);

static const struct shape_field message_member_act_fields[] = {
    INT(message_member_act, act),      INT(message_member_act, at_ms),    TEXT(message_member_act, actor),
    TEXT(message_member_act, kind),    TEXT(message_member_act, subject), TEXT(message_member_act, detail),
};
static const struct shape message_member_act_shape = SHAPE_OF(message_member_act, message_member_act_fields);

static const struct shape_field message_member_act_done_fields[] = {
    INT(message_member_act_done, act),
    INT(message_member_act_done, at_ms),
};
static const struct shape message_member_act_done_shape =
    SHAPE_OF(message_member_act_done, message_member_act_done_fields);

static const struct shape_field message_tls_fields[] = {
    INT(message_tls, certificate_bytes),
};
static const struct shape message_tls_shape = SHAPE_OF(message_tls, message_tls_fields);

static const struct shape_field message_local_ask_fields[] = {
    TEXT(message_local_ask, text),
};
static const struct shape message_local_ask_shape = SHAPE_OF(message_local_ask, message_local_ask_fields);

static const struct shape_field message_local_said_fields[] = {
    INT(message_local_said, failure),
    TEXT(message_local_said, reply),
};
static const struct shape message_local_said_shape = SHAPE_OF(message_local_said, message_local_said_fields);

static const struct {
    const char *name;
    const struct shape *shape;
} kinds[MESSAGE_KIND_COUNT] = {
    [MESSAGE_PEER] = {"peer", &message_peer_shape},
    [MESSAGE_MEMBER] = {"member", &message_member_shape},
    [MESSAGE_VERB] = {"verb", &message_verb_shape},
    [MESSAGE_VERB_DONE] = {"verb_done", &message_verb_done_shape},
    [MESSAGE_STOP] = {"stop", &message_handle_shape},
    [MESSAGE_READY] = {"ready", &message_handle_shape},
    [MESSAGE_RCPT] = {"rcpt", &message_rcpt_shape},
    [MESSAGE_RCPT_ANSWER] = {"rcpt_answer", &message_rcpt_answer_shape},
    [MESSAGE_DELIVER] = {"deliver", &message_deliver_shape},
    [MESSAGE_DELIVERED] = {"delivered", &message_delivered_shape},
    [MESSAGE_IMAP_OPEN] = {"imap_open", &message_imap_open_shape},
    [MESSAGE_IMAP_COMMAND] = {"imap_command", &message_imap_command_shape},
    [MESSAGE_IMAP_BYTES] = {"imap_bytes", &message_imap_bytes_shape},
    [MESSAGE_IMAP_MORE] = {"imap_more", &message_handle_shape},
    [MESSAGE_IMAP_CLOSE] = {"imap_close", &message_handle_shape},
    [MESSAGE_WEB] = {"web", &message_web_shape},
    [MESSAGE_WEB_ANSWER] = {"web_answer", &message_web_answer_shape},
    [MESSAGE_LOGIN] = {"login", &message_login_shape},
    [MESSAGE_LOGIN_ANSWER] = {"login_answer", &message_login_answer_shape},
    [MESSAGE_COOKIE] = {"cookie", &message_cookie_shape},
    [MESSAGE_RENEW] = {"renew", &message_renew_shape},
    [MESSAGE_SESSION_ENDED] = {"session_ended", &message_session_ended_shape},
    [MESSAGE_PERSON_PUT] = {"person_put", &message_person_put_shape},
    [MESSAGE_INVITE] = {"invite", &message_invite_shape},
    [MESSAGE_PERSON_ACT] = {"person_act", &message_person_act_shape},
    [MESSAGE_MANDATE] = {"mandate", &message_mandate_shape},
    [MESSAGE_MAIL_PASSWORD] = {"mail_password", &message_mail_password_shape},
    [MESSAGE_PERSON_DONE] = {"person_done", &message_person_done_shape},
    [MESSAGE_HASH] = {"hash", &message_hash_shape},
    [MESSAGE_HASHED] = {"hashed", &message_hashed_shape},
    [MESSAGE_OUTBOX] = {"outbox", &message_outbox_shape},
    [MESSAGE_OUTBOX_DONE] = {"outbox_done", &message_outbox_done_shape},
    [MESSAGE_CHALLENGE] = {"challenge", &message_challenge_shape},
    [MESSAGE_HOUSE_ASK] = {"house_ask", &message_house_ask_shape},
    [MESSAGE_HOUSE_ANSWER] = {"house_answer", &message_house_answer_shape},
    [MESSAGE_CONVERT_WANT] = {"convert_want", &message_handle_shape},
    [MESSAGE_CONVERT] = {"convert", &message_convert_shape},
    [MESSAGE_CONVERTED] = {"converted", &message_converted_shape},
    [MESSAGE_FIGURES_ASK] = {"figures_ask", &message_handle_shape},
    [MESSAGE_FIGURES] = {"figures", &message_figures_shape},
    [MESSAGE_METRICS] = {"metrics", &message_metrics_shape},
    [MESSAGE_METRICS_ANSWER] = {"metrics_answer", &message_metrics_answer_shape},
    [MESSAGE_MEMBER_ACT] = {"member_act", &message_member_act_shape},
    [MESSAGE_MEMBER_ACT_DONE] = {"member_act_done", &message_member_act_done_shape},
    [MESSAGE_TLS] = {"tls", &message_tls_shape},
    [MESSAGE_LOCAL_ASK] = {"local_ask", &message_local_ask_shape},
    [MESSAGE_LOCAL_SAID] = {"local_said", &message_local_said_shape},
    [MESSAGE_CHALLENGE_ANSWER] = {"challenge_answer", &message_challenge_answer_shape},
};

const struct shape *message_shape(uint16_t kind)
{
    return kind < MESSAGE_KIND_COUNT ? kinds[kind].shape : NULL;
}

const char *message_name(uint16_t kind)
{
    const struct shape *shape = message_shape(kind);
    return shape != NULL ? kinds[kind].name : "unknown";
}

enum status message_send(struct channel *channel, enum message_kind kind, const void *message, int fd)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(CHANNEL_FRAME_MAX);
    REQUIRE(message_shape(kind) != NULL);
    if (!shape_is_sound(kinds[kind].shape, message))
        return INVALID;
    shape_encode(&bytes, kinds[kind].shape, message);
    TRY(buf_status(&bytes));
    return channel_send(channel, kind, buf_str(&bytes), fd);
}

enum status message_take(uint16_t kind, struct str payload, void *ret_message)
{
    const struct shape *shape = message_shape(kind);
    return shape != NULL ? shape_decode(shape, payload, ret_message) : INVALID;
}
